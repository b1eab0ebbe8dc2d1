import type { Company } from '../company.ts'
import { day, hour, minute, momentAtHome, momentInStore, momentOfService } from '../lib/calendar.ts'
import type { Customer } from '../people/customer.ts'

/** After a contact: whether and when somebody comes again, and how. */
export function planNext(company: Company, customer: Customer, hadOrders: number): void {
  // Letters come on top of what is planned anyway.
  if (customer.isCast || customer.plannedCount > 0) return
  const random = company.randomFor(customer, 'next')
  const person = company.personOf(customer)
  const hasOrdered = customer.orderCount > hadOrders
  const since = customer.busyUntil

  if (hasOrdered && random.chance(0.1)) {
    const at = momentOfService(random, since + random.between(day, 6 * day))
    const kind = random.chance(0.65) ? 'call' : 'ticket'
    company.plan(customer, at, { kind })
    return
  }
  if (!hasOrdered && random.chance(0.05)) {
    company.plan(customer, since + random.between(4 * minute, 25 * minute), { kind: 'site' })
    return
  }
  const isLong = random.chance(0.08)
  const comesAgain = hasOrdered ? 0.6 : customer.cart.length > 0 ? 0.88 : 0.8
  if (!random.chance(comesAgain)) return
  const pause = isLong
    ? random.between(31 * day, 50 * day)
    : hasOrdered
      ? 2 * day + random.waiting(14 * day)
      : 2 * hour + random.waiting(3.5 * day)
  const earliest = since + Math.floor(pause)
  if (earliest >= company.end) return
  if (person.store && random.chance(0.22)) company.plan(customer, momentInStore(random, earliest), { kind: 'store' })
  else if (random.chance(0.025)) company.plan(customer, momentOfService(random, earliest), { kind: 'call' })
  else company.plan(customer, momentAtHome(random, earliest), { kind: 'site' })
}
