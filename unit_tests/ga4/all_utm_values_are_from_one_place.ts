import { defined, given, unitTest } from 'throughline'
import { ga4_events } from '../../models/events/ga4_events'
import { stg_ga4__events } from '../../models/staging/stg_ga4__events'
import { ga4 } from '../../sources/ga4'

const page_url =
  'https://shop.example/?utm_source=page&utm_medium=email&utm_campaign=May+sale&utm_content=top&utm_term=lamp'
const asParameter = { parameter_source: 'parameter', parameter_medium: 'social', parameter_content: 'footer' }

export const all_utm_values_are_from_one_place = unitTest({
  description:
    'UTM values are those that were collected with the event, else its parameters, else those of the page, never some from one and some from another.',
  model: ga4_events,
  definitions: [defined(ga4, { folder: 'raw/ga4' })],
  given: [
    given(stg_ga4__events, [
      { event_id: 'collected', collected_medium: 'cpc', collected_term: 'lampe', page_url, ...asParameter },
      { event_id: 'parameter', collected_content: 'alone', page_url, ...asParameter },
      { event_id: 'page', parameter_term: 'alone', page_url },
      { event_id: 'nowhere' },
      { event_id: 'none', collected_source: '(direct)', collected_medium: '(none)', collected_campaign: '(direct)' },
    ]),
  ],
  expect: [
    { event_id: 'collected', utm_medium: 'cpc', utm_term: 'lampe' },
    { event_id: 'parameter', utm_source: 'parameter', utm_medium: 'social', utm_content: 'footer' },
    {
      event_id: 'page',
      utm_source: 'page',
      utm_medium: 'email',
      utm_campaign: 'May sale',
      utm_content: 'top',
      utm_term: 'lamp',
    },
    { event_id: 'nowhere' },
    { event_id: 'none' },
  ],
})
