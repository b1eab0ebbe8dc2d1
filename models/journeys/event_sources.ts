import { model, references, rows, sql, text } from 'throughline'
import { isHostOf } from '../../macros/channels'
import { clickIds } from '../../macros/ga4-channels'
import { lowered, textAfter } from '../../macros/text'
import { channels as channelRules } from '../definitions/channels'
import { events } from '../events/events'

export const event_sources = model({
  description:
    'One row per event that says where somebody came from: by UTM values, else a click id, else a referrer from outside.',
  grain: ['event_id'],
  columns: {
    event_id: references(events.columns.event_id),
    carried_by: text('What says it').oneOf(['utm', 'click_id', 'referrer']),
    source: text('UTM source, else that of the click id, else the host of the referrer; lower case').nullable(),
    medium: text('UTM medium, else that of the click id, else referral; lower case').nullable(),
    campaign: text('UTM campaign; lower case').nullable(),
    outside_host: text('Host of the referrer, where it is from outside').nullable(),
  },
  materialize: { kind: 'inline' },
  uses: { channelRules },
  query: ({ channelRules: { own_domains, ignore_referrers } }) => sql`
    with click_ids as (
      select c.click_id_kind, c.source, c.medium
      from ${rows({ click_id_kind: text('Parameter'), source: text('Source'), medium: text('Medium') }, clickIds)} as c
    ),

    hosts as (
      select
        e.event_id, e.utm_source, e.utm_medium, e.utm_campaign, e.click_id_kind, e.referrer_host,
        case
          when e.referrer_host like 'www.%' then ${textAfter(sql`e.referrer_host`, '.')}
          else e.referrer_host
        end as referrer_site,
        case when e.page_host like 'www.%' then ${textAfter(sql`e.page_host`, '.')} else e.page_host end as page_site
      from ${events} as e
    ),

    outside as (
      select
        h.event_id, h.utm_source, h.utm_medium, h.utm_campaign, h.click_id_kind,
        case
          when h.referrer_site = h.page_site then null
          when ${isHostOf(sql`h.referrer_host`, [...own_domains, ...ignore_referrers])} then null
          else h.referrer_host
        end as outside_host
      from hosts as h
    ),

    carried as (
      select
        o.event_id, o.utm_source, o.utm_medium, o.utm_campaign, o.click_id_kind, o.outside_host,
        case
          when coalesce(o.utm_source, o.utm_medium, o.utm_campaign) is not null then 'utm'
          when o.click_id_kind is not null then 'click_id'
          when o.outside_host is not null then 'referrer'
        end as carried_by
      from outside as o
    )

    select
      r.event_id,
      r.carried_by,
      case r.carried_by
        when 'utm' then ${lowered(sql`r.utm_source`)}
        when 'click_id' then c.source
        else r.outside_host
      end as source,
      case r.carried_by
        when 'utm' then ${lowered(sql`r.utm_medium`)}
        when 'click_id' then c.medium
        else 'referral'
      end as medium,
      ${lowered(sql`r.utm_campaign`)} as campaign,
      r.outside_host
    from carried as r
    left join click_ids as c on c.click_id_kind = r.click_id_kind
    where r.carried_by is not null
  `,
})
