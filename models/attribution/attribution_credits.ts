import {
  date,
  integer,
  key,
  model,
  number,
  type Relation,
  real,
  references,
  rows,
  sql,
  text,
  timestamp,
  type,
} from 'throughline'
import { toNumber } from '../../macros/decimals'
import { powerOfTwo, ratio, rounded, toReal } from '../../macros/numbers'
import { attribution, type CreditRule } from '../definitions/attribution'
import { reporting } from '../definitions/reporting'
import { conversions } from '../journeys/conversions'
import { people } from '../profiles/people'
import { conversion_touches } from './conversion_touches'

export const attribution_credits = model({
  description:
    "One row per attribution model, conversion and touchpoint that has a part in it; a touchpoint without credit has no row. Touchpoints of skipped channels have none, unless all are of skipped channels: then nothing is skipped. A conversion without a touchpoint is credited to (none). The touchpoints' revenue adds up to the conversion's, to the last digit. Credit and revenue may be summed over touchpoints, channels and time; not over models, nor credit over conversion definitions.",
  grain: ['attribution_model', 'conversion_id', 'touchpoint_id'],
  columns: {
    attribution_model: key('The way of sharing the credit, as in the config; each shares out every conversion'),
    conversion_id: references(conversions.columns.conversion_id),
    touchpoint_id: key('The touchpoint; (none) for a conversion without one'),
    conversion: text('The conversion definition, as in the config'),
    person_id: references(people.columns.person_id),
    channel: text('Channel of the touchpoint; (none) without one'),
    campaign: text('Campaign of the touchpoint; NULL where it names none').nullable(),
    touched_at: timestamp('When, UTC; NULL without a touchpoint').nullable(),
    touched_date: date('The day, in the reporting zone; NULL without a touchpoint').nullable(),
    converted_at: timestamp('When the conversion happened, UTC'),
    converted_date: date('The day, in the reporting zone'),
    touch_number: integer(
      "Place among all the conversion's touchpoints, those without credit included, from 1; 0 without one",
    ).atLeast(0),
    touch_count: integer("All the conversion's touchpoints, those without credit included; 0 without one").atLeast(0),
    credit: real('The share of the conversion, more than 0 and at most 1').atLeast(0).atMost(1),
    revenue: number(
      'The share of its revenue, in the reporting currency: in the order of the touchpoints, what the revenue credited so far, rounded to the millionth and then to the cent, halves away from zero, grows by; the last credited touchpoint takes what remains, so that revenue which is no whole number of cents is shared out too',
    ),
    currency: text('The reporting currency, that of the revenue'),
  },
  tests: {
    always: {
      'a touchpoint here has a part in the conversion': sql`credit > 0`,
      'only (none) is no touchpoint': sql`(touchpoint_id = '(none)') = (touch_count = 0)`,
      '(none) has it all': sql`touchpoint_id <> '(none)' or credit = 1`,
      'touchpoints, and only they, have a time': sql`(touched_at is null) = (touch_count = 0)`,
      'no touchpoint is after its conversion': sql`touched_at <= converted_at`,
      'touchpoints are numbered from 1': sql`touch_number <= touch_count and (touch_number = 0) = (touch_count = 0)`,
    },
    never: {
      'a conversion that no model credits': self => sql`
        select c.conversion_id
        from ${conversions} as c
        left join ${self} as s on s.conversion_id = c.conversion_id
        where s.conversion_id is null
      `,
      'a conversion that a model leaves out': self => sql`
        with counted as (
          select c.conversion_id, count(distinct c.attribution_model) as model_count
          from ${self} as c
          group by c.conversion_id
        ),

        known as (
          select count(distinct c.attribution_model) as model_count
          from ${self} as c
        )

        select c.conversion_id
        from counted as c
        cross join known as k
        where c.model_count <> k.model_count
      `,
      'a conversion whose credits do not sum to 1': self => sql`
        select c.attribution_model, c.conversion_id
        from ${self} as c
        group by c.attribution_model, c.conversion_id
        having sum(c.credit) not between ${1 - 1e-9} and ${1 + 1e-9}
      `,
      'a conversion whose revenue is not shared out': self => sql`
        select s.attribution_model, s.conversion_id
        from ${self} as s
        inner join ${conversions} as c on c.conversion_id = s.conversion_id
        group by s.attribution_model, s.conversion_id, c.revenue
        having sum(s.revenue) <> c.revenue
      `,
      '(none) beside a touchpoint': self => sql`
        select c.attribution_model, c.conversion_id
        from ${self} as c
        group by c.attribution_model, c.conversion_id
        having count(*) > 1 and min(c.touch_number) = 0
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { attribution, reporting },
  query: ({ attribution: { models }, reporting: { currency } }) => sql`
    with considered as (
      select
        m.attribution_model, t.conversion_id, t.touchpoint_id, t.touch_number, t.seconds_before,
        m.credit_rule, m.half_life, m.first_of_two, m.last_of_two, m.first_of_many, m.last_of_many, m.middle_of_many,
        case when s.channel is null then 1 else 0 end as is_wanted
      from ${conversion_touches} as t
      cross join ${rulesOf(models)} as m
      left join ${skippedBy(models)} as s on s.attribution_model = m.attribution_model and s.channel = t.channel
    ),

    judged as (
      select
        c.attribution_model, c.conversion_id, c.touchpoint_id, c.touch_number, c.seconds_before,
        c.credit_rule, c.half_life, c.first_of_two, c.last_of_two, c.first_of_many, c.last_of_many, c.middle_of_many,
        c.is_wanted,
        max(c.is_wanted) over (partition by c.attribution_model, c.conversion_id) as is_any_wanted
      from considered as c
    ),

    -- Where none is wanted, all are alike: nothing is skipped.
    placed as (
      select
        j.attribution_model, j.conversion_id, j.touchpoint_id, j.touch_number,
        j.credit_rule, j.half_life, j.first_of_two, j.last_of_two, j.first_of_many, j.last_of_many, j.middle_of_many,
        row_number() over (partition by j.attribution_model, j.conversion_id order by j.touch_number) as place,
        count(*) over (partition by j.attribution_model, j.conversion_id) as place_count,
        j.seconds_before
          - min(j.seconds_before) over (partition by j.attribution_model, j.conversion_id) as seconds_before_latest
      from judged as j
      where j.is_wanted = j.is_any_wanted
    ),

    -- Only the proportions of a conversion's weights matter. Time decay is reckoned from the latest touch, whose weight is 1: reckoned from
    -- the conversion all could vanish. Sixty half-lives before it nothing is left that fifteen digits can show.
    weighed as (
      select
        p.attribution_model, p.conversion_id, p.touchpoint_id, p.touch_number,
        case
          when p.credit_rule = 'first' and p.place > 1 then ${zero}
          when p.credit_rule = 'last' and p.place < p.place_count then ${zero}
          when p.credit_rule = 'position' and p.place_count = 2 and p.place = 1 then p.first_of_two
          when p.credit_rule = 'position' and p.place_count = 2 then p.last_of_two
          when p.credit_rule = 'position' and p.place_count > 2 and p.place = 1
            then p.first_of_many * cast(p.place_count - 2 as ${type.real})
          when p.credit_rule = 'position' and p.place_count > 2 and p.place = p.place_count
            then p.last_of_many * cast(p.place_count - 2 as ${type.real})
          when p.credit_rule = 'position' and p.place_count > 2 then p.middle_of_many
          when p.credit_rule = 'time_decay' and p.seconds_before_latest > 60 * p.half_life then ${zero}
          when p.credit_rule = 'time_decay' then ${powerOfTwo(ratio(sql`0 - p.seconds_before_latest`, sql`p.half_life`))}
          else ${one}
        end as weight
      from placed as p
    ),

    -- As decimals, of which sums are the same in any order; in millionths, for nine digits after the point are few.
    decimals as (
      select
        w.attribution_model, w.conversion_id, w.touchpoint_id, w.touch_number,
        ${toNumber(sql`w.weight * ${million}`)} as weight
      from weighed as w
    ),

    totals as (
      select
        d.attribution_model, d.conversion_id, d.touchpoint_id, d.touch_number, d.weight,
        sum(d.weight) over (
          partition by d.attribution_model, d.conversion_id order by d.touch_number
          rows between unbounded preceding and current row
        ) as weight_so_far,
        sum(d.weight) over (partition by d.attribution_model, d.conversion_id) as whole_weight
      from decimals as d
      where d.weight > 0
    ),

    -- Rounded to the millionth before the cent, so that what is half a cent is half a cent, whatever the last digit of a real says.
    so_far as (
      select
        t.attribution_model, t.conversion_id, t.touchpoint_id, t.touch_number, t.weight, t.whole_weight,
        c.conversion, c.converted_at, c.converted_date,
        case
          when t.weight_so_far = t.whole_weight then c.revenue
          else ${rounded(
            rounded(
              toNumber(ratio(sql`${toReal(sql`c.revenue`)} * ${toReal(sql`t.weight_so_far`)}`, sql`t.whole_weight`)),
              6,
            ),
            2,
          )}
        end as revenue_so_far
      from totals as t
      inner join ${conversions} as c on c.conversion_id = t.conversion_id
    ),

    shared as (
      select
        s.attribution_model, s.conversion_id, s.touchpoint_id, s.conversion, s.converted_at, s.converted_date,
        ${ratio(sql`s.weight`, sql`s.whole_weight`)} as credit,
        s.revenue_so_far - coalesce(
          lag(s.revenue_so_far) over (partition by s.attribution_model, s.conversion_id order by s.touch_number),
          cast(0 as ${type.number})
        ) as revenue
      from so_far as s
    )

    select
      s.attribution_model,
      s.conversion_id,
      s.touchpoint_id,
      s.conversion,
      t.person_id,
      t.channel,
      t.campaign,
      t.touched_at,
      t.touched_date,
      s.converted_at,
      s.converted_date,
      t.touch_number,
      t.touch_count,
      s.credit,
      s.revenue,
      ${currency} as currency
    from shared as s
    inner join ${conversion_touches} as t on t.conversion_id = s.conversion_id and t.touchpoint_id = s.touchpoint_id
  `,
})

const zero = sql`cast(0 as ${type.real})`
const one = sql`cast(1 as ${type.real})`
const million = sql`cast(1000000 as ${type.real})`

type CreditRules = Readonly<Record<string, CreditRule>>

/** One row per attribution model: how it weighs a touch by its place among those that may have credit. */
function rulesOf(models: CreditRules): Relation {
  return rows(
    {
      attribution_model: text('The model'),
      credit_rule: text('first, last, linear, position or time_decay'),
      half_life: integer('Seconds, of time decay').nullable(),
      first_of_two: real('Weight of the first of two touches, by position').nullable(),
      last_of_two: real('Weight of the last of two').nullable(),
      first_of_many: real('Share of the first of three or more').nullable(),
      last_of_many: real('Share of the last of three or more').nullable(),
      middle_of_many: real('Share of all between them').nullable(),
    },
    Object.entries(models).map(([name, rule]) => ({
      attribution_model: name,
      credit_rule: rule.credit,
      ...(rule.credit === 'time_decay' ? { half_life: rule.half_life } : {}),
      ...(rule.credit === 'position' ? sharesOf(rule) : {}),
    })),
  )
}

/** Of two touches, first and last have it all in their proportion; of more, the others share the rest. */
function sharesOf({ first, last }: CreditRule & { readonly credit: 'position' }) {
  return {
    first_of_two: first / (first + last),
    last_of_two: last / (first + last),
    first_of_many: first,
    last_of_many: last,
    middle_of_many: Math.max(0, 1 - first - last),
  }
}

/** One row per attribution model and channel that it skips. */
function skippedBy(models: CreditRules): Relation {
  return rows(
    { attribution_model: text('The model'), channel: text('A channel that gets no credit in it') },
    Object.entries(models).flatMap(([name, { skip }]) =>
      [...new Set(skip)].map(channel => ({ attribution_model: name, channel })),
    ),
  )
}
