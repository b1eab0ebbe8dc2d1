import { identifier, join, model, rows, type Sql, sql, text, type } from 'throughline'
import { clickIds } from '../../macros/ga4-channels'
import { containsText, textAfter, textBefore, trimmed } from '../../macros/text'
import { urlHost, urlParameter, urlPath, urlQuery } from '../../macros/url'
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
        case when ${mayHaveClickId} then '&' || ${urlQuery(sql`e.page_url`)} end as click_query
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
      ${clickIdKind} as click_id_kind,
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

const utmParameters = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] as const

/** Its own column where that is mapped, else the parameter of the page. Few pages have one, and taking a URL apart is dear. */
function utm(name: (typeof utmParameters)[number], column: string | undefined): Sql {
  if (column !== undefined) return sql`t.${identifier(name)}`
  const parameter = trimmed(urlParameter(sql`t.page_url`, name))
  return sql`case when ${containsText(sql`t.page_url`, name)} then nullif(${parameter}, '') end`
}

/** Few pages have a click id, and looking for the names anywhere is cheap beside taking the URL apart. */
const mayHaveClickId = join(
  ['clid=', 'clkid=', 'braid=', 'li_fat_id='].map(part => containsText(sql`e.page_url`, part)),
  ' or ',
)

const clickIdBranches = clickIds.map(({ click_id_kind }) => {
  const value = textBefore(textAfter(sql`t.click_query`, `&${click_id_kind}=`), '&')
  return sql`when ${value} <> '' then ${click_id_kind}`
})

const clickIdKind = sql`
  case
    ${join(clickIdBranches, '\n')}
  end
`
