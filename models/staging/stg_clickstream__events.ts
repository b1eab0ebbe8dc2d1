import { identifier, key, model, number, type Sql, sql, text, timestamp, type } from 'throughline'
import { trimmed } from '../../macros/text'
import {
  instantFromEpochMicroseconds,
  instantFromEpochMilliseconds,
  instantFromEpochSeconds,
  localToInstant,
} from '../../macros/time'
import { type ClickstreamSettings, clickstream } from '../../sources/clickstream'

type Settings = ClickstreamSettings

export const stg_clickstream__events = model({
  description: 'One row per event of the clickstream: the raw rows under our names, typed, without duplicates.',
  grain: ['event_id'],
  columns: {
    event_id: key(
      "The file's own event id; where it has none, SHA-256 of the whole raw row, so that identical rows are one event",
    ),
    system_event_id: text("The file's own event id, where it has one").nullable(),
    row_id: text('SHA-256 of the whole raw row'),
    user_id: text('Who it was, as the file says it').nullable(),
    device_id: text('The browser or device, where the file names it').nullable(),
    raw_event_name: text("What happened, in the file's words"),
    occurred_at: timestamp('When it happened, UTC'),
    loaded_at: timestamp('When the row came in, UTC; NULL where the file does not say').nullable(),
    source_session_id: text("The file's own session").nullable(),
    platform: text('web, ios, store …; NULL where the file does not say').nullable(),
    device_category: text('desktop, mobile, tablet …').nullable(),
    country: text('Country of the visitor').nullable(),
    utm_source: text('UTM source, where it is a column of its own').nullable(),
    utm_medium: text('UTM medium, where it is a column of its own').nullable(),
    utm_campaign: text('UTM campaign, where it is a column of its own').nullable(),
    raw_channel: text("The file's own channel, in its words").nullable(),
    referrer_url: text('The page, or host, that the visitor came from').nullable(),
    page_url: text('URL or path of the page').nullable(),
    order_id: text("The order's number").nullable(),
    amount: number('What the event is worth, in its currency').nullable(),
    currency: text('Currency of the amount; NULL is the reporting currency').nullable(),
  },
  materialize: { kind: 'view' },
  uses: { clickstream },
  query: ({ clickstream: settings }) => {
    const { columns } = settings
    return sql`
      with renamed as (
        select
          e.tl_row_id as row_id,
          e.tl_row_number as row_position,
          ${cleanText(columns.event_id)} as system_event_id,
          ${cleanText(settings.person)} as user_id,
          ${cleanText(columns.device)} as device_id,
          ${cleanText(settings.event)} as raw_event_name,
          ${occurredAt(settings)} as occurred_at,
          ${columns.loaded_at === undefined ? sql`cast(null as ${type.timestamp})` : raw(columns.loaded_at)} as loaded_at,
          ${cleanText(columns.session)} as source_session_id,
          ${cleanText(columns.platform)} as platform,
          ${cleanText(columns.device_category)} as device_category,
          ${cleanText(columns.country)} as country,
          ${cleanText(columns.utm_source)} as utm_source,
          ${cleanText(columns.utm_medium)} as utm_medium,
          ${cleanText(columns.utm_campaign)} as utm_campaign,
          ${cleanText(columns.channel)} as raw_channel,
          ${cleanText(columns.referrer)} as referrer_url,
          ${cleanText(columns.page)} as page_url,
          ${cleanText(columns.order_id)} as order_id,
          ${columns.revenue === undefined ? sql`cast(null as ${type.number})` : raw(columns.revenue)} as amount,
          ${cleanText(columns.currency)} as currency
        from ${clickstream.tables.events} as e
      ),

      identified as (
        select
          coalesce(r.system_event_id, r.row_id) as event_id,
          r.system_event_id, r.row_id, r.row_position, r.user_id, r.device_id, r.raw_event_name, r.occurred_at, r.loaded_at,
          r.source_session_id, r.platform, r.device_category, r.country, r.utm_source, r.utm_medium, r.utm_campaign,
          r.raw_channel, r.referrer_url, r.page_url, r.order_id, r.amount, r.currency
        from renamed as r
      )

      select
        i.event_id, i.system_event_id, i.row_id, i.user_id, i.device_id, i.raw_event_name, i.occurred_at, i.loaded_at,
        i.source_session_id, i.platform, i.device_category, i.country, i.utm_source, i.utm_medium, i.utm_campaign,
        i.raw_channel, i.referrer_url, i.page_url, i.order_id, i.amount, i.currency
      from identified as i
      qualify row_number() over (
        partition by i.event_id
        order by i.loaded_at desc nulls last, i.row_id desc, i.row_position
      ) = 1
    `
  },
})

const raw = (column: string): Sql => sql`e.${identifier(column)}`

function cleanText(column: string | undefined): Sql {
  return column === undefined ? sql`cast(null as ${type.text})` : sql`nullif(${trimmed(raw(column))}, '')`
}

function occurredAt({ time }: Settings): Sql {
  const value = raw(time.column)
  switch (time.format) {
    case 'epoch_seconds':
      return sql`${instantFromEpochSeconds(value)}`
    case 'epoch_milliseconds':
      return sql`${instantFromEpochMilliseconds(value)}`
    case 'epoch_microseconds':
      return sql`${instantFromEpochMicroseconds(value)}`
    case 'iso':
      return time.timezone === 'UTC' ? value : sql`${localToInstant(value, time.timezone)}`
  }
}
