import { createWriteStream } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { day, timeAtHome, weekdayWeight } from './calendar.ts'
import { csvChunks } from './csv.ts'
import { type Delivery, deliver } from './delivery.ts'
import { newCookie, personOf } from './person.ts'
import { randomFrom } from './random.ts'
import { Shopper, type ShopTime } from './shopper.ts'
import { decimal, type Truth, TruthKeeper } from './truth.ts'
import { waysInOn } from './ways-in.ts'

export interface ShopOptions {
  /** The same seed makes the same bytes. */
  readonly seed: string | number
  readonly people: number
  readonly days: number
  /** The first day, as in 2026-06-01. */
  readonly start: string
  /** Made if it is not there; `events.csv` and `truth.json` in it are replaced. */
  readonly folder: string
}

export interface Shop {
  readonly file: string
  readonly truthFile: string
  readonly rowCount: number
  readonly truth: Truth
}

/** The shop of the sample project: one summer. */
export const sampleShop = { seed: 'lumen', people: 3_000, days: 90, start: '2026-06-01' } as const

/** Makes up a small web shop's clickstream, in the order in which its tracker received it. */
export async function generateShop(options: ShopOptions): Promise<Shop> {
  const time = shopTime(options)
  const truth = new TruthKeeper()
  const file = join(options.folder, 'events.csv')
  const truthFile = join(options.folder, 'truth.json')

  await mkdir(options.folder, { recursive: true })
  // Under another name until it is whole, so that nobody takes half a file for a shop.
  await pipeline(csvChunks(columns, rows(options, time, truth)), createWriteStream(`${file}.partial`))
  await rename(`${file}.partial`, file)

  const told = truth.told(time.showroomCookie)
  await writeFile(truthFile, `${JSON.stringify(told, null, 1)}\n`)
  return { file, truthFile, rowCount: told.rows, truth: told }
}

const columns = [
  'event_uuid',
  'received_at',
  'customer_id',
  'cookie',
  'visit',
  'event',
  'ts',
  'device',
  'country',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'referrer',
  'url',
  'order_number',
  'order_total',
  'currency',
] as const

function shopTime({ seed, start, days, people }: ShopOptions): ShopTime {
  const startsAt = Date.parse(`${start}T00:00:00Z`)
  if (Number.isNaN(startsAt)) throw new RangeError(`start is not a day: ${start}; expected one as in 2026-06-01`)
  for (const [name, value] of Object.entries({ days, people })) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} is ${value}; expected 1 or more, whole`)
  }
  const showroomCookie = newCookie(randomFrom(`${seed}/showroom`).hex(16))
  return { seed: String(seed), startsAt, endsAt: startsAt + days * day, showroomCookie }
}

/** Day by day; what is still under way at midnight waits, so that no more than a few days' late rows are ever held. */
function* rows(options: ShopOptions, time: ShopTime, truth: TruthKeeper): Generator<readonly string[]> {
  const random = randomFrom(`${time.seed}/delivery`)
  const calendar = visitorsByDay(options, time)
  let underWay: Delivery[] = []

  for (let number = 0; number < options.days; number++) {
    const visitors = calendar[number] ?? []
    // Grows while it is read: whoever comes back on the same day stands at its end.
    for (const shopper of visitors) {
      const clicks = shopper.visit()
      const deliveries = deliver(random, clicks)
      truth.note(clicks, deliveries)
      for (const delivery of deliveries) underWay.push(delivery)
      if (shopper.nextVisitAt !== undefined) calendar[dayNumber(time, shopper.nextVisitAt)]?.push(shopper)
    }
    calendar[number] = []

    const midnight = time.startsAt + (number + 1) * day
    const isLastDay = number === options.days - 1
    underWay.sort((left, right) => left.receivedAt - right.receivedAt)
    const arrived = isLastDay ? underWay.length : underWay.findIndex(({ receivedAt }) => receivedAt >= midnight)
    const count = arrived < 0 ? underWay.length : arrived
    for (const delivery of underWay.slice(0, count)) yield row(delivery)
    underWay = underWay.slice(count)
  }
}

/**
 * Everybody on the day of their first visit: more on the weekdays and in the campaigns that bring people, and in the
 * first days, when those turn up who knew the shop before anybody watched.
 */
function visitorsByDay(options: ShopOptions, time: ShopTime): Shopper[][] {
  const calendar: Shopper[][] = Array.from({ length: options.days }, () => [])
  const weights = calendar.map(
    (_, number) =>
      (number < 12 ? 2.2 : 1) *
      weekdayWeight(time.startsAt + number * day) *
      waysInOn(number).reduce((total, way) => total + way.newVisitors, 0),
  )
  const dayNumbers = weights.map((_, number) => number)
  const random = randomFrom(`${time.seed}/arrivals`)

  for (let number = 0; number < options.people; number++) {
    const date = time.startsAt + random.pickWeighted(dayNumbers, index => weights[index] ?? 0) * day
    const moment = date + timeAtHome(random)
    calendar[dayNumber(time, moment)]?.push(new Shopper(time, personOf(time.seed, number), moment))
  }
  return calendar
}

function dayNumber(time: ShopTime, instant: number): number {
  return Math.floor((instant - time.startsAt) / day)
}

function row({ click, receivedAt }: Delivery): readonly string[] {
  return [
    click.eventUuid,
    timestamp(receivedAt),
    click.customerId,
    click.cookie,
    click.visit,
    click.event,
    timestamp(click.at),
    click.device,
    click.country,
    click.utmSource,
    click.utmMedium,
    click.utmCampaign,
    click.referrer,
    click.url,
    click.order?.number ?? '',
    click.order ? decimal(click.order.cents) : '',
    click.order ? 'EUR' : '',
  ]
}

/** UTC, as in 2026-06-01 09:30:00.250. */
function timestamp(instant: number): string {
  return new Date(instant).toISOString().replace('T', ' ').slice(0, 23)
}
