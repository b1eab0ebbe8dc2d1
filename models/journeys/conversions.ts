import {
  boolean,
  date,
  decimal,
  integer,
  join,
  key,
  model,
  number,
  references,
  type Sql,
  sql,
  text,
  timestamp,
  type,
  values,
} from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { isMatch } from '../../macros/match'
import { lowered } from '../../macros/text'
import { conversions as conversionRules } from '../definitions/conversions'
import { identity } from '../definitions/identity'
import { reporting } from '../definitions/reporting'
import { events } from '../events/events'
import { people } from '../profiles/people'
import { person_events } from './person_events'

export const conversions = model({
  description:
    'One row per conversion: an event that the company wants, by a person. One order is one conversion, whoever reports it.',
  grain: ['conversion_id'],
  columns: {
    conversion_id: key('SHA-256 of the definition and the event'),
    conversion: text('The definition, as in the config'),
    person_id: references(people.columns.person_id),
    event_id: references(events.columns.event_id),
    session_id: text('The session in which it happened; NULL where the event is not a customer action').nullable(),
    order_id: text("The order's number; NULL where there is none, or what stands for none, like (not set)").nullable(),
    converted_at: timestamp('When, UTC'),
    converted_date: date('The day, in the reporting zone'),
    revenue: number(
      'What it is worth, in the reporting currency; 0 where that is not known or the definition gives it no value',
    ),
    currency: text('The reporting currency, that of the revenue'),
    is_micro: boolean('A small yes on the way, rather than the aim'),
    conversion_number: integer("Place among the person's conversions of this definition, from 1").atLeast(1),
  },
  tests: {
    unique: [
      ['conversion', 'event_id'],
      ['conversion', 'order_id'],
      ['conversion', 'person_id', 'conversion_number'],
    ],
  },
  materialize: { kind: 'table' },
  uses: { conversionRules, identity, reporting },
  query: ({ conversionRules: rules, identity: { placeholders }, reporting: { currency } }) => sql`
    with matching as (
      ${join(
        Object.entries(rules).map(([name, rule]) => matchingEvents(name, rule, placeholders)),
        '\nunion all\n',
      )}
    ),

    -- Several systems tell of one order: the first of them is the conversion, the first that knows the amount tells it.
    -- What is of no order is an order of its own.
    orders as (
      select
        m.conversion, m.counts, m.is_micro, m.event_id, m.order_id, m.person_id, m.session_id, m.occurred_at, m.occurred_date,
        first_value(m.value) over (
          partition by m.conversion, m.order_id, case when m.order_id is null then m.event_id end
          order by case when m.value is null then 1 else 0 end, m.occurred_at, m.event_id
          rows between unbounded preceding and unbounded following
        ) as value,
        row_number() over (
          partition by m.conversion, m.order_id, case when m.order_id is null then m.event_id end
          order by m.occurred_at, m.event_id
        ) as report_number
      from matching as m
    ),

    -- What is not in a session is a session of its own here.
    placed as (
      select
        o.conversion, o.counts, o.is_micro, o.event_id, o.order_id, o.person_id, o.session_id, o.occurred_at, o.occurred_date, o.value,
        row_number() over (
          partition by o.conversion, o.person_id, coalesce(o.session_id, o.event_id)
          order by o.occurred_at, o.event_id
        ) as number_in_session,
        row_number() over (partition by o.conversion, o.person_id order by o.occurred_at, o.event_id) as number_of_person
      from orders as o
      where o.report_number = 1
    ),

    counted as (
      select
        p.conversion, p.is_micro, p.event_id, p.order_id, p.person_id, p.session_id, p.occurred_at, p.occurred_date, p.value
      from placed as p
      where p.counts = 'every'
        or (p.counts = 'once_per_session' and p.number_in_session = 1)
        or (p.counts = 'once_per_person' and p.number_of_person = 1)
    )

    select
      ${sha256Hex(sql`c.conversion || ':' || c.event_id`)} as conversion_id,
      c.conversion,
      c.person_id,
      c.event_id,
      c.session_id,
      c.order_id,
      c.occurred_at as converted_at,
      c.occurred_date as converted_date,
      coalesce(c.value, cast(0 as ${type.number})) as revenue,
      ${currency} as currency,
      c.is_micro,
      row_number() over (partition by c.conversion, c.person_id order by c.occurred_at, c.event_id) as conversion_number
    from counted as c
  `,
})

type Rule = ReturnType<typeof conversionRules.schema.parse>[string]

/** A tracker's (not set) is no order: it would make one conversion of all that have it. */
function matchingEvents(name: string, { match, value, micro, counts }: Rule, placeholders: readonly string[]): Sql {
  const worth =
    value === 'revenue'
      ? sql`e.revenue`
      : value === undefined
        ? sql`cast(null as ${type.number})`
        : sql`${decimal(value.toFixed(9))}`
  return sql`
    select
      ${name} as conversion, ${counts} as counts, ${micro} as is_micro,
      e.event_id,
      case when ${lowered(sql`e.order_id`)} not in (${values(placeholders)}) then e.order_id end as order_id,
      p.person_id, p.session_id, e.occurred_at, e.occurred_date,
      ${worth} as value
    from ${events} as e
    inner join ${person_events} as p on p.event_id = e.event_id
    where p.is_counted and ${isMatch(match, 'e')}
  `
}
