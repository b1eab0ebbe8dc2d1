import { expect, test } from 'vitest'
import { projectWithRates, shopWorld } from './shop-world.ts'

const clicks = [
  { event_id: 'a', at: '2026-03-01 10:00:00', event: 'order_placed', user: 'ada', revenue: '100', currency: 'CHF' },
  { event_id: 'b', at: '2026-03-02 10:00:00', event: 'order_placed', user: 'ada', revenue: '100', currency: 'CHF' },
]
const options = { definitions: { reporting: { currency: 'EUR' } }, models: ['events', 'missing_exchange_rates'] }
const revenue = 'select event_id, cast(revenue as decimal(18, 2)) as revenue from events.events order by event_id'
const missing = 'select currency, rate_date, amount_count from orders.missing_exchange_rates order by rate_date'

test('without rates of its own a company has none, and is told so', async () => {
  const rows = await shopWorld({ clicks }, options)
  expect(await rows(revenue)).toEqual([
    { event_id: 'a', revenue: null },
    { event_id: 'b', revenue: null },
  ])
  expect(await rows(missing)).toEqual([
    { currency: 'CHF', rate_date: '2026-03-01', amount_count: 1 },
    { currency: 'CHF', rate_date: '2026-03-02', amount_count: 1 },
  ])
})

test('a file of rates in its own folder is all that it needs, and a day without one stays unknown', async () => {
  const project = projectWithRates('CHF,2026-03-01,1.0431', 'CHF,2026-03-03,1.05')
  const rows = await shopWorld({ clicks }, { ...options, project })
  expect(await rows(revenue)).toEqual([
    { event_id: 'a', revenue: '104.31' },
    { event_id: 'b', revenue: null },
  ])
  expect(await rows(missing)).toEqual([{ currency: 'CHF', rate_date: '2026-03-02', amount_count: 1 }])
})
