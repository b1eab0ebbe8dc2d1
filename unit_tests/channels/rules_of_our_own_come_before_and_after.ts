import { defined, given, unitTest } from 'throughline'
import { channels } from '../../models/definitions/channels'
import { events } from '../../models/events/events'
import { event_channels } from '../../models/journeys/event_channels'
import { event_sources } from '../../models/journeys/event_sources'
import { source_sites } from '../../models/journeys/source_sites'

export const rules_of_our_own_come_before_and_after = unitTest({
  description:
    "Rules of the company's own come first in order, or last for what none names; every key of one must hold, for any of its values, in any case; * is any text, and alone any that is there.",
  model: event_channels,
  definitions: [
    defined(channels, {
      before: [
        { channel: 'Partner', when: { utm_medium: ['Partner', 'part*er'], utm_source: 'acme*' } },
        { channel: 'Any partner', when: { utm_medium: 'partner' } },
        { channel: 'AI Assistant', when: { site_kind: 'ai_assistant' } },
        { channel: 'Landing', when: { page_path: '/Landing/*', click_id_kind: '*' } },
      ],
      after: [
        { channel: 'Email again', when: { medium: 'email' } },
        { channel: 'Rest', when: { source: '*' } },
      ],
    }),
  ],
  given: [
    given(events, [
      { event_id: 'a', utm_source: 'ACME.news', utm_medium: 'PARTNER' },
      { event_id: 'b', utm_source: 'other', utm_medium: 'partner' },
      { event_id: 'c' },
      { event_id: 'd', page_path: '/landing/lamps', click_id_kind: 'gclid' },
      { event_id: 'e', page_path: '/landing/lamps' },
      { event_id: 'f', utm_medium: 'email' },
      { event_id: 'g', utm_source: 'odd' },
      { event_id: 'h', utm_medium: 'odd' },
    ]),
    given(event_sources, [
      { event_id: 'a', source: 'acme.news', medium: 'partner', carried_by: 'utm' },
      { event_id: 'b', source: 'other', medium: 'partner', carried_by: 'utm' },
      { event_id: 'c', source: 'chatgpt.com', medium: 'referral', carried_by: 'referrer', outside_host: 'chatgpt.com' },
      { event_id: 'd', source: 'google', medium: 'cpc', carried_by: 'click_id' },
      { event_id: 'e', source: 'a.example', medium: 'referral', carried_by: 'referrer', outside_host: 'a.example' },
      { event_id: 'f', medium: 'email', carried_by: 'utm' },
      { event_id: 'g', source: 'odd', carried_by: 'utm' },
      { event_id: 'h', medium: 'odd', carried_by: 'utm' },
    ]),
    given(source_sites, [{ source: 'chatgpt.com', site_kind: 'ai_assistant' }]),
  ],
  expect: [
    { event_id: 'a', channel: 'Partner' },
    { event_id: 'b', channel: 'Any partner' },
    { event_id: 'c', channel: 'AI Assistant' },
    { event_id: 'd', channel: 'Landing' },
    { event_id: 'e', channel: 'Referral' },
    { event_id: 'f', channel: 'Email' },
    { event_id: 'g', channel: 'Rest' },
    { event_id: 'h', channel: 'Unassigned' },
  ],
})
