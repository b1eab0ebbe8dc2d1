import { describe, expect, it } from 'vitest'
import { dateIn, dayOf, startOfDay, utcText } from '../../../examples/retailer/lib/calendar.ts'
import { Random } from '../../../examples/retailer/lib/random.ts'
import { Schedule } from '../../../examples/retailer/lib/schedule.ts'
import { products } from '../../../examples/retailer/site/catalogue.ts'
import { returned, sumsOf } from '../../../examples/retailer/systems/order.ts'
import { Clusters } from '../../../examples/retailer/truth/clusters.ts'
import { beginningsOf, type Contact } from '../../../examples/retailer/truth/journeys.ts'

const at = (text: string) => Date.parse(`${text}Z`)

describe('the calendar', () => {
  it('has a day of twenty-three hours, on which summer time begins', () => {
    expect([41, 42].map(number => utcText(startOfDay(number)))).toEqual([
      '2026-03-28 23:00:00.000',
      '2026-03-29 22:00:00.000',
    ])
    expect(dayOf(at('2026-03-28T22:59:59.999'))).toBe(40)
    expect(dayOf(at('2026-03-28T23:00:00'))).toBe(41)
    expect(dayOf(at('2026-03-29T21:59:59.999'))).toBe(41)
  })

  it('tells the date in Berlin and in London, in winter and in summer', () => {
    expect(dateIn('Europe/Berlin', at('2026-03-01T23:30:00'))).toBe('2026-03-02')
    expect(dateIn('Europe/London', at('2026-03-01T23:30:00'))).toBe('2026-03-01')
    expect(dateIn('Europe/Berlin', at('2026-04-01T22:30:00'))).toBe('2026-04-02')
    expect(dateIn('Europe/London', at('2026-04-01T22:30:00'))).toBe('2026-04-01')
    expect(dateIn('Europe/London', at('2026-04-01T23:30:00'))).toBe('2026-04-02')
  })

  it('writes an instant as ISO does', () => {
    for (const instant of [0, 1, 999, 59_999, at('2026-03-29T01:02:03.045'), at('2024-02-29T23:59:59.999')]) {
      expect(utcText(instant)).toBe(new Date(instant).toISOString().slice(0, 23).replace('T', ' '))
    }
  })
})

it('a plan is taken in the order of time, equal ones as they came, and none for a day that is over', () => {
  const schedule = new Schedule<string>(moment => Math.floor(moment / 10))
  for (const [moment, name] of [
    [17, 'late'],
    [12, 'first'],
    [12, 'second'],
    [11, 'early'],
  ] as const) {
    schedule.add(moment, name)
  }
  const taken = Array.from({ length: 5 }, () => schedule.takeFrom(1)?.item)

  expect(taken).toEqual(['early', 'first', 'second', 'late', undefined])
  expect(() => schedule.add(9, 'too late')).toThrow('is on a day that is over')
})

it('choices are the same for the same seed and keys, and others for others', () => {
  const drawn = (seed: string, ...keys: number[]) => {
    const random = new Random(seed, ...keys)
    return [random.next(), random.hex(8), random.between(1, 1_000_000)]
  }
  expect(drawn('lumen', 1, 2)).toEqual(drawn('lumen', 1, 2))
  expect(drawn('lumen', 1, 2)).not.toEqual(drawn('lumen', 2, 1))
  expect(drawn('lumen', 1)).not.toEqual(drawn('lumen', 65_537))
})

