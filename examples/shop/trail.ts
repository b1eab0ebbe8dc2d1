import { second } from './calendar.ts'
import type { Click, DeviceCategory } from './click.ts'
import type { Random } from './random.ts'
import type { WayIn } from './ways-in.ts'

const site = 'https://www.lumen-lamps.example'

/** What stays the same during one visit. */
export interface Visitor {
  readonly personId: string
  readonly device: DeviceCategory
  readonly cookie: string
  readonly country: string
}

/** The clicks of one visit as it goes on: which page is open, what time it is, who is logged in. */
export class Trail {
  readonly clicks: Click[] = []
  readonly #random: Random
  readonly #visitor: Visitor
  readonly #way: WayIn
  readonly #visit: string
  readonly #until: number
  #at: number
  #customerId: string
  #url = ''
  #referrer = ''
  #isOnLandingPage = true

  /** What happens at `until` or later is not recorded. */
  constructor(random: Random, visitor: Visitor, way: WayIn, customerId: string, startsAt: number, until: number) {
    this.#random = random
    this.#visitor = visitor
    this.#way = way
    this.#visit = `v-${random.hex(12)}`
    this.#customerId = customerId
    this.#at = startsAt
    this.#until = until
  }

  get at(): number {
    return this.#at
  }

  get customerId(): string {
    return this.#customerId
  }

  land(path: string): void {
    this.#url = site + path + landingQuery(this.#random, this.#way, path)
    this.#referrer = this.#random.pick(this.#way.referrers)
    this.fire('page_view')
  }

  open(path: string): void {
    this.comeFrom(this.#url, path)
  }

  /** Opens a page after one of another site. */
  comeFrom(referrer: string, path: string): void {
    this.#at += second + Math.floor(this.#random.waiting(28 * second))
    this.#referrer = referrer
    this.#url = site + path
    this.#isOnLandingPage = false
    this.fire('page_view')
  }

  /** Sent in one batch with the click before it: often its clock has not even moved. */
  fireAlong(event: string): void {
    if (this.#random.chance(0.7)) this.#at += this.#random.between(5, 400)
    this.fire(event)
  }

  fireLater(event: string): void {
    this.pause(second + Math.floor(this.#random.waiting(18 * second)))
    this.fire(event)
  }

  pause(milliseconds: number): void {
    this.#at += milliseconds
  }

  logIn(customerId: string): void {
    this.#customerId = customerId
  }

  fire(event: string, order?: { readonly number: string; readonly cents: number }): void {
    if (this.#at >= this.#until) return
    const utm = this.#isOnLandingPage ? this.#way.utm : undefined
    this.clicks.push({
      ...this.#visitor,
      eventUuid: this.#random.uuid(),
      customerId: this.#customerId,
      visit: this.#visit,
      event,
      at: this.#at,
      utmSource: utm?.source ?? '',
      utmMedium: utm?.medium ?? '',
      utmCampaign: utm?.campaign ?? '',
      referrer: this.#referrer,
      url: this.#url,
      ...(order && { order }),
    })
  }
}

function landingQuery(random: Random, way: WayIn, path: string): string {
  const parameters: string[] = []
  if (way.utm) {
    parameters.push(`utm_source=${way.utm.source}`, `utm_medium=${way.utm.medium}`)
    parameters.push(`utm_campaign=${encodeURIComponent(way.utm.campaign)}`)
  }
  if (way.clickId) parameters.push(`${way.clickId}=${random.hex(20)}`)
  if (parameters.length === 0) return ''
  return (path.includes('?') ? '&' : '?') + parameters.join('&')
}
