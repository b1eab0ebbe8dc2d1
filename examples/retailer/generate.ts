import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { castOnStage, planScenes } from './cast.ts'
import { Company, type Plan, type Systems } from './company.ts'
import { end, endIfGone, firstMet } from './contacts/customers.ts'
import { readLetter, sendLetters } from './contacts/letters.ts'
import { crawl, tryCheckout } from './contacts/machines.ts'
import { planNext } from './contacts/next.ts'
import { call, write } from './contacts/service.ts'
import { visit } from './contacts/site.ts'
import { visitStore } from './contacts/store.ts'
import {
  dayCount,
  dayOf,
  momentInStore,
  momentOfService,
  startOfDay,
  timeAtHome,
  weekdayWeight,
} from './lib/calendar.ts'
import { Random } from './lib/random.ts'
import type { Customer } from './people/customer.ts'
import { castCount } from './people/person.ts'
import { Ga4Files } from './site/ga4-files.ts'
import { AdAccounts } from './systems/ads.ts'
import { HubSpot } from './systems/hubspot.ts'
import { Shopify } from './systems/shopify.ts'
import { Twilio } from './systems/twilio.ts'
import { Zendesk } from './systems/zendesk.ts'
import { TruthKeeper } from './truth/truth-keeper.ts'

export interface RetailerOptions {
  /** The same seed and size make the same bytes. */
  readonly seed: string
  /** How many rows Google Analytics is to have, about: from a thousand to ten million; all else grows with it. */
  readonly events: number
  /** Made if it is not there; `raw/<system>/` and `truth/` in it are replaced. */
  readonly folder: string
}

export interface Retailer {
  /** A folder a system: `raw/ga4`, `raw/hubspot` … */
  readonly rawFolder: string
  readonly truthFolder: string
  /** Rows of Google Analytics, repeated ones among them. */
  readonly eventCount: number
  readonly personCount: number
}

/** The retailer of the sample project. */
export const sampleRetailer = { seed: 'lumen', events: 60_000 } as const
/** As small as it gets with every case in it. */
export const tinyRetailer = { seed: 'lumen', events: 1_500 } as const

const systemNames = ['ga4', 'hubspot', 'shopify', 'zendesk', 'twilio', 'google_ads', 'meta_ads'] as const

/** Makes up a retailer for lamps: twelve weeks of its site, two stores, call centre, chat, letters and advertisements. */
export async function generateRetailer({ seed, events, folder }: RetailerOptions): Promise<Retailer> {
  if (!Number.isInteger(events) || events < 1_000) {
    throw new RangeError(`events is ${events}; expected a whole number, 1000 or more`)
  }
  const rawFolder = join(folder, 'raw')
  const truthFolder = join(folder, 'truth')
  const folderOf = (system: (typeof systemNames)[number]) => join(rawFolder, system)
  for (const old of [...systemNames.map(folderOf), truthFolder]) await rm(old, { recursive: true, force: true })
  for (const system of systemNames) await mkdir(folderOf(system), { recursive: true })

  const truth = new TruthKeeper(truthFolder)
  const finalInstant = startOfDay(dayCount)
  const systems: Systems = {
    ga4: new Ga4Files(folderOf('ga4')),
    shopify: new Shopify(folderOf('shopify'), truth, finalInstant),
    hubspot: new HubSpot(folderOf('hubspot'), truth, finalInstant),
    zendesk: new Zendesk(folderOf('zendesk'), truth, finalInstant),
    twilio: new Twilio(folderOf('twilio'), truth),
    ads: new AdAccounts(folderOf('google_ads'), folderOf('meta_ads'), seed),
  }
  const company = new Company(seed, systems, truth)
  const personCount = await live(company, events)

  const { ga4, ...others } = systems
  for (const system of Object.values(others)) system.finish()
  truth.finish()
  return { rawFolder, truthFolder, eventCount: ga4.rowCount, personCount }
}

