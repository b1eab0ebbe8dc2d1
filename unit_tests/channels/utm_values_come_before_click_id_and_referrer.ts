import { given, unitTest } from 'throughline'
import { events } from '../../models/events/events'
import { event_sources } from '../../models/journeys/event_sources'

export const utm_values_come_before_click_id_and_referrer = unitTest({
  description:
    'The click id, then the referrer, say where somebody came from only where source, medium and campaign are all absent; texts are told in lower case.',
  model: event_sources,
  given: [
    given(events, [
      {
        event_id: 'all',
        utm_source: 'News',
        utm_medium: 'Email',
        utm_campaign: 'Spring',
        click_id_kind: 'gclid',
        referrer_host: 'a.example',
      },
      { event_id: 'campaign alone', utm_campaign: 'Spring', click_id_kind: 'gclid', referrer_host: 'a.example' },
      { event_id: 'click', click_id_kind: 'msclkid', referrer_host: 'a.example' },
      { event_id: 'referrer', referrer_host: 'a.example' },
      { event_id: 'nothing' },
    ]),
  ],
  expect: [
    {
      event_id: 'all',
      carried_by: 'utm',
      source: 'news',
      medium: 'email',
      campaign: 'spring',
      outside_host: 'a.example',
    },
    {
      event_id: 'campaign alone',
      carried_by: 'utm',
      source: null,
      medium: null,
      campaign: 'spring',
      outside_host: 'a.example',
    },
    { event_id: 'click', carried_by: 'click_id', source: 'bing', medium: 'cpc', outside_host: 'a.example' },
    {
      event_id: 'referrer',
      carried_by: 'referrer',
      source: 'a.example',
      medium: 'referral',
      outside_host: 'a.example',
    },
  ],
})
