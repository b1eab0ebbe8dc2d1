import type { Company, SentLetter } from '../company.ts'
import { day, hour, minute, second, startOfDay } from '../lib/calendar.ts'
import { Random } from '../lib/random.ts'
import type { Customer } from '../people/customer.ts'
import { letterCampaign, letterWay } from '../site/ways-in.ts'

/** Every Thursday at nine. */
export function sendLetters(company: Company, number: number): void {
  if (number % 7 !== 3) return
  const week = Math.floor(number / 7)
  const at = startOfDay(number) + 9 * hour
  company.systems.hubspot.noteLetter(week, at, company.subscribers.length)
  for (const customer of company.subscribers) send(company, customer, week, at)
}

function send(company: Company, customer: Customer, week: number, startedAt: number): void {
  const { hubspot } = company.systems
  const person = company.personOf(customer)
  const random = new Random(`${company.seed}/letter/${week}`, customer.number)
  const at = startedAt + random.between(0, 20 * minute)
  const letter = { id: hubspot.noteEmail(random, person, week, { type: 'SENT', at }), at }
  const sentBy = letter
  if (random.chance(0.015) && !customer.isCast) {
    hubspot.noteEmail(random, person, week, { type: 'BOUNCE', at: at + 4 * second, sentBy })
    return
  }
  hubspot.noteEmail(random, person, week, { type: 'DELIVERED', at: at + 3 * second, sentBy })
  // A scanner on the way opens every one; HubSpot sees that it is a machine.
  if (random.chance(0.02)) note(company, customer, week, letter, at + 5 * second, true)
  const isRead = customer.isCast ? readsAlways(customer, week) : random.chance(0.34)
  if (!isRead) return
  const openedAt = at + 10 * minute + Math.floor(random.waiting(9 * hour))
  const clicks = customer.isCast || random.chance(0.22)
  company.plan(customer, Math.min(openedAt, at + 5 * day), { kind: 'letter', week, letter, clicks })
}

/** Of the cast, who reads the second letter, and clicks. */
function readsAlways(customer: Customer, week: number): boolean {
  return customer.number < 2 && week === 1
}

/** Somebody opens a letter, and perhaps follows its link: to the site, by the same campaign. */
export function readLetter(
  company: Company,
  customer: Customer,
  plannedAt: number,
  { week, letter, clicks }: { readonly week: number; readonly letter: SentLetter; readonly clicks: boolean },
): void {
  const at = Math.max(plannedAt, customer.busyUntil + minute)
  if (at + minute >= company.end) return
  note(company, customer, week, letter, at, false)
  if (!clicks) return

  const { hubspot } = company.systems
  const person = company.personOf(customer)
  const random = company.randomFor(customer, 'letter')
  const clickedAt = at + random.between(4 * second, 50 * second)
  const id = hubspot.noteEmail(random, person, week, { type: 'CLICK', at: clickedAt, sentBy: letter })
  hubspot.noteClick(id, clickedAt, letterLink(week))
  customer.contacts.push({
    at: clickedAt,
    endedAt: clickedAt,
    place: customer.placeOfEmail(person) ?? -1,
    channel: 'Email',
    campaign: letterCampaign(week),
    isTouchOfItsOwn: true,
    orders: [],
  })
  customer.busyUntil = clickedAt
  // Some never arrive: the train goes into a tunnel.
  if (customer.isCast || random.chance(0.96)) {
    company.plan(customer, clickedAt + 2 * second, {
      kind: 'site',
      way: letterWay(week),
      wishes: customer.isCast ? { device: 0 } : {},
    })
  }
}

function letterLink(week: number): string {
  const { utm } = letterWay(week)
  return `https://www.lumen-lamps.example/c/neu?utm_source=${utm?.source}&utm_medium=${utm?.medium}&utm_campaign=${encodeURIComponent(letterCampaign(week))}`
}

function note(
  company: Company,
  customer: Customer,
  week: number,
  letter: SentLetter,
  at: number,
  isMachine: boolean,
): void {
  const { hubspot } = company.systems
  const person = company.personOf(customer)
  const random = new Random(`${company.seed}/open/${week}`, customer.number, isMachine ? 1 : 0)
  const id = hubspot.noteEmail(random, person, week, { type: 'OPEN', at, sentBy: letter, isMachine })
  hubspot.noteOpen(random, id, at)
}
