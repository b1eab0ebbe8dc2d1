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
import { orders } from '../orders/orders'
import { people } from '../profiles/people'
import { person_events } from './person_events'

export const conversions = model({
  description:
    'One row per conversion: an event that the company wants, by a person. One order is one conversion, whoever reports it: the earliest report that is an action of the customer, else the earliest. Where `orders` knows the order, it says what that is worth; an order that was called off stays a conversion, of revenue 0, and one made to try something is none.',
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
      'What it is worth, in the reporting currency: the revenue of its order, where that is known, else what the first report that knows an amount says; or what the definition holds each to be worth; 0 where that is not known or the definition gives it no value',
    ),
    gross_revenue: number('The same before refunds and cancellation'),
    refunded_amount: number('What of it was given back'),
    currency: text('The reporting currency, that of the revenue'),
    is_micro: boolean('A small yes on the way, rather than the aim'),
    conversion_number: integer("Place among the person's conversions of this definition, from 1").atLeast(1),
  },
  tests: {
    always: {
      'revenue is what was not given back, or nothing': sql`revenue = gross_revenue - refunded_amount or revenue = 0`,
    },
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

    -- Several systems tell of one order: the customer's own act is the conversion, and so has a session, where one tells of it; the first
    -- that knows the amount tells it, unless the shop does. What is of no order is an order of its own.
    reports as (
      select
        m.conversion, m.counts, m.is_micro, m.event_id, m.order_id, m.person_id, m.session_id, m.occurred_at, m.occurred_date,
        m.is_of_order, m.order_gross_revenue, m.order_refunded_amount, m.order_revenue,
        first_value(m.value) over (
          partition by m.conversion, m.order_id, case when m.order_id is null then m.event_id end
          order by case when m.value is null then 1 else 0 end, m.occurred_at, m.event_id
          rows between unbounded preceding and unbounded following
        ) as told_value,
        row_number() over (
          partition by m.conversion, m.order_id, case when m.order_id is null then m.event_id end
          order by case when m.session_id is null then 1 else 0 end, m.occurred_at, m.event_id
        ) as report_number
      from matching as m
    ),

    -- Of an order whose exchange rate is missing nothing is known, whatever an event says.
    valued as (
      select
        r.conversion, r.counts, r.is_micro, r.event_id, r.order_id, r.person_id, r.session_id, r.occurred_at, r.occurred_date,
        coalesce(case when r.is_of_order then r.order_gross_revenue else r.told_value end, ${zero}) as gross_revenue,
        coalesce(case when r.is_of_order then r.order_refunded_amount end, ${zero}) as refunded_amount,
        coalesce(case when r.is_of_order then r.order_revenue else r.told_value end, ${zero}) as revenue
      from reports as r
      where r.report_number = 1
    ),

    -- What is not in a session is a session of its own here.
    placed as (
      select
        v.conversion, v.counts, v.is_micro, v.event_id, v.order_id, v.person_id, v.session_id, v.occurred_at, v.occurred_date,
        v.gross_revenue, v.refunded_amount, v.revenue,
        row_number() over (
          partition by v.conversion, v.person_id, coalesce(v.session_id, v.event_id)
          order by v.occurred_at, v.event_id
        ) as number_in_session,
        row_number() over (partition by v.conversion, v.person_id order by v.occurred_at, v.event_id) as number_of_person
      from valued as v
    ),

    counted as (
      select
        p.conversion, p.is_micro, p.event_id, p.order_id, p.person_id, p.session_id, p.occurred_at, p.occurred_date,
        p.gross_revenue, p.refunded_amount, p.revenue
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
      c.revenue,
      c.gross_revenue,
      c.refunded_amount,
      ${currency} as currency,
      c.is_micro,
      row_number() over (partition by c.conversion, c.person_id order by c.occurred_at, c.event_id) as conversion_number
    from counted as c
  `,
})

const zero = sql`cast(0 as ${type.number})`
const none = sql`cast(null as ${type.number})`

type Rule = ReturnType<typeof conversionRules.schema.parse>[string]

/** A tracker's (not set) is no order: it would make one conversion of all that have it. */
function matchingEvents(name: string, { match, value, micro, counts }: Rule, placeholders: readonly string[]): Sql {
  const worth = value === 'revenue' ? sql`e.revenue` : value === undefined ? none : sql`${decimal(value.toFixed(9))}`
  const isOrder = sql`${lowered(sql`e.order_id`)} not in (${values(placeholders)})`
  return sql`
    select
      ${name} as conversion, ${counts} as counts, ${micro} as is_micro,
      e.event_id,
      case when ${isOrder} then e.order_id end as order_id,
      p.person_id, p.session_id, e.occurred_at, e.occurred_date,
      ${worth} as value,
      ${value === 'revenue' ? sql`o.order_id is not null` : false} as is_of_order,
      o.gross_revenue as order_gross_revenue, o.refunded_amount as order_refunded_amount, o.revenue as order_revenue
    from ${events} as e
    inner join ${person_events} as p on p.event_id = e.event_id
    left join ${orders} as o on o.order_id = case when ${isOrder} then e.order_id end
    where p.is_counted and not coalesce(o.is_test, false) and ${isMatch(match, 'e')}
  `
}
