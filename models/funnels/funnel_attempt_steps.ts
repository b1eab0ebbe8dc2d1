import { fixpoint, integer, key, number, references, rows, sql, text, timestamp, type } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { containsText } from '../../macros/text'
import { elapsedSeconds, plusSeconds } from '../../macros/time'
import { funnels as funnelRules } from '../definitions/funnels'
import { events } from '../events/events'
import { funnel_events } from './funnel_events'

/**
 * Of all sequences of distinct events at instants that do not fall, each event being the step of its place and the last at most the window after the
 * first: the one of most steps, then of the earliest instants, then of the least event ids. A round adds a step, on to every possible entry at once.
 *
 * Instants. From one entry instant, each step is taken as early as it can be had: at the instant of the step before if enough distinct events are there,
 * else at the next instant that has one. No sequence from that instant has any step earlier: suppose one did p steps before an instant and j up to it,
 * while we did q >= p before; the events that serve its steps p + 1 to j there serve q + 1 to j, so we do j as well. So these instants lead to as many
 * steps as any, and the entry is then the earliest of those with most steps. (Not always the first: the window runs from the entry.)
 *
 * Events. Those of one instant compete only there; once an instant is left, what was used in it does not matter. Within it the choice for one step may
 * take away what a later step needs, so choices that differ in this go on side by side, as alternatives of one entry. An alternative is dropped for
 * another of the same instants, of lesser ids, after which no less is left: one that extends the same alternative by an event of the same later steps,
 * or one that has used as many of each kind of event that may serve again (of a kind the least are used first, so the same are left). And one that
 * cannot take the next step at the instant where another can is dropped too, by the paragraph above.
 *
 * Ids. Alternatives of one entry have the same instants, so their order is that of their ids, step by step: that of the alternatives that they extend,
 * then that of the event added. `preference` is the place in it.
 *
 * An entry has more than one alternative only where events of one instant are different sets of steps.
 */
