import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '../../src/warehouse/warehouse.ts'
import { sha256 } from '../identity/reckoned-people.ts'
import { type RawEvent, worldOf } from '../support/world.ts'

const definitions = {
  reporting: { currency: 'EUR' },
  conversions: {
    purchase: { event: 'order_placed', value: 'revenue' },
    visit_with_order: { event: 'order_placed', value: 2.5, counts: 'once_per_session' },
    customer: { event: ['order_placed', 'order_phoned'], value: 'revenue', counts: 'once_per_person' },
    newsletter: { event: 'subscribed', micro: true, counts: 'once_per_person' },
  },
}

const rules = [
  { name: 'purchase', events: ['order_placed'], counts: 'every' },
  { name: 'visit_with_order', events: ['order_placed'], counts: 'once_per_session', value: 250 },
  { name: 'customer', events: ['order_placed', 'order_phoned'], counts: 'once_per_person' },
  { name: 'newsletter', events: ['subscribed'], counts: 'once_per_person', value: 0 },
] as const

/** Orders told by several people, twice at one instant, with and without an amount, in another currency. */
const rawEvent = fc.record({
  at: fc.nat(6).map(step => `2026-03-01 1${step}:00:00`),
  event: fc.constantFrom('order_placed', 'order_placed', 'order_phoned', 'subscribed', 'page_viewed'),
  user: fc.constantFrom(null, 'u0', 'u1', 'u2'),
  order_id: fc.constantFrom(null, 'o0', 'o1', 'o2', 'o3'),
  revenue: fc.constantFrom(null, '10.00', '20.50', '0.01'),
  currency: fc.constantFrom(null, null, 'EUR', 'USD'),
})

const worlds = fc
  .array(fc.array(rawEvent, { minLength: 3, maxLength: 14 }), { minLength: 50, maxLength: 50 })
  .map(all =>
    all.flatMap((rows, world) =>
      rows.map(
        (row, index): RawEvent => ({
          ...row,
          event_id: `w${world}-${String(index).padStart(2, '0')}`,
          user: row.user && `w${world}-${row.user}`,
          order_id: row.order_id && `w${world}-${row.order_id}`,
        }),
      ),
    ),
  )

test('in any world, conversions are those that a plain walk through the events in order finds', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async events => {
      const world = await worldOf(events, { definitions, models: ['conversions'] })
      const told = await world.rows(`
        select e.event_id, e.event_name, e.order_id, cast(round(e.revenue * 100) as integer) as cents, p.person_id, p.session_id
        from events.events as e
        inner join journeys.person_events as p on p.event_id = e.event_id
        order by e.occurred_at, e.event_id`)
      const found = await world.rows(`
        select conversion_id, conversion, event_id, person_id, session_id, order_id,
          cast(round(revenue * 100) as integer) as cents, conversion_number
        from journeys.conversions order by conversion, event_id`)
      expect(found).toEqual(rules.flatMap(rule => walk(told, rule)).sort(byConversionAndEvent))
    }),
    { numRuns: 6, endOnFailure: true },
  )
})

/** `told` is in order of (instant, event id). */
function walk(told: readonly Row[], rule: (typeof rules)[number]) {
  const matching = told.filter(row => (rule.events as readonly unknown[]).includes(row.event_name))
  const reported = new Set<unknown>()
  const counted = new Set<unknown>()
  const numbers = new Map<unknown, number>()
  const conversions = []
  for (const row of matching) {
    if (row.order_id !== null && reported.has(row.order_id)) continue
    reported.add(row.order_id)
    const once = { every: row.event_id, once_per_session: row.session_id, once_per_person: row.person_id }[rule.counts]
    if (counted.has(once)) continue
    counted.add(once)
    const conversion_number = (numbers.get(row.person_id) ?? 0) + 1
    numbers.set(row.person_id, conversion_number)
    const reports = row.order_id === null ? [row] : matching.filter(other => other.order_id === row.order_id)
    const amount = reports.find(({ cents }) => cents !== null)?.cents ?? 0
    conversions.push({
      conversion_id: sha256(`${rule.name}:${row.event_id}`),
      conversion: rule.name,
      event_id: row.event_id,
      person_id: row.person_id,
      session_id: row.session_id,
      order_id: row.order_id,
      cents: 'value' in rule ? rule.value : amount,
      conversion_number,
    })
  }
  return conversions
}

const byConversionAndEvent = (a: Record<string, unknown>, b: Record<string, unknown>): number =>
  `${a.conversion} ${a.event_id}` < `${b.conversion} ${b.event_id}` ? -1 : 1
