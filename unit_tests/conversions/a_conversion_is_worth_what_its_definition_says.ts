import { defined, given, unitTest } from 'throughline'
import { conversions as conversionRules } from '../../models/definitions/conversions'
import { events } from '../../models/events/events'
import { conversions } from '../../models/journeys/conversions'
import { person_events } from '../../models/journeys/person_events'

const ordered = { event_name: 'order_placed', occurred_at: '2026-03-01 10:00:00', occurred_date: '2026-03-02' }
const dated = { converted_at: '2026-03-01 10:00:00', converted_date: '2026-03-02', conversion_number: 1 }

export const a_conversion_is_worth_what_its_definition_says = unitTest({
  description:
    'Its revenue, 0 where the amount is not known in the reporting currency; or what each is held to be worth; or nothing. An event may be a conversion of several definitions.',
  model: conversions,
  definitions: [
    defined(conversionRules, {
      purchase: { event: ['order_placed', 'order_phoned'], value: 'revenue' },
      big: { event: 'order_placed', where: { revenue: { at_least: 100 } }, value: 0.1 },
      small_yes: { event: 'order_placed', where: { platform: 'ios' }, micro: true },
    }),
  ],
  given: [
    given(events, [
      { ...ordered, event_id: 'a', revenue: '100', platform: 'web' },
      { ...ordered, event_id: 'b', revenue: null, original_amount: '30', currency: 'USD', platform: 'ios' },
      { ...ordered, event_id: 'c', event_name: 'order_phoned', revenue: '99.999999999', platform: 'phone' },
      { ...ordered, event_id: 'd', event_name: 'page_viewed', revenue: '1', platform: 'ios' },
    ]),
    given(
      person_events,
      ['a', 'b', 'c', 'd'].map(event_id => ({ event_id, person_id: event_id, is_counted: true })),
    ),
  ],
  expect: [
    {
      conversion_id: 'b224e7b282e741211c0e4c19ec71275bd72d234844b4aed92ee97135c5c17412',
      conversion: 'purchase',
      event_id: 'a',
      person_id: 'a',
      revenue: 100,
      is_micro: false,
      ...dated,
    },
    {
      conversion_id: 'f5ea28172c02f03d0494bc496aa245d6e3d84fc1378237a3797312b103be4469',
      conversion: 'purchase',
      event_id: 'b',
      person_id: 'b',
      revenue: 0,
      is_micro: false,
      ...dated,
    },
    {
      conversion_id: '6acbdaa84e4d5e6b9d378e5f2521fff4ce2de0bec8be9628f90fca88b2a1e220',
      conversion: 'purchase',
      event_id: 'c',
      person_id: 'c',
      revenue: '99.999999999',
      is_micro: false,
      ...dated,
    },
    {
      conversion_id: 'f87521a5b2064e2baf11ef106722388be2dda6072b5a2a87451640f2f08d9ad3',
      conversion: 'big',
      event_id: 'a',
      person_id: 'a',
      revenue: '0.1',
      is_micro: false,
      ...dated,
    },
    {
      conversion_id: '550ddcd5d86b161c235d8907620d98ebac750c2aa4f50634867f0ce9be7050bb',
      conversion: 'small_yes',
      event_id: 'b',
      person_id: 'b',
      revenue: 0,
      is_micro: true,
      ...dated,
    },
  ],
})
