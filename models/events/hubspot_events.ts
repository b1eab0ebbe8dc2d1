import { model, sql, type } from 'throughline'
import { sha256Hex } from '../../macros/hash'
import { utmOfPage } from '../../macros/page-parameters'
import { urlHost, urlPath } from '../../macros/url'
import { stg_hubspot__email_campaign } from '../staging/stg_hubspot__email_campaign'
import { stg_hubspot__email_event_click } from '../staging/stg_hubspot__email_event_click'
import { event_stream } from './event_stream'
import { hubspot_moments } from './hubspot_moments'

export const hubspot_events = model({
  description:
    'One row per event of HubSpot, as the events of all systems are told. A click in an e-mail has the UTM values and the page of its link; every event of an e-mail has its campaign.',
  implements: event_stream,
  grain: ['event_id'],
  columns: event_stream.columns,
  materialize: { kind: 'inline' },
  query: () => sql`
    with told as (
      select
        m.system_event_id, m.row_id, m.loaded_at, m.raw_event_name, m.occurred_at, m.platform, m.is_customer_action,
        k.link_url, coalesce(k.link_url, m.page_url) as page_url, c.email_campaign
      from ${hubspot_moments} as m
      left join ${stg_hubspot__email_event_click} as k on k.email_event_id = m.email_event_id
      left join ${stg_hubspot__email_campaign} as c on c.email_campaign_id = m.email_campaign_id
    )

    select
      ${sha256Hex(sql`'hubspot:' || t.system_event_id`)} as event_id,
      t.row_id,
      'hubspot' as system,
      t.system_event_id,
      t.raw_event_name,
      t.occurred_at,
      t.loaded_at,
      t.platform,
      t.is_customer_action,
      ${utmOfPage(sql`t.link_url`, 'utm_source')} as utm_source,
      ${utmOfPage(sql`t.link_url`, 'utm_medium')} as utm_medium,
      coalesce(${utmOfPage(sql`t.link_url`, 'utm_campaign')}, t.email_campaign) as utm_campaign,
      ${utmOfPage(sql`t.link_url`, 'utm_content')} as utm_content,
      ${utmOfPage(sql`t.link_url`, 'utm_term')} as utm_term,
      cast(null as ${type.text}) as click_id_kind,
      cast(null as ${type.text}) as referrer_host,
      ${urlHost(sql`t.page_url`)} as page_host,
      ${urlPath(sql`t.page_url`)} as page_path,
      cast(null as ${type.text}) as device_category,
      cast(null as ${type.text}) as operating_system,
      cast(null as ${type.text}) as browser,
      cast(null as ${type.text}) as country,
      cast(null as ${type.text}) as region,
      cast(null as ${type.text}) as order_id,
      cast(null as ${type.text}) as given_channel,
      case t.platform when 'email' then 'Email' end as place_channel,
      false as is_test,
      cast(null as ${type.text}) as source_session_id,
      cast(null as ${type.number}) as amount,
      cast(null as ${type.text}) as currency
    from told as t
  `,
})
