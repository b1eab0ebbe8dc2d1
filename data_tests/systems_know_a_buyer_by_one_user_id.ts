import { dataTest, sql } from 'throughline'
import { event_identifiers } from '../models/events/event_identifiers'
import { events } from '../models/events/events'

export const systems_know_a_buyer_by_one_user_id = dataTest({
  description:
    'Two systems that tell of the same orders, ten or more, have the same user id for at least a tenth of them. Where they have not, user_id means something else in each, and a customer is two people: say so in the config, as Shopify does with customer_id_is_user_id: false.',
  severity: 'warn',
  rows: () => sql`
    with buyers as (
      -- An order for which one system has several user ids says nothing: a placeholder, or somebody who corrected it.
      select e.order_id, e.system, min(i.identifier_id) as identifier_id
      from ${events} as e
      inner join ${event_identifiers} as i on i.event_id = e.event_id
      where e.order_id is not null and i.identifier_kind = 'user_id'
      group by e.order_id, e.system
      having min(i.identifier_id) = max(i.identifier_id)
    )

    select
      a.system as system_a,
      b.system as system_b,
      count(*) as order_count,
      sum(case when a.identifier_id = b.identifier_id then 1 else 0 end) as same_user_count
    from buyers as a
    inner join buyers as b on b.order_id = a.order_id and a.system < b.system
    group by a.system, b.system
    having count(*) >= 10 and 10 * sum(case when a.identifier_id = b.identifier_id then 1 else 0 end) < count(*)
  `,
})
