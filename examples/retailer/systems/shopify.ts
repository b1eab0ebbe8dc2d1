import { day, hour, startOfDay, utcText } from '../lib/calendar.ts'
import type { Random } from '../lib/random.ts'
import type { Person } from '../people/person.ts'
import type { TruthKeeper } from '../truth/truth-keeper.ts'
import { decimal, type OrderFate, type ReturnedLine, returned } from './order.ts'
import { locationRow, type OrderRequest, orderRow } from './shopify-rows.ts'
import { openShopifyTables, type ShopifyRow } from './shopify-tables.ts'
import { stores } from './stores.ts'

/** The shop's system: customers, orders of the site and of both stores' tills, and what comes of them. */
export class Shopify {
  readonly #tables: ReturnType<typeof openShopifyTables>
  readonly #truth: TruthKeeper
  readonly #end: number
  #orderCount = 0
  #lineCount = 0
  #transactionCount = 0
  #refundCount = 0

  constructor(folder: string, truth: TruthKeeper, end: number) {
    this.#tables = openShopifyTables(folder)
    this.#truth = truth
    this.#end = end
    for (const store of Object.values(stores)) this.#tables.location.add(locationRow(store), startOfDay(0) - 30 * day)
  }

  /** A customer as they came to be, or as they are now that something was changed. */
  noteCustomer(person: Person, now: CustomerNow): void {
    this.#tables.customer.add(
      {
        id: person.customerId,
        first_name: person.givenName,
        last_name: person.familyName,
        email: now.email,
        phone: now.phone,
        state: now.hasAccount ? 'enabled' : 'disabled',
        orders_count: now.orderCount,
        total_spent: decimal(now.spentCents),
        currency: person.country.currency,
        created_at: utcText(now.createdAt),
        updated_at: utcText(now.at),
        accepts_marketing: String(now.acceptsLetters),
        tax_exempt: 'false',
        verified_email: String(now.email !== ''),
        _fivetran_synced: '',
      },
      now.at,
    )
    if (now.isNew) this.#truth.row('shopify', 'customer', person.customerId, person.id)
  }

  /** Its name, as in #LL1001. */
  placeOrder(random: Random, request: OrderRequest): string {
    this.#orderCount += 1
    const orderId = 5_400_000_000_000 + this.#orderCount * 33
    const name = `#LL${1000 + this.#orderCount}`
    const { at, sums, personId, store, isTest } = request
    const change = this.#changeOf(random, request)
    const token = random.hex(32)
    const first = orderRow({ id: orderId, number: this.#orderCount, name, token }, request)

    this.#tables.order.add(first, at)
    this.#truth.row('shopify', 'order', String(orderId), personId, isTest)
    const lineIds = this.#addLines(orderId, request)
    const authorised = this.#pay(random, orderId, request, change?.kind === 'cancelled_unpaid')
    if (change) this.#changeOrder(random, orderId, first, lineIds, authorised, request, change)
    else if (!store && at + 2 * day < this.#end) {
      const sentAt = at + random.between(6 * hour, 2 * day)
      this.#tables.order.add(
        { ...first, fulfillment_status: 'fulfilled', closed_at: utcText(sentAt), updated_at: utcText(sentAt) },
        sentAt,
      )
    }
    this.#truth.order({
      name,
      personId,
      at,
      currency: sums.currency,
      grossCents: sums.totalCents,
      refundedCents: change?.refundedCents ?? 0,
      status: change?.kind ?? 'kept',
      isTest,
      place: store ? 'store' : 'web',
    })
    return name
  }

  finish(): void {
    for (const table of Object.values(this.#tables)) table.finish()
  }

  /** What will become of the order, if it does so before the sample ends. */
  #changeOf(random: Random, { fate, at, sums }: OrderRequest): Change | undefined {
    if (fate === 'kept') return undefined
    const isCancelled = fate === 'cancelled' || fate === 'cancelled_unpaid'
    const changedAt = at + (isCancelled ? random.between(hour, 20 * hour) : random.between(3 * day, 18 * day))
    if (changedAt >= this.#end) return undefined
    if (fate === 'cancelled_unpaid') return { kind: fate, at: changedAt, lines: [], refundedCents: 0 }
    const { lines, cents } = returned(sums, fate !== 'partly_refunded')
    return { kind: fate, at: changedAt, lines, refundedCents: cents }
  }

  #addLines(orderId: number, { sums, at, personId, isTest }: OrderRequest): readonly number[] {
    return sums.lines.map((line, index) => {
      this.#lineCount += 1
      const id = 13_000_000_000_000 + this.#lineCount * 7
      const { product, quantity } = line
      this.#tables.order_line.add(
        {
          order_id: orderId,
          id,
          index: index + 1,
          product_id: product.id,
          sku: product.sku,
          name: product.name,
          title: product.name,
          vendor: 'Lumen',
          price: decimal(line.unitCents),
          quantity,
          total_discount: decimal(line.discountCents),
          pre_tax_price: decimal(line.paidCents - line.taxCents),
          gift_card: 'false',
          requires_shipping: 'true',
          taxable: 'true',
        },
        at,
      )
      this.#truth.row('shopify', 'order_line', String(id), personId, isTest)
      this.#truth.orderLine(`#LL${1000 + this.#orderCount}`, index + 1, product.sku, quantity, line.paidCents)
      return id
    })
  }

  /** The payment; the transaction that others refer to. */
  #pay(random: Random, orderId: number, request: OrderRequest, isUnpaid: boolean): number {
    const gateway = request.store
      ? random.pick(['cash', 'shopify_payments'])
      : random.pick(['shopify_payments', 'paypal'])
    const amount = decimal(request.sums.totalCents)
    const isPaidAtOnce = request.store !== undefined || request.at + hour >= this.#end || !random.chance(0.2)
    if (!isUnpaid && isPaidAtOnce) {
      return this.#transact(orderId, request, { kind: 'sale', gateway, amount }, request.at)
    }
    // The same money twice: set aside, and taken.
    const parent = this.#transact(orderId, request, { kind: 'authorization', gateway, amount }, request.at)
    if (isUnpaid) return parent
    return this.#transact(orderId, request, { kind: 'capture', gateway, amount, parent_id: parent }, request.at + hour)
  }

  #transact(orderId: number, request: OrderRequest, row: ShopifyRow<'transaction'>, at: number): number {
    this.#transactionCount += 1
    const id = 2_600_000_000_000 + this.#transactionCount * 11
    this.#tables.transaction.add(
      {
        id,
        order_id: orderId,
        status: 'success',
        currency: request.sums.currency,
        source_name: request.store ? 'pos' : 'web',
        location_id: request.store?.locationId ?? '',
        created_at: utcText(at),
        processed_at: utcText(at),
        test: String(request.isTest),
        ...row,
      },
      at,
    )
    this.#truth.row('shopify', 'transaction', String(id), request.personId, request.isTest)
    return id
  }

  #changeOrder(
    random: Random,
    orderId: number,
    first: ShopifyRow<'order'>,
    lineIds: readonly number[],
    parent: number,
    request: OrderRequest,
    change: Change,
  ): void {
    const when = utcText(change.at)
    const isCancelled = change.kind === 'cancelled' || change.kind === 'cancelled_unpaid'
    const status = { cancelled_unpaid: 'voided', partly_refunded: 'partially_refunded' } as const
    this.#tables.order.add(
      {
        ...first,
        updated_at: when,
        financial_status: change.kind in status ? status[change.kind as keyof typeof status] : 'refunded',
        ...(isCancelled
          ? { cancelled_at: when, cancel_reason: random.pick(['customer', 'inventory', 'fraud']), closed_at: when }
          : { fulfillment_status: 'fulfilled' }),
      },
      change.at,
    )
    if (change.kind === 'cancelled_unpaid') {
      const amount = decimal(request.sums.totalCents)
      this.#transact(
        orderId,
        request,
        { kind: 'void', amount, parent_id: parent, gateway: 'shopify_payments' },
        change.at,
      )
      return
    }
    this.#refundCount += 1
    const refundId = 801_000_000_000 + this.#refundCount * 13
    this.#tables.refund.add(
      {
        id: refundId,
        order_id: orderId,
        created_at: when,
        processed_at: when,
        note: change.lines.length === 0 ? 'Kratzer, "kleiner"' : '',
        restock: String(change.lines.length > 0),
        user_id: 40_467_791_943,
      },
      change.at,
    )
    this.#truth.row('shopify', 'refund', String(refundId), request.personId, request.isTest)
    for (const { lineNumber, quantity, cents, taxCents } of change.lines) {
      this.#tables.order_line_refund.add(
        {
          id: 189_000_000_000 + refundId * 10 + lineNumber,
          refund_id: refundId,
          order_line_id: lineIds[lineNumber] ?? '',
          location_id: request.store?.locationId ?? '',
          quantity,
          restock_type: isCancelled ? 'cancel' : 'return',
          subtotal: decimal(cents),
          total_tax: decimal(taxCents),
        },
        change.at,
      )
    }
    const amount = decimal(change.refundedCents)
    const row = { kind: 'refund', amount, parent_id: parent, refund_id: refundId, gateway: 'shopify_payments' }
    // At times the bank says no first.
    if (random.chance(0.1)) this.#transact(orderId, request, { ...row, status: 'failure' }, change.at)
    this.#transact(orderId, request, row, change.at)
  }
}

export interface CustomerNow {
  readonly isNew: boolean
  readonly createdAt: number
  readonly at: number
  readonly email: string
  readonly phone: string
  readonly hasAccount: boolean
  readonly acceptsLetters: boolean
  readonly orderCount: number
  readonly spentCents: number
}

interface Change {
  readonly kind: Exclude<OrderFate, 'kept'>
  readonly at: number
  readonly lines: readonly ReturnedLine[]
  readonly refundedCents: number
}
