import type { Currency } from '../people/countries.ts'
import type { CartItem } from '../site/ga4-json.ts'

export interface OrderLine extends CartItem {
  readonly unitCents: number
  readonly discountCents: number
  /** What is paid for the line: with tax, after the discount. */
  readonly paidCents: number
  /** Within what is paid. */
  readonly taxCents: number
}

/** An order in money, to the cent: prices are with tax, as everywhere in Europe. */
export interface OrderSums {
  readonly currency: Currency
  readonly lines: readonly OrderLine[]
  readonly shippingCents: number
  readonly discountCents: number
  readonly subtotalCents: number
  readonly taxCents: number
  readonly totalCents: number
}

/** Rates in percent. */
export function sumsOf(
  items: readonly CartItem[],
  { currency, taxRate, discountRate }: { currency: Currency; taxRate: number; discountRate: number },
  shippingCents: number,
): OrderSums {
  const lines = items.map(({ product, quantity }) => {
    const unitCents = product.cents[currency]
    const discountCents = Math.round((unitCents * quantity * discountRate) / 100)
    const paidCents = unitCents * quantity - discountCents
    return { product, quantity, unitCents, discountCents, paidCents, taxCents: taxWithin(paidCents, taxRate) }
  })
  const subtotalCents = sum(lines, line => line.paidCents)
  return {
    currency,
    lines,
    shippingCents,
    discountCents: sum(lines, line => line.discountCents),
    subtotalCents,
    taxCents: sum(lines, line => line.taxCents) + taxWithin(shippingCents, taxRate),
    totalCents: subtotalCents + shippingCents,
  }
}

function taxWithin(cents: number, rate: number): number {
  return Math.round(cents - cents / (1 + rate / 100))
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

/** Cents as a decimal with two places. */
export function decimal(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

/** What becomes of an order. */
export type OrderFate = 'kept' | 'partly_refunded' | 'refunded' | 'cancelled' | 'cancelled_unpaid'

export const fates: readonly { readonly fate: OrderFate; readonly weight: number }[] = [
  { fate: 'kept', weight: 84 },
  { fate: 'partly_refunded', weight: 6 },
  { fate: 'refunded', weight: 5 },
  { fate: 'cancelled', weight: 3.5 },
  { fate: 'cancelled_unpaid', weight: 1.5 },
]

/** What of a line goes back. */
export interface ReturnedLine {
  readonly line: OrderLine
  readonly lineNumber: number
  readonly quantity: number
  readonly cents: number
  readonly taxCents: number
}

/** All that was bought, with its shipping; or a line or a piece of it; or, of a single piece, a fifth of its price for a scratch. */
export function returned(
  sums: OrderSums,
  isWhole: boolean,
): { readonly lines: readonly ReturnedLine[]; readonly cents: number } {
  if (isWhole) {
    const lines = sums.lines.map((line, index) => ({
      line,
      lineNumber: index,
      quantity: line.quantity,
      cents: line.paidCents,
      taxCents: line.taxCents,
    }))
    return { lines, cents: sums.totalCents }
  }
  const lineNumber = sums.lines.length - 1
  const line = sums.lines[lineNumber]!
  if (lineNumber === 0 && line.quantity === 1) return { lines: [], cents: Math.floor(line.paidCents / 5) }
  const quantity = lineNumber > 0 ? line.quantity : 1
  const cents = Math.floor((line.paidCents * quantity) / line.quantity)
  const taxCents = Math.floor((line.taxCents * quantity) / line.quantity)
  return { lines: [{ line, lineNumber, quantity, cents, taxCents }], cents }
}
