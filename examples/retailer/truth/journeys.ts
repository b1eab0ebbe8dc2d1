import { day, minute } from '../lib/calendar.ts'

/** One time that a person and the company met: a visit to the site, a letter's click, a call, a chat, a purchase in a store. */
export interface Contact {
  readonly at: number
  readonly endedAt: number
  /** The place of the identifier that the company's systems knew them by. */
  readonly place: number
  readonly channel: string
  readonly campaign: string
  /** A click, a call, a chat and a till are touches of their own; a visit is one if a session begins with it. */
  readonly isTouchOfItsOwn: boolean
  readonly orders: readonly PlacedOrder[]
}

export interface PlacedOrder {
  readonly name: string
  readonly at: number
}

/** How the journey to one order began; without a touch where it was placed in the session of the order before. */
export interface Beginning {
  readonly order: PlacedOrder
  readonly touchCount: number
  readonly at: number | undefined
  readonly channel: string
  readonly campaign: string
}

interface Touch {
  readonly at: number
  channel: string
  campaign: string
}

/**
 * The journeys of one person's contacts, in the order of time. The rules are those that the company reports by, reckoned
 * here from what happened: a session goes on until half an hour passes without an action, and has the channel of the
 * first of its visits that came from somewhere; a journey to an order begins with the first touch after the order before
 * it, and anew with the first touch after a pause of more than thirty days. An order ends its journey; the rest of that
 * session is no touch of the next.
 */
export function beginningsOf(contacts: readonly Contact[]): readonly Beginning[] {
  const found: Beginning[] = []
  let touches: Touch[] = []
  let sessionTouch: Touch | undefined
  let lastTouchAt = Number.NEGATIVE_INFINITY
  let lastActionAt = Number.NEGATIVE_INFINITY

  for (const contact of contacts) {
    const beginsSession = contact.at - lastActionAt > 30 * minute
    if (beginsSession || contact.isTouchOfItsOwn) {
      if (contact.at - lastTouchAt > 30 * day) touches = []
      const touch = { at: contact.at, channel: contact.channel, campaign: contact.campaign }
      touches.push(touch)
      lastTouchAt = contact.at
      if (beginsSession) sessionTouch = contact.isTouchOfItsOwn ? undefined : touch
    } else if (sessionTouch?.channel === 'Direct') {
      sessionTouch.channel = contact.channel
      sessionTouch.campaign = contact.campaign
    }
    for (const order of contact.orders) {
      const first = touches[0]
      found.push({
        order,
        touchCount: touches.length,
        at: first?.at,
        channel: first?.channel ?? '',
        campaign: first?.campaign ?? '',
      })
      touches = []
      sessionTouch = undefined
    }
    lastActionAt = Math.max(lastActionAt, contact.endedAt)
  }
  return found
}
