import { compactDate, dayOf, minute, second } from '../lib/calendar.ts'
import type { Random } from '../lib/random.ts'
import type { Country } from '../people/countries.ts'
import type { Device } from '../people/device.ts'
import type { Page } from './catalogue.ts'
import type { Ga4Files } from './ga4-files.ts'
import { arrivalBy, ascii, integerParam, textParam } from './ga4-json.ts'
import type { WayIn } from './ways-in.ts'

export const site = 'https://www.lumen-lamps.example'

/** Who visits, for the truth and for what every event says alike. */
export interface Visitor {
  readonly personId: string
  readonly kind: 'customer' | 'robot' | 'staff'
  readonly device: Device
  readonly browser: string
  readonly country: Country
}

/** One stretch of a visit without a pause of half an hour. */
export interface Stretch {
  readonly sessionId: number
  readonly startedAt: number
  endedAt: number
  eventCount: number
}

/** What the trail writes to. */
export interface Recorder {
  readonly ga4: Ga4Files
  readonly noteGa4Row: (key: string, visitor: Visitor) => void
}

const stream = '"stream_id":"3206015529","platform":"WEB",'
const engaged = textParam('session_engaged', '1')
const notEngaged = textParam('session_engaged', '0')

/** The events of one visit as it goes on: which page is open, what time it is, who is logged in. Times in microseconds. */
export class Trail {
  readonly stretches: Stretch[] = []
  /** Milliseconds since 1970: since when the events say who it is. */
  knownSince: number
  #userId: string
  readonly #recorder: Recorder
  readonly #random: Random
  readonly #visitor: Visitor
  readonly #until: number
  /** Everything that an event says of its visitor. */
  readonly #about: string
  /** A phone that loses its network keeps what comes after for so long, in microseconds; 0: it has it. */
  #offlineFor = 0
  readonly #losesNetworkAfter: number
  #eventCount = 0
  #at: number
  /** The page that is open, as the next one's referrer. */
  #asReferrer = ''
  #session = ''
  #page = ''
  #arrival = ''
  #collected = ''
  #pageId = 0
  #requestNumber = 0
  #indexInRequest = 0
  #pageCount = 0

  /** Both times in milliseconds. What happens at `until` or later is not recorded. */
  constructor(recorder: Recorder, random: Random, visitor: Visitor, userId: string, startsAt: number, until: number) {
    this.#recorder = recorder
    this.#random = random
    this.#visitor = visitor
    this.#userId = userId
    this.knownSince = startsAt
    this.#at = startsAt * 1000 + random.between(0, 999)
    this.#until = until * 1000
    this.#losesNetworkAfter = random.chance(0.012) ? random.between(1, 6) : Number.POSITIVE_INFINITY
    const { continent, region, city } = { continent: 'Europe', ...visitor.country }
    const geo = ascii({ city, country: visitor.country.name, continent, region })
    this.#about = flat(`"device":${visitor.browser},"geo":${geo},${stream}`)
  }

  /** What the tracker takes for the customer's number; empty: nobody is logged in. */
  get userId(): string {
    return this.#userId
  }