/** Day by day; nothing is kept of a day but plans and those who have some. How many people there were. */
async function live(company: Company, events: number): Promise<number> {
  const { ga4, ads } = company.systems
  const pace = new Pace(events)
  const robots = robotsFor(events)
  const cast = castOnStage()
  let personNumber = castCount
  let visitCount = 0
  let trialCount = 0

  for (let day = 0; day < dayCount; day++) {
    for (const { number, firstAt } of cast) {
      if (dayOf(firstAt) === day) planScenes(company, firstMet(company, number, firstAt))
    }
    sendLetters(company, day)
    robots.forEach((crawlDay, index) => {
      if (crawlDay === day) crawl(company, day, index, robots.pageCount)
    })
    if (day % 28 === 5) tryCheckout(company, day, trialCount++)

    const random = new Random(`${company.seed}/arrivals`, day)
    const wanted = pace.newcomersOn(day, ga4.rowCount, company.visitsPlannedOn(day), visitCount)
    for (let index = 0; index < wanted; index++) meet(company, random, personNumber++, day)

    for (let next = company.nextPlan(day); next; next = company.nextPlan(day)) {
      const { customer, at, plan } = next
      const hadOrders = customer.orderCount
      carryOut(company, customer, at, plan)
      customer.contactCount += 1
      customer.busyUntil = Math.max(customer.busyUntil, at)
      if (plan.kind === 'site') visitCount += 1
      if (plan.kind !== 'letter') planNext(company, customer, hadOrders)
      endIfGone(company, customer)
      if (ga4.isBehind) await ga4.keptUp()
    }
    await ga4.finishDay(day)
    ads.finishDay(day)
  }
  await ga4.finish()
  for (const customer of company.subscribers) end(company, customer)
  return personNumber
}

function carryOut(company: Company, customer: Customer, at: number, plan: Plan): void {
  switch (plan.kind) {
    case 'site':
      return visit(company, customer, at, plan.way, plan.wishes ?? {})
    case 'letter':
      return readLetter(company, customer, at, plan)
    case 'store':
      return visitStore(company, customer, at, plan)
    case 'call':
      return call(company, customer, at, plan)
    case 'ticket':
      return write(company, customer, at, plan.channel)
  }
}

/** Somebody's first contact: the site, for most. */
function meet(company: Company, random: Random, number: number, day: number): void {
  const at = startOfDay(day) + timeAtHome(random)
  const customer = firstMet(company, number, at)
  const person = company.personOf(customer)
  if (person.store && random.chance(0.12)) company.plan(customer, momentInStore(random, at), { kind: 'store' })
  else if (random.chance(0.008)) company.plan(customer, momentOfService(random, at), { kind: 'call' })
  else company.plan(customer, at, { kind: 'site' })
  endIfGone(company, customer)
}

/** How many new people a day needs, so that in the end there are as many events as asked for. */
class Pace {
  readonly #events: number
  readonly #weights: readonly number[]

  constructor(events: number) {
    this.#events = events
    const weights = Array.from({ length: dayCount }, (_, day) => weekdayWeight(day) * (0.85 + (0.3 * day) / dayCount))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    this.#weights = weights.map(weight => weight / total)
  }

  newcomersOn(day: number, rowsSoFar: number, visitsPlanned: number, visitsSoFar: number): number {
    const share = this.#weights.slice(0, day + 1).reduce((sum, weight) => sum + weight, 0)
    // Until some have been, a visit is taken to be nine events.
    const rowsAVisit = (rowsSoFar + 450) / (visitsSoFar + 50)
    const missing = this.#events * share - rowsSoFar - visitsPlanned * rowsAVisit
    return Math.max(0, Math.round(missing / (rowsAVisit * 1.08)))
  }
}

/** The days of the robots' crawls: some two percent of all events, in crawls of hundreds of pages. */
function robotsFor(events: number): readonly number[] & { readonly pageCount: number } {
  const pageCount = Math.max(60, Math.min(400, Math.round(events * 0.02)))
  const count = Math.max(1, Math.round((events * 0.02) / pageCount))
  const days = Array.from({ length: count }, (_, index) => (6 + index * 25) % dayCount)
  return Object.assign(days, { pageCount })
}

/** `tsx examples/retailer/generate.ts --events 60000 --seed lumen --to <folder>` */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { events: { type: 'string' }, seed: { type: 'string' }, to: { type: 'string' } },
  })
  if (!values.to) throw new RangeError('--to <folder> is missing: where to put raw/ and truth/')
  const started = performance.now()
  const made = await generateRetailer({
    seed: values.seed ?? sampleRetailer.seed,
    events: Number(values.events ?? sampleRetailer.events),
    folder: values.to,
  })
  const seconds = (performance.now() - started) / 1000
  const memory = process.resourceUsage().maxRSS / 1024
  console.log(
    `${made.eventCount} events of ${made.personCount} people in ${seconds.toFixed(1)} s, ${memory.toFixed(0)} MB at most: ${made.rawFolder}`,
  )
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
