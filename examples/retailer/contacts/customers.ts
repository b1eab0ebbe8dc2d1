import type { Company } from '../company.ts'
import { day } from '../lib/calendar.ts'
import type { Random } from '../lib/random.ts'
import { Customer } from '../people/customer.ts'
import { newDevice } from '../people/device.ts'
import { castCount, type Person } from '../people/person.ts'

/** Somebody on the eve of their first contact: new to the company, or with what its systems have of them from before. */
export function firstMet(company: Company, number: number, at: number): Customer {
  const customer = new Customer(number, number < castCount)
  const person = company.personOf(customer)
  const random = company.randomFor(customer, 'before')
  for (const category of person.devices) customer.devices.push(newDevice(random, category, false))
  if (person.household?.hasTablet) customer.devices.push(company.householdTablet(person.household.number, at))
  if (person.household?.isSecond === false) company.truth.shared('email', person.email)

  if (person.hadAccount) {
    customer.hasAccount = true
    customer.hasGivenPhone = random.chance(0.5)
    noteCustomer(company, customer, person, at - random.between(3, 40) * day)
  }
  if (person.hadLetters) {
    company.systems.hubspot.noteContact(random, customer, person, at - random.between(3, 40) * day)
    subscribe(company, customer)
  }
  return customer
}

/** In the shop's own system: as a customer from now on, or with what has changed. */
export function noteCustomer(company: Company, customer: Customer, person: Person, at: number): void {
  const isNew = customer.customerSince === 0
  if (isNew) customer.customerSince = at
  // Two customers cannot have one address: who shares theirs is there by the telephone alone.
  const email = person.household?.isSecond ? '' : person.email
  const phone = customer.hasGivenPhone ? person.phone : ''
  company.systems.shopify.noteCustomer(person, {
    isNew,
    createdAt: customer.customerSince,
    at,
    email,
    phone,
    hasAccount: customer.hasAccount,
    acceptsLetters: customer.getsLetters,
    orderCount: customer.orderCount,
    spentCents: customer.spentCents,
  })
  const user = customer.placeOfUser(person)
  if (email !== '') customer.tie(user, customer.placeOfEmail(person))
  if (phone !== '') customer.tie(user, customer.placeOfPhone(person))
}

export function subscribe(company: Company, customer: Customer): void {
  if (customer.getsLetters) return
  customer.getsLetters = true
  company.subscribers.push(customer)
}

/** Nothing more will come of somebody who has no plans and gets no letters. */
export function endIfGone(company: Company, customer: Customer): void {
  if (customer.plannedCount === 0 && !customer.getsLetters) end(company, customer)
}

export function end(company: Company, customer: Customer): void {
  const { clusters, contacts } = customer
  company.truth.life({ personId: company.personOf(customer).id, clusters, contacts })
}

/** Half of them now and then use another of their devices; browsers forget: telephones after a week without a visit. */
export function chooseDevice(random: Random, customer: Customer): number {
  const { devices } = customer
  if (customer.contactCount === 0 || random.chance(0.25)) return random.between(0, devices.length - 1)
  return customer.deviceIndex
}
