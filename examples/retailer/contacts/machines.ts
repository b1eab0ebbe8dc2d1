import type { Company } from '../company.ts'
import { hour, startOfDay } from '../lib/calendar.ts'
import { Random } from '../lib/random.ts'
import { germany, unitedKingdom } from '../people/countries.ts'
import { newDevice, setCookie } from '../people/device.ts'
import { browserOf, robotBrowser } from '../site/browsers.ts'
import { home, listPages, productPages } from '../site/catalogue.ts'
import { Trail } from '../site/trail.ts'
import { visitSite } from '../site/visit.ts'
import { typed } from '../site/ways-in.ts'
import { sumsOf } from '../systems/order.ts'

/** A price robot: hundreds of pages, three a second, and never a thing in the cart. */
export function crawl(company: Company, number: number, crawlNumber: number, pageCount: number): void {
  const random = new Random(`${company.seed}/robot`, number, crawlNumber)
  const at = startOfDay(number) + random.between(hour, 5 * hour)
  const device = newDevice(random, 'desktop', true)
  setCookie(device, random, at)
  const visitor = { personId: 'robot', kind: 'robot' as const, device, browser: robotBrowser, country: unitedKingdom }
  const trail = new Trail(company.recorder, random, visitor, '', at, company.end)
  trail.land(home, typed)
  for (let page = 1; page < pageCount; page++) trail.rush(random.pick(random.chance(0.8) ? productPages : listPages))
}

/** We try out our own checkout, from the office, with an order that Shopify knows for a test. */
export function tryCheckout(company: Company, number: number, trial: number): void {
  const random = new Random(`${company.seed}/staff`, trial)
  const at = startOfDay(number) + 10 * hour + random.between(0, hour)
  const device = newDevice(random, 'desktop', true)
  setCookie(device, random, at)
  const browser = browserOf('desktop', 'de-de', 0)
  const visitor = { personId: 'staff', kind: 'staff' as const, device, browser, country: germany }
  const trail = new Trail(company.recorder, random, visitor, '', at, company.end)
  visitSite(random, trail, {
    way: typed,
    device: 'desktop',
    currency: 'EUR',
    wish: 1,
    bounces: false,
    logsIn: false,
    signsUp: false,
    subscribes: false,
    asks: false,
    buys: true,
    cart: [],
    customerId: '',
    tellsOrders: true,
    signUp: () => {},
    subscribe: () => {},
    ask: () => {},
    identify: () => ({ userId: '' }),
    placeOrder: (placedAt, items) => {
      const sums = sumsOf(items, { currency: 'EUR', taxRate: 19, discountRate: 0 }, 490)
      const name = company.systems.shopify.placeOrder(random, {
        personId: 'staff',
        person: undefined,
        at: placedAt,
        sums,
        customerId: '',
        email: 'test@lumen-lamps.example',
        phone: '',
        store: undefined,
        countryCode: 'DE',
        fate: 'kept',
        isTest: true,
        landingSite: '/',
        note: 'Test',
      })
      return { name, ...sums }
    },
  })
}
