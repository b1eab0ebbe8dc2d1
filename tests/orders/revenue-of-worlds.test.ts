import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from '../identity/reckoned-people.ts'
import { projectWithRates, shopWorld } from './shop-world.ts'

/** An order as a random world has it. Times are minutes from a beginning, money is cents. */
interface Order {
  readonly placedAt: number
  readonly currency: 'EUR' | 'CHF' | 'USD'
  readonly total: number
  readonly refunds: readonly { readonly share: number; readonly isPaid: boolean }[]
  readonly isCancelled: boolean
  readonly isTest: boolean
  readonly isAtTill: boolean
  readonly customer: number
  /** What the site tells of it: when, whose cookie, and what it thinks the order is worth. */
  readonly reports: readonly { readonly at: number; readonly user: number; readonly revenue: number | null }[]
}

const order: fc.Arbitrary<Order> = fc.record({
  placedAt: fc.nat(90),
  currency: fc.constantFrom('EUR', 'EUR', 'CHF', 'USD'),
  total: fc.nat(20_000),
  refunds: fc.array(fc.record({ share: fc.constantFrom(0.1, 0.25, 0.4), isPaid: fc.boolean() }), { maxLength: 2 }),
  isCancelled: fc.constantFrom(false, false, false, true),
  isTest: fc.constantFrom(false, false, false, true),
  isAtTill: fc.boolean(),
  customer: fc.nat(2),
  reports: fc.array(fc.record({ at: fc.nat(90), user: fc.nat(2), revenue: fc.option(fc.nat(20_000)) }), {
    maxLength: 3,
  }),
})

const worlds = fc.array(fc.array(order, { maxLength: 6 }), { minLength: 40, maxLength: 40 }).map(all => all.flat())

const instant = (minutes: number): string =>
  new Date(Date.UTC(2026, 2, 1, 10, minutes)).toISOString().slice(0, 19).replace('T', ' ')
const euros = (cents: number): string => (cents / 100).toFixed(2)
/** Of the order at this place: all of four digits. */
const numberOf = (place: number): number => 1001 + place
const synced = { _fivetran_synced: '2026-03-02 00:00:00' }

test('in any world each order that is no test is one conversion, worth what the shop says, to the cent, down to the credits', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async orders => {
      const rows = await shopWorld(rawShop(orders), {
        definitions: {
          reporting: { currency: 'EUR' },
          events: { shopify: { order_created: 'order_placed' } },
          conversions: { purchase: { event: 'order_placed', value: 'revenue' } },
        },
        project: projectWithRates('CHF,2026-03-01,1.05'),
        models: ['orders', 'conversions', 'sessions', 'journeys', 'attribution_credits'],
      })
      const found = await rows(`
        select order_id, event_id, cast(round(gross_revenue * 100) as integer) as gross,
          cast(round(refunded_amount * 100) as integer) as refunded, cast(round(revenue * 100) as integer) as revenue
        from journeys.conversions order by order_id`)
      expect(found).toEqual(
        orders.flatMap((order, number) =>
          order.isTest ? [] : [{ order_id: `${numberOf(number)}`, ...reckoned(order, number) }],
        ),
      )
      const [sums] = await rows(`
        select
          (select coalesce(sum(revenue), 0) from orders.orders where not is_test) = (select coalesce(sum(revenue), 0) from journeys.conversions) as of_orders,
          (select coalesce(sum(revenue), 0) from journeys.sessions)
            = (select coalesce(sum(revenue), 0) from journeys.conversions where session_id is not null) as of_sessions,
          (select coalesce(sum(revenue), 0) from journeys.journeys) = (select coalesce(sum(revenue), 0) from journeys.conversions) as of_journeys,
          not exists (
            select 1 from journeys.conversions as c
            left join attribution.attribution_credits as a on a.conversion_id = c.conversion_id
            group by c.conversion_id, c.revenue, a.attribution_model
            having coalesce(sum(a.revenue), -1) <> c.revenue
          ) as of_credits`)
      expect(sums).toEqual({ of_orders: true, of_sessions: true, of_journeys: true, of_credits: true })
    }),
    { numRuns: 4, endOnFailure: true },
  )
})

/** The conversion that an order makes. No rate is known for dollars: nothing is known of such an order but that it is there. */
function reckoned({ placedAt, currency, total, refunds, isCancelled, isAtTill, reports }: Order, number: number) {
  const candidates = [
    { event_id: sha256(`shopify:order_created:${number}`), at: placedAt, isAction: isAtTill },
    ...reports.map(({ at }, index) => ({ event_id: `${number}-${index}`, at, isAction: true })),
  ]
  const actions = candidates.filter(({ isAction }) => isAction)
  const [first] = (actions.length > 0 ? actions : candidates).sort(
    (a, b) => a.at - b.at || (a.event_id < b.event_id ? -1 : 1),
  )
  const gross = inEuros(total, currency)
  const refunded = inEuros(
    refunds.reduce((sum, refund) => sum + paidBack(refund, total), 0),
    currency,
  )
  return {
    event_id: first!.event_id,
    gross,
    refunded,
    revenue: isCancelled ? 0 : gross - refunded,
  }
}

/** Cents, halves away from zero: a franc is 1.05 euros on the day of all orders. */
function inEuros(cents: number, currency: Order['currency']): number {
  const rates = { EUR: 100, CHF: 105, USD: 0 }
  return Math.floor((cents * rates[currency] + 50) / 100)
}

function paidBack({ share, isPaid }: Order['refunds'][number], total: number): number {
  return isPaid ? Math.floor(total * share) : 0
}

function rawShop(orders: readonly Order[]) {
  return {
    clicks: orders.flatMap(({ reports, currency }, number) =>
      reports.map(({ at, user, revenue }, index) => ({
        event_id: `${number}-${index}`,
        at: instant(at),
        event: 'order_placed',
        user: `${number}-${user}`,
        // The tracker writes the number as customers see it, or without its sign.
        order_id: index === 0 ? `#${numberOf(number)}` : `${numberOf(number)}`,
        revenue: revenue === null ? null : euros(revenue),
        currency,
      })),
    ),
    order: orders.map((order, number) => ({
      id: number,
      name: `#${numberOf(number)}`,
      customer_id: 10 * number + order.customer,
      created_at: instant(order.placedAt),
      cancelled_at: order.isCancelled ? instant(100) : null,
      source_name: order.isAtTill ? 'pos' : 'web',
      test: order.isTest,
      currency: order.currency,
      taxes_included: true,
      subtotal_price: euros(order.total),
      total_price: euros(order.total),
      ...synced,
    })),
    refund: refundsOf(orders).map(({ id, number }) => ({
      id,
      order_id: number,
      created_at: instant(120),
      ...synced,
    })),
    transaction: refundsOf(orders).map(({ id, number, refund, order: { total, currency } }) => ({
      id,
      order_id: number,
      refund_id: id,
      kind: 'refund',
      status: refund.isPaid ? 'success' : 'pending',
      amount: euros(Math.floor(total * refund.share)),
      currency,
      ...synced,
    })),
  }
}

function refundsOf(orders: readonly Order[]) {
  return orders.flatMap((order, number) =>
    order.refunds.map((refund, index) => ({ id: 10 * number + index, number, refund, order })),
  )
}
