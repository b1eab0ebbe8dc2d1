import { key, model, sql, text, timestamp } from 'throughline'
import { newestSynced, rawColumn, rawText } from '../../macros/raw-rows'
import { lowered } from '../../macros/text'
import { twilio } from '../../sources/twilio'

export const stg_twilio__call = model({
  description: 'One row per call, or leg of one, as it came in last.',
  grain: ['call_id'],
  columns: {
    call_id: key('The call'),
    parent_call_id: text('The call that this one is a leg of; NULL for a call of its own').nullable(),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    direction: text('inbound, outbound-api, outbound-dial, trunking-originating …; in lower case'),
    status: text('completed, no-answer, busy, canceled, failed, or one of a call that is not over; in lower case'),
    caller: text('Who calls: a phone number with or without +, a client or a SIP address').nullable(),
    called: text('Who is called').nullable(),
    started_at: timestamp('When it began, UTC; NULL where it was never dialled').nullable(),
    created_at: timestamp('When Twilio wrote it down, UTC; NULL where it does not say').nullable(),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    select
      e.id as call_id,
      ${rawText('parent_call_id')} as parent_call_id,
      e.tl_row_id as row_id,
      ${rawColumn('_fivetran_synced')} as loaded_at,
      ${lowered(sql`e.direction`)} as direction,
      ${lowered(sql`e.status`)} as status,
      ${rawText('from')} as caller,
      ${rawText('to')} as called,
      e.start_time as started_at,
      e.created_at
    from ${twilio.tables.call} as e
    ${newestSynced('id')}
  `,
})