describe('an order', () => {
  // A lamp of 89.00, and two bulbs of 7.99: 104.98; ten percent off each line, shipping of 4.90.
  const items = [
    { product: products[0]!, quantity: 1 },
    { product: products[14]!, quantity: 2 },
  ]
  const sums = sumsOf(items, { currency: 'EUR', taxRate: 19, discountRate: 10 }, 490)

  it('adds up to the cent', () => {
    expect(sums.lines.map(({ paidCents, discountCents, taxCents }) => [paidCents, discountCents, taxCents])).toEqual([
      [8_010, 890, 1_279],
      [1_438, 160, 230],
    ])
    expect(sums).toMatchObject({ subtotalCents: 9_448, discountCents: 1_050, totalCents: 9_938, taxCents: 1_587 })
  })

  it('goes back with its shipping, or its last line alone', () => {
    expect(returned(sums, true).cents).toBe(9_938)
    expect(returned(sums, false)).toMatchObject({
      cents: 1_438,
      lines: [{ lineNumber: 1, quantity: 2, taxCents: 230 }],
    })
  })

  it('of one piece keeps it, and gives back a fifth', () => {
    const one = sumsOf([items[0]!], { currency: 'EUR', taxRate: 19, discountRate: 0 }, 0)
    expect(returned(one, false)).toEqual({ lines: [], cents: 1_780 })
  })
})

it('identifiers are in one cluster where ties lead from one to the other, and a cookie alone is tied to nobody', () => {
  const clusters = new Clusters()
  const [cookie, user, email, other] = [
    clusters.place('cookie_id', 'a'),
    clusters.place('user_id', '1'),
    clusters.place('email', 'a@post.example'),
    clusters.place('cookie_id', 'b'),
  ]
  clusters.tie(user, email)
  clusters.tie(cookie, user)

  expect(clusters.clusterOf(cookie)).toBe(clusters.clusterOf(email))
  expect(clusters.place('user_id', '1')).toBe(user)
  expect([cookie, other].map(place => clusters.isTied(place))).toEqual([true, false])
})

describe('journeys', () => {
  const visit = (from: string, to: string, channel: string, ...orders: string[]): Contact => ({
    at: at(from),
    endedAt: at(to),
    place: 0,
    channel,
    campaign: '',
    isTouchOfItsOwn: false,
    orders: orders.map(name => ({ name, at: at(to) })),
  })
  const told = (contacts: readonly Contact[]) =>
    beginningsOf(contacts).map(({ order, channel, touchCount }) => [order.name, channel, touchCount])

  it('begin with the first visit, and after an order with the next session', () => {
    expect(
      told([
        visit('2026-03-01T10:00:00', '2026-03-01T10:10:00', 'Paid Social'),
        visit('2026-03-05T10:00:00', '2026-03-05T10:20:00', 'Email', 'one'),
        // Within half an hour of the order: the same session, and no touch of the next journey.
        visit('2026-03-05T10:40:00', '2026-03-05T10:45:00', 'Referral'),
        visit('2026-03-09T10:00:00', '2026-03-09T10:20:00', 'Direct', 'two'),
      ]),
    ).toEqual([
      ['one', 'Paid Social', 2],
      ['two', 'Direct', 1],
    ])
  })

  it('begin anew after more than thirty days, and not after thirty', () => {
    const first = visit('2026-03-01T10:00:00', '2026-03-01T10:10:00', 'Paid Social')
    expect(told([first, visit('2026-03-31T10:00:00', '2026-03-31T10:05:00', 'Email', 'one')])).toEqual([
      ['one', 'Paid Social', 2],
    ])
    expect(told([first, visit('2026-03-31T10:00:01', '2026-03-31T10:05:00', 'Email', 'one')])).toEqual([
      ['one', 'Email', 1],
    ])
  })

  it('know a session by the first of its visits that came from somewhere', () => {
    expect(
      told([
        visit('2026-03-01T10:00:00', '2026-03-01T10:10:00', 'Direct'),
        visit('2026-03-01T10:30:00', '2026-03-01T10:35:00', 'Organic Search', 'one'),
      ]),
    ).toEqual([['one', 'Organic Search', 1]])
  })

  it('have no touch where two orders are of one session', () => {
    expect(told([visit('2026-03-01T10:00:00', '2026-03-01T10:10:00', 'Direct', 'one', 'two')])).toEqual([
      ['one', 'Direct', 1],
      ['two', '', 0],
    ])
  })
})
