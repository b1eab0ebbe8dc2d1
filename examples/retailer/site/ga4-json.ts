import type { Currency } from '../people/countries.ts'
import type { Product } from './catalogue.ts'
import type { WayIn } from './ways-in.ts'

/** A value as JSON in ASCII alone: what else there is stands as \\u and four digits, so that bytes are letters. */
export function ascii(value: unknown): string {
  return JSON.stringify(value).replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** One of `event_params`; Google keeps texts, whole numbers and others apart. Whole numbers are texts in an extract. */
export function textParam(key: string, value: string): string {
  return `{"key":"${key}","value":{"string_value":${ascii(value)}}},`
}

export function integerParam(key: string, value: number): string {
  return `{"key":"${key}","value":{"int_value":"${value}"}},`
}

/** An amount of money: Google takes the whole ones for integers. */
export function moneyParam(key: string, cents: number): string {
  return cents % 100 === 0
    ? integerParam(key, cents / 100)
    : `{"key":"${key}","value":{"double_value":${cents / 100}}},`
}

export interface CartItem {
  readonly product: Product
  readonly quantity: number
}

const itemTexts = new Map<string, string>()

/** The field `items`, with its name. */
export function itemsField(items: readonly CartItem[], currency: Currency): string {
  let text = ''
  for (const { product, quantity } of items) text += (text === '' ? '' : ',') + itemJson(product, quantity, currency)
  return `"items":[${text}],`
}

function itemJson({ sku, name, category, cents }: Product, quantity: number, currency: Currency): string {
  const key = `${sku} ${quantity} ${currency}`
  let text = itemTexts.get(key)
  if (!text) {
    text = ascii({
      item_id: sku,
      item_name: name,
      item_brand: 'Lumen',
      item_variant: '(not set)',
      item_category: category,
      price: cents[currency] / 100,
      quantity: String(quantity),
    })
    itemTexts.set(key, text)
  }
  return text
}

/** How a visit came, in the three places where an event of its first page tells it, and in the address of that page. */
export interface Arrival {
  /** The end of the page's address. */
  readonly query: string
  readonly params: string
  readonly collected: string
  /** For `traffic_source`, if it is the cookie's first. */
  readonly firstSource: string
}

export function arrivalBy(way: WayIn, clickId: string): Arrival {
  const { utm, referral } = way
  const query: string[] = []
  const collected: Record<string, string> = {}
  let params = ''
  if (utm) {
    query.push(`utm_source=${utm.source}`, `utm_medium=${utm.medium}`)
    query.push(`utm_campaign=${encodeURIComponent(utm.campaign)}`)
    params += textParam('source', utm.source) + textParam('medium', utm.medium) + textParam('campaign', utm.campaign)
    collected.manual_source = utm.source
    collected.manual_medium = utm.medium
    collected.manual_campaign_name = utm.campaign
    if (utm.content) {
      query.push(`utm_content=${utm.content}`)
      params += textParam('content', utm.content)
      collected.manual_content = utm.content
    }
  } else if (referral) {
    const campaign = `(${referral.medium})`
    params += textParam('source', referral.source) + textParam('medium', referral.medium)
    params += textParam('campaign', campaign)
    collected.manual_source = referral.source
    collected.manual_medium = referral.medium
    collected.manual_campaign_name = campaign
  }
  if (way.clickId) query.push(`${way.clickId}=${clickId}`)
  if (way.clickId === 'gclid') {
    params += textParam('gclid', clickId)
    collected.gclid = clickId
  }
  const source = utm?.source ?? referral?.source ?? (way.clickId === 'gclid' ? 'google' : '(direct)')
  const medium = utm?.medium ?? referral?.medium ?? (way.clickId === 'gclid' ? 'cpc' : '(none)')
  const name = utm?.campaign ?? (referral ? `(${referral.medium})` : '(direct)')
  return {
    query: query.join('&'),
    params,
    collected: Object.keys(collected).length > 0 ? `"collected_traffic_source":${ascii(collected)},` : '',
    firstSource: ascii({ name, medium, source }),
  }
}