  set userId(userId: string) {
    if (userId === this.#userId) return
    this.#userId = userId
    this.knownSince = this.at
  }

  /** Milliseconds since 1970. */
  get at(): number {
    return Math.floor(this.#at / 1000)
  }

  get isOver(): boolean {
    return this.#at >= this.#until
  }

  land(page: Page, way: WayIn): void {
    const clickId = way.clickId ? `${way.clickId === 'gclid' ? 'Cj0K' : 'IwAR'}${this.#random.hex(20)}` : ''
    const arrival = arrivalBy(way, clickId)
    const join = arrival.query === '' ? '' : page.path.includes('?') ? '&' : '?'
    const { device } = this.#visitor
    const isNew = device.firstSeenAt === 0
    if (isNew) {
      device.firstSeenAt = this.#at
      device.firstSource = arrival.firstSource
    }
    this.#arrival = arrival.params
    this.#collected = arrival.collected
    const startsSession = this.#goesOnInSession()
    const referrer = this.#random.pick(way.referrers)
    const location = site + page.path + join + arrival.query
    this.#show(page, location, referrer === '' ? '' : textParam('page_referrer', referrer))
    this.#asReferrer = join === '' ? wordsOf(page).asReferrer : textParam('page_referrer', location)
    if (isNew) this.fire('first_visit')
    if (startsSession) this.fire('session_start')
    this.fire('page_view', startsSession ? integerParam('entrances', 1) : '')
  }

  open(page: Page): void {
    this.#goTo(this.#asReferrer, page, second + Math.floor(this.#random.waiting(26 * second)))
  }

  /** Opens a page as nobody can who reads: some three a second. */
  rush(page: Page): void {
    this.#goTo(this.#asReferrer, page, this.#random.between(120, 520))
  }

  /** Opens a page after one of another site. */
  comeFrom(referrer: string, page: Page): void {
    this.#goTo(textParam('page_referrer', referrer), page, second + Math.floor(this.#random.waiting(26 * second)))
  }

  #goTo(referrer: string, page: Page, after: number): void {
    this.pause(after)
    this.#arrival = ''
    this.#collected = ''
    const startsSession = this.#goesOnInSession()
    this.#show(page, wordsOf(page).url, referrer)
    this.#asReferrer = wordsOf(page).asReferrer
    if (startsSession) this.fire('session_start')
    this.fire('page_view')
  }

  /** Together with the event before it: mostly in the same request and with its time, at times a little later. */
  fireAlong(event: string, params: string, fields: string): void {
    if (this.#random.chance(0.4)) this.#laterBy(this.#random.between(5, 400) * 1000 + this.#random.between(0, 999))
    this.fire(event, params, fields)
  }

  fireLater(event: string, params = '', fields = ''): void {
    this.pause(second + Math.floor(this.#random.waiting(18 * second)))
    if (this.#goesOnInSession()) this.fire('session_start')
    this.fire(event, params, fields)
  }

  /** In milliseconds. */
  pause(milliseconds: number): void {
    this.#laterBy(milliseconds * 1000 + this.#random.between(0, 999))
  }

  /** In one request with what came before, at the same instant. */
  fire(name: string, params = '', fields = '"items":[],'): void {
    if (this.isOver) return
    const at = this.#at
    const { device, kind } = this.#visitor
    const stretch = this.stretches.at(-1)!
    stretch.endedAt = Math.floor(at / 1000)
    stretch.eventCount += 1
    device.lastEventAt = at
    this.#eventCount += 1
    this.#indexInRequest += 1
    if (this.#eventCount > this.#losesNetworkAfter && this.#offlineFor === 0) {
      this.#offlineFor = this.#random.between(10 * minute, 60 * 60 * minute) * 1000
    }

    const isLate = this.#offlineFor > 0
    const { ga4, noteGa4Row } = this.#recorder
    const whole = this.#row(name, params, fields, 0, true)
    ga4.add(at, whole, isLate)
    noteGa4Row(`${device.cookie}|${at}|${name}`, this.#visitor)
    // Some come in twice: as they are, or as the streaming export has them, which does not know how a user first came.
    if (kind !== 'customer') return
    if (ga4.rowCount % 331 === 0) ga4.add(at, whole, isLate)
    if (ga4.rowCount % 337 === 0) ga4.add(at, this.#row(name, params, fields, 7_000, false), isLate)
  }

  /** The line of JSON of an event that happens now, sent so many microseconds later than it could be. */
  #row(name: string, params: string, fields: string, later: number, knowsFirstSource: boolean): string {
    const at = this.#at
    const { device } = this.#visitor
    const spent =
      this.#pageCount > 1 ? engaged + integerParam('engagement_time_msec', 100 + ((at >>> 3) & 0x1fff)) : notEngaged
    const all = this.#session + spent + this.#arrival + params + this.#page
    const bundle = (at % 2_147_483_647) + this.#requestNumber + later
    const offset = 180_000 + (bundle % 900_000) + this.#offlineFor + later
    const source = knowsFirstSource ? `"traffic_source":${device.firstSource},` : ''
    const user = this.#userId === '' ? '' : `"user_id":${ascii(this.#userId)},`
    return `{"event_date":"${compactDateOf(at)}","event_timestamp":"${at}","event_name":"${name}","event_params":[${all.slice(0, -1)}],"event_bundle_sequence_id":"${bundle}","event_server_timestamp_offset":"${offset}",${source}${user}"user_pseudo_id":"${device.cookie}","user_first_touch_timestamp":"${device.firstSeenAt}",${this.#about}${this.#collected}${fields}"is_active_user":true,"batch_event_index":"${this.#indexInRequest}","batch_page_id":"${this.#pageId}","batch_ordering_id":"${this.#requestNumber}"}\n`
  }

  #laterBy(microseconds: number): void {
    this.#at += microseconds
    this.#requestNumber += 1
    this.#indexInRequest = 0
  }

  /** Whether a session begins: after half an hour without an event. A campaign begins none, nor does midnight. */
  #goesOnInSession(): boolean {
    const { device } = this.#visitor
    const begins = this.#at - device.lastEventAt > 30 * minute * 1000
    if (begins) {
      device.sessionId = Math.floor(this.#at / 1_000_000)
      device.sessionNumber += 1
    }
    if (begins || this.stretches.length === 0) {
      this.stretches.push({ sessionId: device.sessionId, startedAt: this.at, endedAt: this.at, eventCount: 0 })
      this.#session = flat(
        integerParam('ga_session_id', device.sessionId) +
          integerParam('ga_session_number', device.sessionNumber) +
          (this.#visitor.kind === 'staff' ? textParam('traffic_type', 'internal') : ''),
      )
    }
    return begins
  }

  /** `referrer` is the param that tells it, or empty. */
  #show(page: Page, location: string, referrer: string): void {
    this.#pageCount += 1
    this.#pageId = Math.floor(this.#at / 1000)
    this.#requestNumber = 1
    this.#indexInRequest = 0
    this.#page = flat(textParam('page_location', location) + referrer + wordsOf(page).title)
  }
}

interface PageWords {
  readonly url: string
  readonly title: string
  readonly asReferrer: string
}

const pageWords = new Map<Page, PageWords>()

/** What is told of a page again and again. */
function wordsOf(page: Page): PageWords {
  let words = pageWords.get(page)
  if (!words) {
    const url = site + page.path
    words = { url, title: textParam('page_title', page.title), asReferrer: textParam('page_referrer', url) }
    pageWords.set(page, words)
  }
  return words
}

/** The same text in one piece: what is made of many pieces would be put together anew for every event that has it. */
function flat(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1')
}

let datedDay = -1
let datedText = ''

/** Of an instant in microseconds, in the property's zone. */
function compactDateOf(at: number): string {
  const number = dayOf(at / 1000)
  if (number !== datedDay) {
    datedDay = number
    datedText = compactDate(number)
  }
  return datedText
}
