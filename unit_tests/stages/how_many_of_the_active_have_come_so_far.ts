import { defined, given, unitTest } from 'throughline'
import { stages } from '../../models/definitions/stages'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { person_stages } from '../../models/journeys/person_stages'
import { session_segments } from '../../models/journeys/session_segments'
import { sessions } from '../../models/journeys/sessions'
import { stage_events } from '../../models/journeys/stage_events'
import { stage_reach } from '../../models/journeys/stage_reach'
import { people } from '../../models/profiles/people'

const march = { period: 'month', period_start: '2026-03-01' }
const april = { period: 'month', period_start: '2026-04-01' }
const aware = { stage: 'aware', stage_number: 1, is_tracked: true }
const pleased = { stage: 'pleased', stage_number: 2, is_tracked: false }
const customer = { stage: 'customer', stage_number: 3, is_tracked: true }
const all = { segment: '(all)', segment_value: '(all)' }
const email = { segment: 'channel', segment_value: 'Email' }

export const how_many_of_the_active_have_come_so_far = unitTest({
  description:
    'In March Ada, Bert and Cleo were active: Ada and Bert had come to the first stage, Ada to the third. Dora, who bought in March, was not active then. In April Bert bought. A stage that nobody tracks has nobody, no rate, and does not stand between the others; a shared device is nobody.',
  model: stage_reach,
  definitions: [
    defined(stages, { aware: 'page_viewed', pleased: 'review_written', customer: { event: 'order_placed' } }),
  ],
  given: [
    given(as_of, [{ as_of: '2026-04-20 10:00:00' }]),
    given(calendar, [
      { calendar_date: '2026-03-10', ...march, ends_at: '2026-04-01 00:00:00' },
      { calendar_date: '2026-03-31', ...march, ends_at: '2026-04-01 00:00:00' },
      { calendar_date: '2026-04-02', ...april, ends_at: '2026-05-01 00:00:00' },
    ]),
    given(people, [
      { person_id: 'ada', is_shared_device: false },
      { person_id: 'bert', is_shared_device: false },
      { person_id: 'cleo', is_shared_device: false },
      { person_id: 'dora', is_shared_device: false },
      { person_id: 'tablet', is_shared_device: true },
    ]),
    given(sessions, [
      session('s1', 'ada', '2026-03-10'),
      session('s2', 'ada', '2026-03-31'),
      session('s3', 'bert', '2026-03-10'),
      session('s4', 'cleo', '2026-03-10'),
      session('s5', 'bert', '2026-04-02'),
      session('s6', 'tablet', '2026-04-02'),
    ]),
    given(session_segments, [
      ...['s1', 's2', 's3', 's4', 's5', 's6'].map(session_id => ({ session_id, ...all })),
      { session_id: 's1', ...email },
      { session_id: 's2', ...email },
      { session_id: 's4', ...email },
    ]),
    given(stage_events, [
      { stage: 'aware', stage_number: 1, event_id: 'x' },
      { stage: 'customer', stage_number: 3, event_id: 'y' },
    ]),
    given(person_stages, [
      stage('ada', aware, '2026-03-10 10:00:00'),
      stage('ada', customer, '2026-03-31 10:00:00'),
      stage('bert', aware, '2026-03-10 12:00:00'),
      stage('bert', customer, '2026-04-02 12:00:30'),
      stage('dora', aware, '2026-03-10 10:00:00'),
      stage('dora', customer, '2026-03-10 10:00:00'),
      stage('tablet', aware, '2026-03-10 10:00:00'),
    ]),
  ],
  expect: [
    { ...aware, ...all, ...march, ...told(3, 3, 2, 2), rate: 2 / 3, active_rate: 2 / 3, is_complete: true },
    { ...pleased, ...all, ...march, ...told(3, 2, 0, 0), is_complete: true },
    {
      ...customer,
      ...all,
      ...march,
      ...told(3, 2, 1, 1),
      rate: 0.5,
      active_rate: 1 / 3,
      median_seconds: 21 * 86_400,
      is_complete: true,
    },

    { ...aware, ...email, ...march, ...told(2, 2, 1, 1), rate: 0.5, active_rate: 0.5, is_complete: true },
    { ...pleased, ...email, ...march, ...told(2, 1, 0, 0), is_complete: true },
    {
      ...customer,
      ...email,
      ...march,
      ...told(2, 1, 1, 1),
      rate: 1,
      active_rate: 0.5,
      median_seconds: 21 * 86_400,
      is_complete: true,
    },

    { ...aware, ...all, ...april, ...told(1, 1, 1, 0), rate: 1, active_rate: 1, is_complete: false },
    { ...pleased, ...all, ...april, ...told(1, 1, 0, 0), is_complete: false },
    {
      ...customer,
      ...all,
      ...april,
      ...told(1, 1, 1, 1),
      rate: 1,
      active_rate: 1,
      median_seconds: 23 * 86_400 + 30,
      is_complete: false,
    },
  ],
})

function session(session_id: string, person_id: string, day: string) {
  return { session_id, person_id, started_date: day, ended_at: `${day} 12:00:00` }
}

function stage(person_id: string, { stage: name, stage_number }: typeof aware, reached_at: string) {
  return { person_id, stage: name, stage_number, reached_at, reached_date: reached_at.slice(0, 10) }
}

function told(active_people: number, people_before: number, number: number, new_people: number) {
  return { active_people, people_before, people: number, new_people }
}
