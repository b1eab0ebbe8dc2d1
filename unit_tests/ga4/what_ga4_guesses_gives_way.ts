import { defined, given, unitTest } from 'throughline'
import { ga4_events } from '../../models/events/ga4_events'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

const organic = { collected_source: 'google', collected_medium: 'organic', collected_campaign: '(organic)' }
const referral = { parameter_source: 'pay.example', parameter_medium: 'referral', parameter_campaign: '(referral)' }
const referrer_url = 'https://pay.example/done'

export const what_ga4_guesses_gives_way = unitTest({
  description:
    "GA4's campaigns in brackets say that it took the source from the referrer: an organic one gives way to a click id, a referral to the referrer itself. A campaign of the company's own does not.",
  model: ga4_events,
  definitions: [defined(ga4, { folder: 'raw/ga4' })],
  given: [
    given(stg_ga4__events, [
      { event_id: 'organic', ...organic, referrer_url: 'https://www.google.com/' },
      { event_id: 'organic, collected click', ...organic, collected_gclid: 'x' },
      { event_id: 'organic, click as parameter', ...organic, parameter_gclid: 'x' },
      { event_id: 'organic, click on the page', ...organic, page_url: 'https://shop.example/?msclkid=x' },
      { event_id: 'own campaign', ...organic, collected_campaign: 'spring', collected_gclid: 'x' },
      { event_id: 'referral', ...referral, referrer_url },
      { event_id: 'referral, referrer ignored', ...referral, referrer_url, ignore_referrer: 'true' },
      { event_id: 'referral, referrer unknown', ...referral },
      { event_id: 'first of the click ids', page_url: 'https://shop.example/?fbclid=x&gbraid=x', collected_gclid: 'x' },
    ]),
  ],
  expect: [
    { event_id: 'organic', utm_source: 'google', utm_medium: 'organic', referrer_host: 'www.google.com' },
    { event_id: 'organic, collected click', click_id_kind: 'gclid' },
    { event_id: 'organic, click as parameter', click_id_kind: 'gclid' },
    { event_id: 'organic, click on the page', click_id_kind: 'msclkid' },
    {
      event_id: 'own campaign',
      utm_source: 'google',
      utm_medium: 'organic',
      utm_campaign: 'spring',
      click_id_kind: 'gclid',
    },
    { event_id: 'referral', referrer_host: 'pay.example' },
    { event_id: 'referral, referrer ignored' },
    { event_id: 'referral, referrer unknown', utm_source: 'pay.example', utm_medium: 'referral' },
    { event_id: 'first of the click ids', click_id_kind: 'gclid' },
  ].map(row => ({
    utm_source: null,
    utm_medium: null,
    utm_campaign: null,
    click_id_kind: null,
    referrer_host: null,
    ...row,
  })),
})
