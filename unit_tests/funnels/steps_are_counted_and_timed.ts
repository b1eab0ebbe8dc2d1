import { defined, given, unitTest } from 'throughline'
import { funnels } from '../../models/definitions/funnels'
import { as_of } from '../../models/events/as_of'
import { calendar } from '../../models/events/calendar'
import { funnel_attempt_segments } from '../../models/funnels/funnel_attempt_segments'
import { funnel_attempt_steps } from '../../models/funnels/funnel_attempt_steps'
import { funnel_attempts } from '../../models/funnels/funnel_attempts'
import { funnel_steps } from '../../models/funnels/funnel_steps'

const entered = { funnel: 'checkout', entered_date: '2026-03-02' }
const all = { funnel: 'checkout', segment: '(all)', segment_value: '(all)' }
const second = { funnel: 'checkout', step_number: 2 }

export const steps_are_counted_and_timed = unitTest({
  description:
    'Of four attempts three take the second step, after 10, 20 and 60 seconds, and none the third, which stands all the same. Median and 90th percentile are times that there were. Complete a day of window after the end of the day.',
  model: funnel_steps,
  definitions: [
    defined(funnels, {
      checkout: { window: '1 day', steps: [{ viewed: 'viewed' }, { added: 'added' }, { bought: 'bought' }] },
    }),
  ],
  given: [
    given(as_of, [{ as_of: '2026-03-04 00:00:00' }]),
    given(calendar, [
      { calendar_date: '2026-03-02', period: 'day', period_start: '2026-03-02', ends_at: '2026-03-03 00:00:00' },
      { calendar_date: '2026-03-02', period: 'week', period_start: '2026-03-02', ends_at: '2026-03-09 00:00:00' },
      { calendar_date: '2026-03-02', period: 'all', period_start: '2026-03-01' },
    ]),
    given(funnel_attempts, [
      { ...entered, attempt_id: 'a', steps_completed: 2 },
      { ...entered, attempt_id: 'b', steps_completed: 2 },
      { ...entered, attempt_id: 'c', steps_completed: 2 },
      { ...entered, attempt_id: 'd', steps_completed: 1 },
    ]),
    given(funnel_attempt_segments, [
      { ...all, attempt_id: 'a' },
      { ...all, attempt_id: 'b' },
      { ...all, attempt_id: 'c' },
      { ...all, attempt_id: 'd' },
    ]),
    given(funnel_attempt_steps, [
      { funnel: 'checkout', attempt_id: 'a', step_number: 1 },
      { ...second, attempt_id: 'a', seconds_since_previous: 60 },
      { ...second, attempt_id: 'b', seconds_since_previous: 10 },
      { ...second, attempt_id: 'c', seconds_since_previous: 20 },
    ]),
  ],
  expect: (
    [
      ['day', '2026-03-02', true],
      ['week', '2026-03-02', false],
      ['all', '2026-03-01', false],
    ] as const
  ).flatMap(([period, period_start, is_complete]) => {
    const row = { ...all, period, period_start, is_complete, attempts: 4 }
    return [
      {
        ...row,
        step_number: 1,
        step: 'viewed',
        entered: 4,
        completed: 4,
        conversion_from_previous: 1,
        conversion_from_first: 1,
      },
      {
        ...row,
        step_number: 2,
        step: 'added',
        entered: 4,
        completed: 3,
        conversion_from_previous: 0.75,
        conversion_from_first: 0.75,
        median_seconds: 20,
        p90_seconds: 60,
      },
      {
        ...row,
        step_number: 3,
        step: 'bought',
        entered: 3,
        completed: 0,
        conversion_from_previous: 0,
        conversion_from_first: 0,
      },
    ]
  }),
})
