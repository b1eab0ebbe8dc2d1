import { beforeAll, expect, test } from 'vitest'
import type { Row } from '../../src/warehouse/warehouse.ts'
import { type RawEvent, worldOf } from '../support/world.ts'

/** A visit of one page, and the channel of its session with the sites that we know. */
const visits: readonly (readonly [channel: string, visit: Partial<RawEvent>])[] = [
  ['Direct', {}],
  ['Direct', { page: 'https://acme.example/lamps' }],
  ['Direct', { page: '/lamps', referrer: 'https://www.acme.example/' }],
  ['Direct', { page: 'https://shop.acme.example/', referrer: 'https://blog.acme.example/post' }],
  ['Direct', { page: 'https://acme.example/thanks', referrer: 'https://checkout.pay.example/done?id=1' }],
  ['Direct', { page: 'https://other.example/b', referrer: 'https://www.other.example/a' }],
  ['Direct', { utm_source: '(Direct)', utm_medium: '(None)' }],

  ['Paid Search', { page: 'https://acme.example/?gclid=x', referrer: 'https://www.google.com/' }],
  ['Paid Search', { page: 'https://acme.example/?gbraid=x' }],
  ['Paid Search', { page: 'https://acme.example/?wbraid=x' }],
  ['Paid Search', { page: 'https://acme.example/?msclkid=x', referrer: 'https://www.bing.com/' }],
  ['Organic Social', { page: 'https://acme.example/?fbclid=x', referrer: 'https://l.facebook.com/' }],
  ['Paid Social', { page: 'https://acme.example/?ttclid=x' }],
  ['Paid Social', { page: 'https://acme.example/?li_fat_id=x' }],
  ['Paid Social', { page: 'https://acme.example/?twclid=x' }],
  ['Display', { page: 'https://acme.example/?dclid=x' }],
  ['Paid Search', { page: 'https://acme.example/?fbclid=x&gclid=y' }],
  ['Email', { page: 'https://acme.example/?gclid=x', utm_source: 'news', utm_medium: 'email' }],
  ['Unassigned', { page: 'https://acme.example/?gclid=x', utm_source: 'news' }],

  ['Organic Search', { referrer: 'https://www.google.de/search?q=lamp' }],
  ['Organic Search', { referrer: 'https://www.google.co.uk/' }],
  ['Organic Search', { referrer: 'https://duckduckgo.com/' }],
  ['Organic Search', { referrer: 'android-app://com.google.android.googlequicksearchbox/' }],
  ['Organic Social', { referrer: 'https://t.co/abc' }],
  ['Organic Social', { referrer: 'https://m.facebook.com/' }],
  ['Organic Video', { referrer: 'https://m.youtube.com/watch?v=1' }],
  ['Organic Shopping', { referrer: 'https://www.amazon.de/' }],
  ['Referral', { referrer: 'https://mail.google.com/' }],
  ['Referral', { referrer: 'https://blog.partner.example/lamps' }],
  ['Referral', { page: 'https://acme.example/', referrer: 'https://notacme.example/' }],
  ['AI Assistant', { referrer: 'https://chatgpt.com/' }],
  ['AI Assistant', { utm_source: 'perplexity.ai' }],

  ['Paid Search', { utm_source: 'Google', utm_medium: 'CPC' }],
  ['Paid Search', { utm_source: 'www.bing.com', utm_medium: 'ppc' }],
  ['Cross-network', { utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'EU-Cross-Network' }],
  ['Paid Shopping', { utm_source: 'google', utm_medium: 'cpc', utm_campaign: 'Shopping EU' }],
  ['Paid Social', { utm_source: 'facebook', utm_medium: 'paid-social' }],
  ['Paid Video', { utm_source: 'youtube', utm_medium: 'cpv' }],
  ['Display', { utm_source: 'criteo', utm_medium: 'CPM' }],
  ['Display', { utm_source: 'criteo', utm_medium: 'interstitial' }],
  ['Paid Other', { utm_source: 'criteo', utm_medium: 'cpa' }],
  ['Organic Social', { utm_source: 'forum', utm_medium: 'Social-Media' }],
  ['Mobile Push', { utm_source: 'app', utm_medium: 'web push' }],
  ['Partner', { utm_source: 'x', utm_medium: 'partner' }],
  ['Store', { channel: 'Store', utm_source: 'google', utm_medium: 'cpc' }],
]

let sessions: readonly Row[]

beforeAll(async () => {
  const world = await worldOf(
    visits.map(([, visit], index) => ({
      event_id: `e${index}`,
      user: `u${index}`,
      at: '2026-03-01 10:00:00',
      event: 'page_viewed',
      ...visit,
    })),
    {
      definitions: {
        channels: {
          before: [
            { channel: 'Partner', when: { utm_medium: 'partner' } },
            { channel: 'AI Assistant', when: { site_kind: 'ai_assistant' } },
          ],
          own_domains: ['acme.example'],
          ignore_referrers: ['pay.example'],
        },
      },
      models: ['session_channels'],
    },
  )
  sessions = await world.rows('select first_event_id, channel from journeys.session_channels')
})

test.each(visits.map(([channel, visit], index) => ({ channel, visit, id: `e${index}` })))(
  '$channel: $visit',
  ({ channel, id }) => {
    expect(sessions.find(({ first_event_id }) => first_event_id === id)?.channel).toBe(channel)
  },
)

test('a chat assistant is a referral, unless a rule of our own names it', async () => {
  const world = await worldOf(
    [{ event_id: 'a', user: 'u', at: '2026-03-01 10:00:00', event: 'page_viewed', referrer: 'https://chatgpt.com/' }],
    { models: ['session_channels'] },
  )
  expect(await world.rows('select channel from journeys.session_channels')).toEqual([{ channel: 'Referral' }])
})

test('coming back from the payment page starts no new source, and the session keeps its own', async () => {
  const visit = (event_id: string, minute: number, rest: Partial<RawEvent>): RawEvent => ({
    event_id,
    user: 'u',
    at: `2026-03-01 10:${minute}:00`,
    event: 'page_viewed',
    ...rest,
  })
  const world = await worldOf(
    [
      visit('a', 10, { page: 'https://acme.example/', referrer: 'https://www.google.com/' }),
      visit('b', 20, { page: 'https://acme.example/thanks', referrer: 'https://pay.example/' }),
      visit('c', 30, { page: 'https://acme.example/?gclid=x' }),
      // The next day's visit carries nothing over.
      { ...visit('d', 40, { page: 'https://acme.example/' }), at: '2026-03-02 10:00:00' },
    ],
    { definitions: { channels: { ignore_referrers: ['pay.example'] } }, models: ['session_channels', 'touchpoints'] },
  )
  expect(
    await world.rows(
      'select first_event_id, channel, source_event_id from journeys.session_channels order by started_at',
    ),
  ).toEqual([
    { first_event_id: 'a', channel: 'Organic Search', source_event_id: 'a' },
    { first_event_id: 'd', channel: 'Direct', source_event_id: null },
  ])
  expect(
    await world.rows('select event_id, touchpoint_kind, channel from journeys.touchpoints order by touched_at'),
  ).toEqual([
    { event_id: 'a', touchpoint_kind: 'session_started', channel: 'Organic Search' },
    { event_id: 'd', touchpoint_kind: 'session_started', channel: 'Direct' },
  ])
})
