import type { Company } from '../company.ts'
import { minute } from '../lib/calendar.ts'
import { networkPhone } from '../people/contact-details.ts'
import type { Customer } from '../people/customer.ts'

/** What a telephone network shows for who wants to be unknown: ANONYMOUS, spelled on a keypad. */
const anonymous = '+266696687'

export interface CallWishes {
  readonly from?: 'own' | 'other' | 'anonymous'
  readonly answered?: boolean
}

/** Somebody calls: mostly from the telephone whose number they gave us. */
export function call(company: Company, customer: Customer, plannedAt: number, wishes: CallWishes): void {
  const person = company.personOf(customer)
  const random = company.randomFor(customer, 'call')
  const at = Math.max(plannedAt, customer.busyUntil + minute)
  if (at >= company.end - 30 * minute) return
  const fate = random.next()
  const from = wishes.from ?? (fate < 0.8 ? 'own' : fate < 0.92 ? 'other' : 'anonymous')
  // At work, at a friend's: a number that nothing else has.
  const other = `+49309${String(1_000_000 + ((customer.number * 11 + customer.contactCount * 3_000_017) % 9_000_000))}`
  const number = { own: person.phone, other, anonymous }[from]
  const answered = wishes.answered ?? (customer.isCast || random.chance(0.8))
  const status = answered ? 'completed' : random.chance(0.6) ? 'no-answer' : 'busy'
  const seconds = answered ? random.between(25, 900) : 0
  const telling = from === 'anonymous' ? number : networkPhone(random, number)
  const { twilio, zendesk } = company.systems
  const endedAt = twilio.note(random, { direction: 'inbound', status, number: telling, at, seconds }, person.id)

  customer.busyUntil = endedAt
  customer.contacts.push({
    at,
    endedAt,
    place: from === 'anonymous' ? -1 : customer.clusters.place('phone', number),
    channel: 'Phone',
    campaign: '',
    isTouchOfItsOwn: answered,
    orders: [],
  })
  if (customer.isCast) return
  if (answered && from === 'own' && random.chance(0.2)) zendesk.openTicket(random, customer, person, 'voice', endedAt)
  // Nobody answered: we call back.
  if (!answered && from === 'own' && random.chance(0.6)) {
    const back = { direction: 'outbound-dial', status: 'completed', number: person.phone } as const
    const callsAt = endedAt + random.between(5 * minute, 25 * minute)
    if (callsAt < company.end)
      twilio.note(random, { ...back, at: callsAt, seconds: random.between(20, 300) }, person.id)
  }
}

/** Somebody writes to the service. */
export function write(
  company: Company,
  customer: Customer,
  plannedAt: number,
  given: 'email' | 'web' | undefined,
): void {
  const person = company.personOf(customer)
  const random = company.randomFor(customer, 'write')
  const at = Math.max(plannedAt, customer.busyUntil + minute)
  if (at >= company.end) return
  const channel = given ?? random.pick(['email', 'email', 'web'] as const)
  company.systems.zendesk.openTicket(random, customer, person, channel, at)
  customer.busyUntil = at
  customer.contacts.push({
    at,
    endedAt: at,
    place: customer.clusters.place('support_id', String(customer.supportId)),
    channel: channel === 'email' ? 'Support' : 'Direct',
    campaign: '',
    isTouchOfItsOwn: false,
    orders: [],
  })
}
