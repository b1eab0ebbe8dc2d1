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
  device: 'anonymousid deviceid cookieid clientid visitorid userpseudoid cookie',
  country: 'country countrycode geocountry',
  device_category: 'devicecategory devicetype device platform',
  platform: 'platform app',
  utm_source: 'utmsource',
  utm_medium: 'utmmedium',
  utm_campaign: 'utmcampaign',
  referrer: 'referrer referrerurl pagereferrer referer',
  page: 'url pageurl pagelocation page pagepath',
  order_id: 'orderid ordernumber transactionid',
  revenue: 'revenue ordertotal ordervalue orderamount purchasevalue',
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
  return namedAs(ours, columns.filter(suitsOf[ours] ?? isFilled))
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
  const [unsuited] = namedAs(ours, columns)
  return `${what}: ${unsuited === undefined ? wanted : `the column ${unsuited.name} ${whyUnsuited(ours, unsuited)}`}`
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
    const place = ({ name }: SampledColumn) => names.indexOf(name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
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

/** What a column must hold, besides its name, to be ours. */
const suitsOf: Readonly<Record<string, ((column: SampledColumn) => boolean) | undefined>> = {
  time: ({ looksLike }) => timeLikenesses.includes(looksLike),
  event: ({ looksLike, values }) => looksLike === 'text' && values.length < 100,
  loaded_at: isTime,
  revenue: ({ looksLike }) => looksLike === 'number',
  device_category: ({ values }) => values.some(value => deviceCategories.test(value)),
  platform: ({ values }) => values.length > 0 && !values.some(value => deviceCategories.test(value)),
}
