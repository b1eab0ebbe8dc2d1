import { given, unitTest } from 'throughline'
import { events } from '../../models/events/events'
import { conversions } from '../../models/journeys/conversions'
import { person_events } from '../../models/journeys/person_events'
import { session_channels } from '../../models/journeys/session_channels'
import { sessions } from '../../models/journeys/sessions'

const first = { session_id: 's1', person_id: 'ada', is_customer_action: true }
const second = { session_id: 's2', person_id: 'ada', is_customer_action: true }

export const a_session_is_told_by_its_actions = unitTest({
  description:
    "Platform, device and country are the first action's, entry and exit are the first and last page of any action; only the first session is a new person's.",
  model: sessions,
  given: [
    given(session_channels, [
      {
        session_id: 's1',
        person_id: 'ada',
        first_event_id: 'a',
        started_at: '2026-03-01 10:00:00',
        started_date: '2026-03-01',
        channel: 'Email',
        utm_campaign: 'Spring',
      },
      {
        session_id: 's2',
        person_id: 'ada',
        first_event_id: 'e',
        started_at: '2026-03-02 10:00:00',
        started_date: '2026-03-02',
        channel: 'Direct',
      },
    ]),
    given(person_events, [
      { ...first, event_id: 'a', occurred_at: '2026-03-01 10:00:00', event_name: 'app_opened', sequence_in_session: 1 },
      {
        ...first,
        event_id: 'b',
        occurred_at: '2026-03-01 10:00:05',
        event_name: 'page_viewed',
        sequence_in_session: 2,
      },
      { ...first, event_id: 'c', occurred_at: '2026-03-01 10:00:05', event_name: 'searched', sequence_in_session: 3 },
      { person_id: 'ada', event_id: 'd', occurred_at: '2026-03-01 10:01:00', is_customer_action: false },
      { ...second, event_id: 'e', occurred_at: '2026-03-02 10:00:00', event_name: 'searched', sequence_in_session: 1 },
    ]),
    given(events, [
      { event_id: 'a', platform: 'ios', device_category: 'mobile', operating_system: 'iOS', region: 'Bavaria' },
      {
        event_id: 'b',
        platform: 'web',
        device_category: 'desktop',
        browser: 'Firefox',
        country: 'DE',
        page_path: '/in',
      },
      { event_id: 'c', platform: 'web', page_path: '/out' },
      { event_id: 'd', platform: 'email', page_path: '/never' },
      { event_id: 'e', platform: 'web' },
    ]),
    given(conversions, [
      { conversion_id: 'c1', session_id: 's1', revenue: '10.50' },
      { conversion_id: 'c2', session_id: 's1', revenue: '2.25' },
      { conversion_id: 'c3', session_id: null, revenue: '99' },
    ]),
  ],
  expect: [
    {
      session_id: 's1',
      person_id: 'ada',
      started_date: '2026-03-01',
      ended_at: '2026-03-01 10:00:05',
      event_count: 3,
      platform: 'ios',
      device_category: 'mobile',
      operating_system: 'iOS',
      region: 'Bavaria',
      country: null,
      entry_page: '/in',
      exit_page: '/out',
      channel: 'Email',
      utm_campaign: 'Spring',
      is_new_person: true,
      conversion_count: 2,
      revenue: '12.75',
    },
    {
      session_id: 's2',
      person_id: 'ada',
      started_date: '2026-03-02',
      ended_at: '2026-03-02 10:00:00',
      event_count: 1,
      platform: 'web',
      channel: 'Direct',
      is_new_person: false,
      conversion_count: 0,
      revenue: 0,
    },
  ],
})
