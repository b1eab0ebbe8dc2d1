import type { Click } from './click.ts'
import type { Delivery } from './delivery.ts'

/** What really happened, as no tracker can know it: for tests, never for a model. */
export interface Truth {
  readonly people: number
  readonly visits: number
  /** Things done; a row sent twice is one of them. */
  readonly events: number
  readonly rows: number
  /** Rows that repeat an earlier one in every column. */
  readonly exactDuplicates: number
  /** Rows that repeat an earlier one's event, received later. */
  readonly resentEvents: number
  /** Events that came in more than an hour after they happened. */
  readonly lateEvents: number
  readonly purchases: number
  readonly buyers: number
  readonly newsletterSubscribers: number
  /** In the shop's currency, two decimals. */
  readonly revenue: string
  /** The cookie of the tablet that many customers use in the showroom. */
  readonly showroomCookie: string
  /** By the person's true id, the cookies and accounts that stand beside their events. */
  readonly identities: Readonly<Record<string, { readonly cookies: string[]; readonly customerIds: string[] }>>
}

/** Counts along while the shop is being made. */
export class TruthKeeper {
  readonly #identities = new Map<string, { cookies: Set<string>; customerIds: Set<string> }>()
  readonly #buyers = new Set<string>()
  readonly #subscribers = new Set<string>()
  #visits = 0
  #events = 0
  #rows = 0
  #exactDuplicates = 0
  #resentEvents = 0
  #lateEvents = 0
  #purchases = 0
  #cents = 0

  /** One visit, and what became of its clicks on the way. */
  note(clicks: readonly Click[], deliveries: readonly Delivery[]): void {
    if (clicks.length > 0) this.#visits += 1
    this.#events += clicks.length
    for (const click of clicks) this.#noteClick(click)
    let before: Delivery | undefined
    for (const delivery of deliveries) {
      this.#rows += 1
      if (before?.click !== delivery.click) {
        if (delivery.receivedAt - delivery.click.at > 3_600_000) this.#lateEvents += 1
      } else if (before.receivedAt === delivery.receivedAt) this.#exactDuplicates += 1
      else this.#resentEvents += 1
      before = delivery
    }
  }

  told(showroomCookie: string): Truth {
    return {
      people: this.#identities.size,
      visits: this.#visits,
      events: this.#events,
      rows: this.#rows,
      exactDuplicates: this.#exactDuplicates,
      resentEvents: this.#resentEvents,
      lateEvents: this.#lateEvents,
      purchases: this.#purchases,
      buyers: this.#buyers.size,
      newsletterSubscribers: this.#subscribers.size,
      revenue: decimal(this.#cents),
      showroomCookie,
      identities: Object.fromEntries(
        [...this.#identities]
          .sort(([left], [right]) => (left < right ? -1 : 1))
          .map(([id, { cookies, customerIds }]) => [
            id,
            { cookies: [...cookies].sort(), customerIds: [...customerIds].sort() },
          ]),
      ),
    }
  }

  #noteClick(click: Click): void {
    let identity = this.#identities.get(click.personId)
    if (!identity) {
      identity = { cookies: new Set(), customerIds: new Set() }
      this.#identities.set(click.personId, identity)
    }
    identity.cookies.add(click.cookie)
    if (click.customerId !== '') identity.customerIds.add(click.customerId)
    if (click.event === 'newsletter_subscribed') this.#subscribers.add(click.personId)
    if (click.order) {
      this.#purchases += 1
      this.#cents += click.order.cents
      this.#buyers.add(click.personId)
    }
  }
}

/** Cents as a decimal with two places. */
export function decimal(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}
