import { minute, second } from '../lib/calendar.ts'
import type { Random } from '../lib/random.ts'
import type { Currency } from '../people/countries.ts'
import type { DeviceCategory } from '../people/person.ts'
import {
  account,
  articles,
  basket,
  checkoutPage,
  contactPage,
  home,
  listPages,
  type Page,
  productPages,
  products,
  searchPages,
  signUpPage,
  thanks,
} from './catalogue.ts'
import { type CartItem, itemsField, moneyParam, textParam } from './ga4-json.ts'
import type { Trail } from './trail.ts'
import type { WayIn } from './ways-in.ts'

/** What a visitor is about to do, and what the shop does when they do it. */
export interface VisitSetting {
  readonly way: WayIn
  readonly device: DeviceCategory
  readonly currency: Currency
  /** 1 is the common visitor on a first visit. */
  readonly wish: number
  readonly bounces: boolean
  readonly logsIn: boolean
  readonly signsUp: boolean
  readonly subscribes: boolean
  readonly asks: boolean
  /** Undefined: as chance has it. */
  readonly buys: boolean | undefined
  readonly cart: readonly CartItem[]
  readonly customerId: string
  readonly tellsOrders: boolean
  signUp(at: number): void
  subscribe(at: number): void
  ask(at: number): void
  /** With an account, or as a guest: whether they are known from then on, and what the order is called. */
  identify(): { readonly userId: string }
  placeOrder(at: number, items: readonly CartItem[]): PlacedByVisit
}

export interface PlacedByVisit {
  readonly name: string
  readonly totalCents: number
  readonly taxCents: number
  readonly shippingCents: number
}

/** How far a checkout gets, by device: thumbs and small forms lose orders. */
const checkoutRates: Readonly<Record<DeviceCategory, { readonly payment: number; readonly order: number }>> = {
  desktop: { payment: 0.82, order: 0.9 },
  tablet: { payment: 0.72, order: 0.85 },
  mobile: { payment: 0.58, order: 0.76 },
}

/** One visit from its first page to its last; what is in the cart afterwards. */
export function visitSite(random: Random, trail: Trail, setting: VisitSetting): readonly CartItem[] {
  const seen = landOn(trail, random, setting)
  if (setting.bounces) return setting.cart
  if (setting.logsIn) {
    trail.open(account)
    trail.userId = setting.customerId
    trail.fireLater('login', textParam('method', 'password'))
  }
  let cart = browse(trail, random, setting, seen)
  if (setting.signsUp && !trail.isOver) {
    trail.open(signUpPage)
    trail.pause(20 * second)
    if (!trail.isOver) setting.signUp(trail.at)
    trail.userId = setting.customerId
    trail.fireLater('sign_up', textParam('method', 'password'))
  }
  if (setting.subscribes) {
    trail.fireLater('generate_lead', textParam('form_name', 'newsletter'))
    if (!trail.isOver) setting.subscribe(trail.at)
  }
  if (setting.asks) {
    trail.open(contactPage)
    trail.fireLater('generate_lead', textParam('form_name', 'kontakt'))
    if (!trail.isOver) setting.ask(trail.at)
  }
  if (setting.buys && cart.length === 0) cart = [pieces(random)]
  const goesToCheckout = setting.buys ?? random.chance(Math.min(0.8, 0.3 + 0.06 * setting.wish))
  if (cart.length === 0 || !goesToCheckout) return cart
  return checkOut(trail, random, setting, cart) ? [] : cart
}

/** The first page; the product on it, if it shows one. */
function landOn(trail: Trail, random: Random, { way, currency }: VisitSetting): Page | undefined {
  const pages = { home: [home], list: listPages, product: productPages, article: articles }[way.landsOn]
  const page = random.pick(pages)
  trail.land(page, way)
  tellAbout(trail, page, currency)
  return page.product ? page : undefined
}

/** What the page itself tells the tracker, beside that it was seen. */
function tellAbout(trail: Trail, { product, list, search }: Page, currency: Currency): void {
  if (product)
    trail.fireAlong('view_item', valueParams(product.cents[currency], currency), fieldsOf([piece(product)], currency))
  if (list) {
    const shown = products.filter(one => one.category === list).slice(0, 4)
    const all = shown.length > 0 ? shown : products.slice(0, 4)
    trail.fireAlong('view_item_list', textParam('item_list_name', list), fieldsOf(all.map(piece), currency))
  }
  if (search !== undefined)
    trail.fireAlong('view_search_results', textParam('search_term', search), fieldsOf([], currency))
}

