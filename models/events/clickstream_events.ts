import { identifier, model, rows, type Sql, sql, text, type } from 'throughline'
import { clickIdKind, clickQuery, type UtmParameter, utmOfPage } from '../../macros/page-parameters'
import { urlHost, urlPath } from '../../macros/url'
import { clickstream } from '../../sources/clickstream'
import { stg_clickstream__events } from '../staging/stg_clickstream__events'
import { event_stream } from './event_stream'

export const clickstream_events = model({
  description: 'One row per event of the clickstream, as the events of all systems are told.',
  implements: event_stream,
  grain: ['event_id'],
  columns: event_stream.columns,
  materialize: { kind: 'inline' },
  uses: { clickstream },
  query: ({ clickstream: { columns, channels } }) => sql`
    with channel_names as (
      select c.raw_channel, c.channel
      from ${rows(
        { raw_channel: text('The value of the raw column'), channel: text('The channel it stands for') },
        Object.entries(channels).map(([raw_channel, channel]) => ({ raw_channel, channel })),
      )} as c
    ),

    told as (
      select
        e.event_id, e.row_id, e.system_event_id, e.raw_event_name, e.occurred_at, e.loaded_at, e.platform,
        e.utm_source, e.utm_medium, e.utm_campaign, e.referrer_url, e.page_url, e.device_category, e.country,
        e.order_id, e.raw_channel, e.source_session_id, e.amount, e.currency,
        ${clickQuery(sql`e.page_url`)} as click_query
      from ${stg_clickstream__events} as e
    )

    select
      t.event_id,
      t.row_id,
      'clickstream' as system,
      t.system_event_id,
      t.raw_event_name,
      t.occurred_at,
      t.loaded_at,
      coalesce(t.platform, 'web') as platform,
      true as is_customer_action,
      ${utm('utm_source', columns.utm_source)} as utm_source,
      ${utm('utm_medium', columns.utm_medium)} as utm_medium,
      ${utm('utm_campaign', columns.utm_campaign)} as utm_campaign,
      ${utm('utm_content', undefined)} as utm_content,
      ${utm('utm_term', undefined)} as utm_term,
      ${clickIdKind(sql`t.click_query`)} as click_id_kind,
      ${urlHost(sql`t.referrer_url`)} as referrer_host,
      ${urlHost(sql`t.page_url`)} as page_host,
      ${urlPath(sql`t.page_url`)} as page_path,
      t.device_category,
      cast(null as ${type.text}) as operating_system,
      cast(null as ${type.text}) as browser,
      t.country,
      cast(null as ${type.text}) as region,
      t.order_id,
      coalesce(c.channel, t.raw_channel) as given_channel,
      cast(null as ${type.text}) as place_channel,
      false as is_test,
      t.source_session_id,
      t.amount,
      t.currency
    from told as t
    left join channel_names as c on c.raw_channel = t.raw_channel
  `,
})

/** Its own column where that is mapped, else the parameter of the page. */
function utm(name: UtmParameter, column: string | undefined): Sql {
  return column === undefined ? utmOfPage(sql`t.page_url`, name) : sql`t.${identifier(name)}`
}