export const funnel_attempt_steps = fixpoint({
  description:
    'One row per step that an attempt at a funnel reached. A person, or a session where the funnel says so, has one attempt: of all sequences of distinct events in order, the last at most the window after the first, that of most steps, then of the earliest instants, then of the least event ids.',
  grain: ['funnel', 'attempt_id', 'step_number'],
  columns: {
    funnel: key('The funnel, as in the config'),
    attempt_id: key('SHA-256 of the funnel and the event that entered it'),
    step_number: integer('Place of the step in the funnel, from 1').atLeast(1),
    step: text("The step's name"),
    event_id: references(events.columns.event_id),
    reached_at: timestamp('Instant of the event, UTC'),
    seconds_since_previous: integer('Whole seconds since the step before; NULL for the first step')
      .nullable()
      .atLeast(0),
  },
  tests: {
    unique: [['funnel', 'event_id']],
    always: { 'the first step has none before it': sql`(step_number = 1) = (seconds_since_previous is null)` },
    never: {
      'a step reached before the one before it, or without it': self => sql`
        with in_order as (
          select
            s.funnel, s.attempt_id, s.step_number, s.reached_at,
            lag(s.step_number) over (partition by s.funnel, s.attempt_id order by s.step_number) as previous_number,
            lag(s.reached_at) over (partition by s.funnel, s.attempt_id order by s.step_number) as previous_at
          from ${self} as s
        )

        select i.funnel, i.attempt_id, i.step_number
        from in_order as i
        where i.step_number <> coalesce(i.previous_number, 0) + 1 or i.reached_at < i.previous_at
      `,
      'an event that is not its step': self => sql`
        select s.funnel, s.attempt_id, s.step_number
        from ${self} as s
        left join ${funnel_events} as e
          on e.funnel = s.funnel and e.step_number = s.step_number and e.event_id = s.event_id
        where e.event_id is null
      `,
    },
  },
  maximumRounds: 20,
  work: {
    alternatives: {
      funnel: key('The funnel'),
      attempt_of: key('Whose attempt it is'),
      entered_at: timestamp('Instant of the first step'),
      ends_at: timestamp('Instant at which the window ends'),
      steps_completed: integer('Steps taken so far: as many as rounds, and one'),
      reached_at: timestamp('Instant of the last of them'),
      next_step_at: timestamp('The next instant after that with an event of the next step').nullable(),
      path: text('Places of the events taken, by step, as ;1:12;2:15;'),
      used: text('Places of those of them at the last instant, as ;12;15;'),
      used_weight: number(
        'Kinds of those of them that may serve again, summed; NULL where a kind has no weight',
      ).nullable(),
      preference: integer('Place among the alternatives of the entry'),
    },
    best: {
      funnel: key('The funnel'),
      attempt_of: key('Whose attempt it is'),
      steps_completed: integer('Steps taken'),
      path: text('Places of the events taken, by step'),
    },
  },
  uses: { funnelRules },
  start: ({ work, funnelRules: funnels }) => ({
    alternatives: sql`
      select
        e.funnel, e.attempt_of,
        e.occurred_at as entered_at,
        ${plusSeconds(sql`e.occurred_at`, sql`w.window_seconds`)} as ends_at,
        1 as steps_completed,
        e.occurred_at as reached_at,
        e.next_step_at,
        ';1:' || cast(e.place as ${type.text}) || ';' as path,
        ';' || cast(e.place as ${type.text}) || ';' as used,
        e.kind_weight as used_weight,
        row_number() over (partition by e.funnel, e.attempt_of, e.occurred_at order by e.place) as preference
      from ${funnel_events} as e
      inner join ${windowRows(funnels)} as w on w.funnel = e.funnel
      where e.step_number = 1
      qualify row_number() over (
        partition by e.funnel, e.attempt_of, e.occurred_at, e.later_steps order by e.place
      ) = 1
    `,
    best: sql`
      select a.funnel, a.attempt_of, a.steps_completed, a.path
      from ${work.alternatives} as a
      qualify row_number() over (partition by a.funnel, a.attempt_of order by a.entered_at, a.preference) = 1
    `,
  }),
  step: ({ work }) => ({
    alternatives: sql`
      with looks as (
        select
          a.funnel, a.attempt_of, a.entered_at, a.ends_at, a.path, a.preference, w.is_later,
          a.steps_completed + 1 as step_number,
          case when w.is_later = 1 then a.next_step_at else a.reached_at end as looks_at,
          case when w.is_later = 1 then ';' else a.used end as used,
          case when w.is_later = 1 then cast(0 as ${type.number}) else a.used_weight end as used_weight
        from ${work.alternatives} as a
        cross join ${rows({ is_later: integer('At the same instant, or later') }, [{ is_later: 0 }, { is_later: 1 }])} as w
      ),

      found as (
        select
          l.funnel, l.attempt_of, l.entered_at, l.ends_at, l.step_number, l.path, l.used, l.preference,
          l.used_weight + e.kind_weight as used_weight,
          e.occurred_at, e.next_step_at, e.place, e.later_steps
        from looks as l
        inner join ${funnel_events} as e
          on e.funnel = l.funnel and e.attempt_of = l.attempt_of and e.step_number = l.step_number
          and e.occurred_at = l.looks_at
        where e.occurred_at <= l.ends_at
          and not ${containsText(sql`l.used`, sql`';' || cast(e.place as ${type.text}) || ';'`)}
        qualify rank() over (partition by l.funnel, l.attempt_of, l.entered_at order by l.is_later) = 1
      )

      select
        f.funnel, f.attempt_of, f.entered_at, f.ends_at,
        f.step_number as steps_completed,
        f.occurred_at as reached_at,
        f.next_step_at,
        f.path || cast(f.step_number as ${type.text}) || ':' || cast(f.place as ${type.text}) || ';' as path,
        f.used || cast(f.place as ${type.text}) || ';' as used,
        f.used_weight,
        row_number() over (
          partition by f.funnel, f.attempt_of, f.entered_at order by f.preference, f.place
        ) as preference
      from found as f
      qualify
        row_number() over (
          partition by f.funnel, f.attempt_of, f.entered_at, f.used, f.later_steps
          order by f.preference, f.place
        ) = 1
        and row_number() over (
          partition by
            f.funnel, f.attempt_of, f.entered_at, f.used_weight,
            case when f.used_weight is null then f.used || cast(f.place as ${type.text}) end
          order by f.preference, f.place
        ) = 1
    `,
    best: sql`
      with candidates as (
        select a.funnel, a.attempt_of, a.steps_completed, a.path, a.entered_at, a.preference
        from ${work.alternatives} as a
        union all
        select b.funnel, b.attempt_of, b.steps_completed, b.path, cast(null as ${type.timestamp}) as entered_at, 1 as preference
        from ${work.best} as b
      )

      select c.funnel, c.attempt_of, c.steps_completed, c.path
      from candidates as c
      qualify row_number() over (
        partition by c.funnel, c.attempt_of
        order by c.steps_completed desc, c.entered_at nulls last, c.preference
      ) = 1
    `,
  }),
  until: 'alternatives',
  query: ({ work }) => sql`
    with taken as (
      select
        b.funnel, b.attempt_of, e.step_number, e.step, e.event_id, e.occurred_at,
        first_value(e.event_id) over (
          partition by b.funnel, b.attempt_of order by e.step_number
          rows between unbounded preceding and unbounded following
        ) as entry_event_id,
        lag(e.occurred_at) over (partition by b.funnel, b.attempt_of order by e.step_number) as previous_at
      from ${work.best} as b
      inner join ${funnel_events} as e on e.funnel = b.funnel and e.attempt_of = b.attempt_of
      where ${containsText(
        sql`b.path`,
        sql`';' || cast(e.step_number as ${type.text}) || ':' || cast(e.place as ${type.text}) || ';'`,
      )}
    )

    select
      t.funnel,
      ${sha256Hex(sql`t.funnel || ':' || t.entry_event_id`)} as attempt_id,
      t.step_number,
      t.step,
      t.event_id,
      t.occurred_at as reached_at,
      ${elapsedSeconds(sql`t.previous_at`, sql`t.occurred_at`)} as seconds_since_previous
    from taken as t
  `,
})

/** How long an attempt at each funnel may take. */
function windowRows(funnels: ReturnType<typeof funnelRules.schema.parse>) {
  return rows(
    { funnel: text('Funnel'), window_seconds: integer('From the first step to the last at most so long') },
    Object.entries(funnels).map(([funnel, { window }]) => ({ funnel, window_seconds: window })),
  )
}