/** From page to page; the cart as it is afterwards. */
function browse(trail: Trail, random: Random, setting: VisitSetting, seen: Page | undefined): readonly CartItem[] {
  let cart = setting.cart
  const mayAdd = (page: Page) => {
    if (page.product && random.chance(Math.min(0.6, 0.05 * setting.wish))) {
      const item = { product: page.product, quantity: random.chance(0.12) ? 2 : 1 }
      addToCart(trail, item, setting.currency)
      cart = [...cart.filter(({ product }) => product !== item.product), item].slice(-5)
    }
  }
  if (seen) mayAdd(seen)
  const pageCount = 1 + Math.min(12, Math.floor(random.waiting(1.2 + 0.5 * setting.wish)))
  const interruptedAt = random.chance(0.02) ? random.between(0, pageCount - 1) : -1
  for (let number = 0; number < pageCount; number++) {
    // Left open in a tab: what comes after the pause is a session of its own.
    if (number === interruptedAt) trail.pause(random.between(31 * minute, 120 * minute))
    const page = random.pick(pagesFor(random.next()))
    trail.open(page)
    tellAbout(trail, page, setting.currency)
    mayAdd(page)
  }
  return cart
}

function pagesFor(choice: number): readonly Page[] {
  if (choice < 0.5) return productPages
  if (choice < 0.75) return listPages
  if (choice < 0.86) return searchPages
  return choice < 0.92 ? [home] : articles
}

/** Whether it came to an order. */
function checkOut(trail: Trail, random: Random, setting: VisitSetting, cart: readonly CartItem[]): boolean {
  const { currency } = setting
  const rates = checkoutRates[setting.device]
  let items = cart
  if (random.chance(0.1)) {
    // "Buy now" puts a last thing into the cart and opens the checkout in one click.
    const last = pieces(random)
    items = [...cart.filter(({ product }) => product !== last.product), last]
    trail.open(productPages[products.indexOf(last.product)]!)
    addToCart(trail, last, currency)
    trail.fire('begin_checkout', valueParams(worth(items, currency), currency), fieldsOf(items, currency))
  } else {
    trail.open(basket)
    trail.open(checkoutPage)
    trail.fireAlong('begin_checkout', valueParams(worth(items, currency), currency), fieldsOf(items, currency))
  }
  if (setting.buys === undefined && !random.chance(rates.payment)) return false

  trail.userId = setting.identify().userId || trail.userId
  const payment = valueParams(worth(items, currency), currency) + textParam('payment_type', 'card')
  trail.fireLater('add_payment_info', payment, fieldsOf(items, currency))
  if (setting.buys === undefined && !random.chance(rates.order)) return false

  if (random.chance(0.5)) trail.comeFrom(`https://pay.example/3ds/${random.hex(8)}`, thanks)
  else trail.open(thanks)
  if (trail.isOver) return false
  const order = setting.placeOrder(trail.at, items)
  if (setting.tellsOrders) tellOrder(trail, random, order, items, currency)
  return true
}

/** Who loads the page of thanks again tells the order twice. */
function tellOrder(
  trail: Trail,
  random: Random,
  order: PlacedByVisit,
  items: readonly CartItem[],
  currency: Currency,
): void {
  const params =
    valueParams(order.totalCents, currency) +
    textParam('transaction_id', order.name) +
    moneyParam('shipping', order.shippingCents) +
    moneyParam('tax', order.taxCents)
  const ecommerce = JSON.stringify({
    total_item_quantity: String(items.reduce((sum, { quantity }) => sum + quantity, 0)),
    purchase_revenue: order.totalCents / 100,
    shipping_value: order.shippingCents / 100,
    tax_value: order.taxCents / 100,
    unique_items: String(items.length),
    transaction_id: order.name,
  })
  const fields = `"ecommerce":${ecommerce},${itemsField(items, currency)}`
  trail.fire('purchase', params, fields)
  if (random.chance(0.02)) {
    trail.open(thanks)
    trail.fireLater('purchase', params, fields)
  }
}

function addToCart(trail: Trail, item: CartItem, currency: Currency): void {
  trail.fireLater('add_to_cart', valueParams(worth([item], currency), currency), fieldsOf([item], currency))
}

function worth(items: readonly CartItem[], currency: Currency): number {
  return items.reduce((sum, { product, quantity }) => sum + product.cents[currency] * quantity, 0)
}

function valueParams(cents: number, currency: Currency): string {
  return textParam('currency', currency) + moneyParam('value', cents)
}

/** An event about goods that is no purchase has a placeholder for the order. */
function fieldsOf(items: readonly CartItem[], currency: Currency): string {
  return `"ecommerce":{"transaction_id":"(not set)"},${itemsField(items, currency)}`
}

function piece(product: CartItem['product']): CartItem {
  return { product, quantity: 1 }
}

function pieces(random: Random): CartItem {
  return { product: random.pick(products), quantity: random.chance(0.12) ? 2 : 1 }
}
