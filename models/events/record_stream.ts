import { key, shape, text, timestamp } from 'throughline'

export const record_stream = shape({
  description:
    'Which identifiers a system keeps in one record of a person: a contact, a customer, a user. A model of these columns, one row per record and identifier, joins those of all others.',
  columns: {
    record_id: key('The record, unique over all systems: hubspot:contact:123'),
    system: text('The system that keeps it, as in the config: hubspot'),
    stated_at: timestamp('Since when the system has it, UTC'),
    identifier_kind: text('What identifies: user_id, email, phone, device_id, cookie_id, crm_id …'),
    identifier_value: text('The identifier as the system has it').nullable(),
  },
})
