import { dayCount, dayOf, startOfDay } from './lib/calendar.ts'
import { Random } from './lib/random.ts'
import { Schedule } from './lib/schedule.ts'
import type { Customer } from './people/customer.ts'
import { type Device, newDevice, setCookie } from './people/device.ts'
import { type Person, personOf } from './people/person.ts'
import type { Ga4Files } from './site/ga4-files.ts'
import type { Recorder } from './site/trail.ts'
import type { WayIn } from './site/ways-in.ts'
import type { AdAccounts } from './systems/ads.ts'
import type { HubSpot } from './systems/hubspot.ts'
import type { OrderFate } from './systems/order.ts'
import type { Shopify } from './systems/shopify.ts'
import type { Twilio } from './systems/twilio.ts'
import type { Zendesk } from './systems/zendesk.ts'
import type { TruthKeeper } from './truth/truth-keeper.ts'

/** What a script asks of a visit to the site, where chance would decide. */
export interface Wishes {
  /** The place among their devices; a tablet that they share is the last. */
  readonly device?: number | 'last'
  readonly clearsCookies?: boolean
  readonly signsUp?: boolean
  readonly logsIn?: boolean
  readonly subscribes?: boolean
  readonly chats?: boolean
  readonly buys?: OrderFate
}

/** What somebody will do. */
export type Plan =
  | { readonly kind: 'site'; readonly way?: WayIn; readonly wishes?: Wishes }
  | { readonly kind: 'letter'; readonly week: number; readonly letter: SentLetter; readonly clicks: boolean }
  | { readonly kind: 'store'; readonly tablet?: boolean; readonly identity?: TillIdentity; readonly buys?: OrderFate }
  | { readonly kind: 'call'; readonly from?: 'own' | 'other' | 'anonymous'; readonly answered?: boolean }
  | { readonly kind: 'ticket'; readonly channel?: 'email' | 'web' }

export type TillIdentity = 'customer' | 'phone' | 'none'

export interface SentLetter {
  readonly id: string
  readonly at: number
}

export interface Systems {
  readonly ga4: Ga4Files
  readonly shopify: Shopify
  readonly hubspot: HubSpot
  readonly zendesk: Zendesk
  readonly twilio: Twilio
  readonly ads: AdAccounts
}

/** The company while its twelve weeks go by: its systems, what is planned, and devices that belong to no one person. */
export class Company {
  readonly seed: string
  readonly systems: Systems
  readonly truth: TruthKeeper
  readonly recorder: Recorder
  readonly end = startOfDay(dayCount)
  readonly storeTablet: Device
  readonly subscribers: Customer[] = []
  readonly #plans = new Schedule<{ readonly customer: Customer; readonly plan: Plan }>(dayOf)
  readonly #householdTablets = new Map<number, Device>()
  #visitsPlanned = new Int32Array(dayCount)

  constructor(seed: string, systems: Systems, truth: TruthKeeper) {
    this.seed = seed
    this.systems = systems
    this.truth = truth
    this.recorder = {
      ga4: systems.ga4,
      noteGa4Row: (key, visitor) => truth.ga4Row(key, visitor.personId, visitor.kind),
    }
    const random = new Random(`${seed}/tablet`)
    this.storeTablet = newDevice(random, 'tablet', true)
    setCookie(this.storeTablet, random, startOfDay(0))
  }

  personOf(customer: Customer): Person {
    return personOf(this.seed, customer.number)
  }

  /** A stream for one contact of one person. */
  randomFor(customer: Customer, purpose: string): Random {
    return new Random(`${this.seed}/${purpose}`, customer.number, customer.contactCount)
  }

  /** What would be after the end will not be. */
  plan(customer: Customer, at: number, plan: Plan): void {
    if (at >= this.end) return
    customer.plannedCount += 1
    if (plan.kind === 'site') this.#visitsPlanned[dayOf(at)]! += 1
    this.#plans.add(at, { customer, plan })
  }

  nextPlan(day: number): { readonly at: number; readonly customer: Customer; readonly plan: Plan } | undefined {
    const next = this.#plans.takeFrom(day)
    if (!next) return undefined
    next.item.customer.plannedCount -= 1
    return { at: next.at, ...next.item }
  }

  visitsPlannedOn(day: number): number {
    return this.#visitsPlanned[day] ?? 0
  }

  /** The tablet on the sofa of two who live together. */
  householdTablet(household: number, at: number): Device {
    let tablet = this.#householdTablets.get(household)
    if (!tablet) {
      const random = new Random(`${this.seed}/sofa`, household)
      tablet = newDevice(random, 'tablet', true)
      setCookie(tablet, random, at)
      this.#householdTablets.set(household, tablet)
    }
    return tablet
  }
}
