import { boolean, model, references, sql, text } from 'throughline'
import { channelByRules, ownRule } from '../../macros/channels'
import { ga4Channels } from '../../macros/ga4-channels'
import { lowered } from '../../macros/text'
import { channels as channelRules } from '../definitions/channels'
import { events } from '../events/events'
import { event_sources } from './event_sources'
import { source_sites } from './source_sites'

export const event_channels = model({
  description:
    'One row per event that says where somebody came from, has a channel given, or is itself one: the channel that it alone would make.',
  grain: ['event_id'],
  columns: {
    event_id: references(events.columns.event_id),
    channel: text(
      'The given channel, else that of the contact itself, else that of the first rule that holds, else Unassigned',
    ),
    is_given: boolean('The system has decided the channel'),
    is_place: boolean('The contact itself is the channel, as a call or a visit to the store'),
    carried_by: text('What else says where somebody came from; NULL where nothing else does')
      .nullable()
      .oneOf(['utm', 'click_id', 'referrer']),
    source: text('UTM source, else that of the click id, else the host of the referrer; lower case').nullable(),
    medium: text('UTM medium, else that of the click id, else referral; lower case').nullable(),
    site_kind: text('What kind of site the source is; NULL where it is none that we know').nullable(),
  },
  tests: { always: { 'a channel comes from somewhere': sql`is_given or is_place or carried_by is not null` } },
  materialize: { kind: 'table' },
  uses: { channelRules },
  query: ({ channelRules: { rules, before, after } }) => sql`
    with sourced as (
      select
        e.event_id, e.given_channel, e.place_channel, s.carried_by, s.source, s.medium, s.campaign, t.site_kind, e.click_id_kind,
        s.outside_host as referrer_host,
        ${lowered(sql`e.utm_source`)} as utm_source,
        ${lowered(sql`e.utm_medium`)} as utm_medium,
        ${lowered(sql`e.utm_campaign`)} as utm_campaign,
        ${lowered(sql`e.page_path`)} as page_path
      from ${events} as e
      left join ${event_sources} as s on s.event_id = e.event_id
      left join ${source_sites} as t on t.source = s.source
      where e.given_channel is not null or e.place_channel is not null or s.event_id is not null
    )

    select
      s.event_id,
      coalesce(
        s.given_channel,
        s.place_channel,
        ${channelByRules([...before.map(ownRule), ...(rules === 'ga4' ? ga4Channels : []), ...after.map(ownRule)], {
          source: sql`s.source`,
          medium: sql`s.medium`,
          campaign: sql`s.campaign`,
          site_kind: sql`s.site_kind`,
          utm_source: sql`s.utm_source`,
          utm_medium: sql`s.utm_medium`,
          utm_campaign: sql`s.utm_campaign`,
          click_id_kind: sql`s.click_id_kind`,
          referrer_host: sql`s.referrer_host`,
          page_path: sql`s.page_path`,
        })}
      ) as channel,
      s.given_channel is not null as is_given,
      s.place_channel is not null as is_place,
      s.carried_by,
      s.source,
      s.medium,
      s.site_kind
    from sourced as s
  `,
})
