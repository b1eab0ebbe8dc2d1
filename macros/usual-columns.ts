import type { SampledColumn } from 'throughline'

/** Names that trackers give to a column, the likeliest first, in small letters and digits alone; those after a bar where there is none before it. */
const usualNames = {
  time: 'timestamp eventtimestamp eventtime occurredat happenedat time ts datetime eventdate | createdat sentat date',
  event: 'event eventname eventtype action actionname | activity activityname | name type',
  person:
    'userid customerid personid memberid accountid customernumber user customer uid | visitorid anonymousid clientid deviceid cookieid',
  event_id: 'eventid eventuuid messageid insertid',
  loaded_at: 'loadedat receivedat ingestedat fivetransynced insertedat',
  session: 'sessionid session visitid visit',
  device: 'anonymousid deviceid cookieid clientid visitorid userpseudoid cookie browserid | device',
  country: 'country countrycode geocountry',
  device_category: 'devicecategory devicetype device platform',
  platform: 'platform app',
  utm_source: 'utmsource trafficsource | source',
  utm_medium: 'utmmedium trafficmedium | medium',
  utm_campaign: 'utmcampaign | campaign campaignname',
  referrer: 'referrer referrerurl pagereferrer referer referringurl referralurl',
  page: 'url pageurl pagelocation page pagepath pageuri landingpage',
  order_id: 'orderid ordernumber orderno ordernr orderref transactionid',
  revenue:
    'revenue ordertotal ordervalue orderamount orderrevenue purchasevalue purchaseamount totalprice totalamount grandtotal | amount total value price',
  currency: 'currency currencycode',
} as const

const timeLikenesses: readonly string[] = [
  'instant',
  'local time',
  'epoch_seconds',
  'epoch_milliseconds',
  'epoch_microseconds',
]
const deviceCategories = /^(desktop|mobile|tablet|smart ?tv|phone)$/i

/** The columns that are one of ours by their usual name and by what they hold, the likeliest first. */
export function usualColumns(ours: string, columns: readonly SampledColumn[]): readonly SampledColumn[] {
  const suits = suitsOf[ours] ?? isFilled
  return namedAs(
    ours,
    columns.filter(column => suits(column, columns)),
  )
}

/** What a clickstream cannot do without. */
const needed = {
  time: ['when it happened', 'a column of times, named timestamp, event_time, occurred_at …'],
  event: ['what happened', 'a column with the name of the event, named event, event_name, action …'],
  person: ['who it was', 'a column that says whose it is, named user_id, customer_id, visitor_id …'],
} as const

/** Why no column is one of these, in words: for `throughline init`. */
export function whyMissing(ours: keyof typeof needed, columns: readonly SampledColumn[]): string {
  const [what, wanted] = needed[ours]
  const unread = ours === 'time' ? unreadableTime(columns) : undefined
  if (unread !== undefined)
    return `${what}: the column ${unread.name} has times as ${unread.as}; write them as ${unread.better}`
  const [unsuited] = namedAs(ours, columns)
  return `${what}: ${unsuited === undefined ? wanted : `the column ${unsuited.name} ${whyUnsuited(ours, unsuited)}`}`
}

const dayFirst = /^(\d\d?)([./-])(\d\d?)\2(\d{4})[ ,T]+(\d\d?:\d\d(?::\d\d)?)/

/** A column of times that begin with the day or the month, which are not read, with one of them and how it would be read. */
export function unreadableTime(
  columns: readonly SampledColumn[],
): { readonly name: string; readonly as: string; readonly better: string } | undefined {
  const isUnread = ({ values }: SampledColumn) => values.length > 0 && values.every(value => dayFirst.test(value))
  const filled = columns.filter(isUnread)
  const [column] = [...namedAs('time', filled), ...filled]
  const [as] = column?.values ?? []
  if (column === undefined || as === undefined) return undefined
  const [, day = '', mark, month = '', year, time = ''] = dayFirst.exec(as)!
  // Where bars stand between them, which of the two is the day is not certain.
  const better =
    mark === '.'
      ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${time.replace(/^\d:/, '0$&')}`
      : '2026-06-30 12:30:00, the year first'
  return { name: column.name, as, better }
}

function whyUnsuited(ours: keyof typeof needed, { looksLike, values }: SampledColumn): string {
  if (looksLike === 'nothing') return 'is empty'
  if (looksLike === 'nested') return 'holds lists or records'
  if (ours === 'time')
    return looksLike === 'date'
      ? 'tells the day, and no time of it'
      : `holds what looks like ${looksLike}, and no times`
  return looksLike === 'text'
    ? `has ${values.length} different values or more: no names of events`
    : `holds what looks like ${looksLike}, and no names of events`
}

/** The columns of names that are usual for one of ours, the likeliest first. */
function namedAs(ours: string, columns: readonly SampledColumn[]): readonly SampledColumn[] {
  const words = usualNames[ours as keyof typeof usualNames] ?? ''
  for (const names of words.split(' | ').map(part => part.split(' '))) {
    const place = (column: SampledColumn) => names.indexOf(plain(column))
    const found = columns.filter(column => place(column) >= 0)
    if (found.length > 0) return found.sort((a, b) => place(a) - place(b))
  }
  return []
}

function isFilled({ looksLike }: SampledColumn): boolean {
  return looksLike !== 'nothing' && looksLike !== 'nested'
}

function isTime({ looksLike }: SampledColumn): boolean {
  return looksLike === 'instant' || looksLike === 'local time'
}

/** An identifier has a digit, and no blank: no `mobile`, `Chrome`; nor is it the name of a make, `iPhone13`. */
function isIdentifier(value: string): boolean {
  return /^\S*\d\S*$/.test(value) && !/^(iphone|ipad|ios|android|windows|mac|linux|galaxy|sm-|pixel)/i.test(value)
}

/** A column named `source` alone may say what system a row is from; beside `medium` it is that of a visit. */
function isOfVisit(ours: 'source' | 'medium', column: SampledColumn, beside: readonly SampledColumn[]): boolean {
  const other = ours === 'source' ? 'medium' : 'source'
  return (
    isFilled(column) && (plain(column) !== ours || beside.some(each => [other, `utm${other}`].includes(plain(each))))
  )
}

/** A price beside a quantity is that of one piece. */
function isWorth(column: SampledColumn, beside: readonly SampledColumn[]): boolean {
  const isPiece = plain(column) === 'price' && beside.some(each => ['quantity', 'qty'].includes(plain(each)))
  return column.looksLike === 'number' && !isPiece
}

/** In small letters and digits alone. */
function plain({ name }: SampledColumn): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** What a column must hold, besides its name, to be ours; the second are those that stand beside it. */
const suitsOf: Readonly<
  Record<string, ((column: SampledColumn, columns: readonly SampledColumn[]) => boolean) | undefined>
> = {
  time: ({ looksLike }) => timeLikenesses.includes(looksLike),
  event: ({ looksLike, values }) => looksLike === 'text' && values.length < 100,
  loaded_at: isTime,
  device: column => isFilled(column) && (plain(column) !== 'device' || column.values.every(isIdentifier)),
  utm_source: (column, beside) => isOfVisit('source', column, beside),
  utm_medium: (column, beside) => isOfVisit('medium', column, beside),
  revenue: isWorth,
  device_category: ({ values }) => values.some(value => deviceCategories.test(value)),
  platform: ({ values }) => values.length > 0 && !values.some(value => deviceCategories.test(value)),
}
