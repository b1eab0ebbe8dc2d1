import { key, shape, text } from 'throughline'

export const identifier_stream = shape({
  description:
    'Who a system says its events are of. A model of these columns, one row per event and identifier, joins those of all others.',
  columns: {
    event_id: key('The event'),
    identifier_kind: text('What identifies: user_id, email, phone, device_id, cookie_id, crm_id …'),
    identifier_value: text('The identifier as the system has it').nullable(),
  },
})
