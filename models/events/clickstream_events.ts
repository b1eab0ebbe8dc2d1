import { join, model, rows, type Sql, sql, text } from 'throughline'
import { clickIds } from '../../macros/ga4-channels'
import { containsText } from '../../macros/text'
import { urlHost, urlParameter, urlPath } from '../../macros/url'
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
    )

    select
      e.event_id,
      e.row_id,
      'clickstream' as system,
      e.system_event_id,
      e.raw_event_name,
      e.occurred_at,
      e.loaded_at,
      coalesce(e.platform, 'web') as platform,
      true as is_customer_action,
      ${utm('utm_source', columns.utm_source)} as utm_source,
      ${utm('utm_medium', columns.utm_medium)} as utm_medium,
      ${utm('utm_campaign', columns.utm_campaign)} as utm_campaign,
      ${clickIdKind} as click_id_kind,
      ${urlHost(sql`e.referrer_url`)} as referrer_host,
      ${urlHost(sql`e.page_url`)} as page_host,
      ${urlPath(sql`e.page_url`)} as page_path,
      e.device_category,
      e.country,
      e.order_id,
      coalesce(c.channel, e.raw_channel) as given_channel,
      e.source_session_id,
      e.amount,
      e.currency
    from ${stg_clickstream__events} as e
    left join channel_names as c on c.raw_channel = e.raw_channel
  `,
})

/** Its own column where that is mapped, else the parameter of the page. */
function utm(name: 'utm_source' | 'utm_medium' | 'utm_campaign', column: string | undefined): Sql {
  const own = { utm_source: sql`e.utm_source`, utm_medium: sql`e.utm_medium`, utm_campaign: sql`e.utm_campaign` }[name]
  return column === undefined ? sql`${urlParameter(sql`e.page_url`, name)}` : own
}

const clickIdBranches = clickIds.map(
  ({ click_id_kind }) => sql`when ${urlParameter(sql`e.page_url`, click_id_kind)} is not null then ${click_id_kind}`,
)

/** Few pages have a click id, and looking for the names anywhere is cheap beside taking the URL apart for each. */
const mayHaveClickId = join(
  ['clid', 'braid', 'li_fat_id'].map(part => containsText(sql`e.page_url`, part)),
  ' or ',
)

const clickIdKind = sql`
  case
    when not (${mayHaveClickId}) then null
    ${join(clickIdBranches, '\n')}
  end
`
