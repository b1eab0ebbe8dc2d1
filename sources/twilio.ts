import { landedTables, locationIn, source, text, timestamp } from 'throughline'

const settings = landedTables(['call'])

export const twilio = source({
  description: "Twilio's call log, as Fivetran lands it.",
  settings,
  tables: {
    call: {
      description: 'One row per call, or leg of one: a call that is passed on has a leg for each phone that rings.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        id: text('The call'),
        parent_call_id: text('The call that this one is a leg of').nullable(),
        direction: text('inbound, outbound-api, outbound-dial, trunking-originating …'),
        status: text('completed, no-answer, busy, canceled, failed; or one of a call that is not over'),
        from: text('Who calls: a phone number with or without +, a client or a SIP address').nullable(),
        to: text('Who is called').nullable(),
        start_time: timestamp('When it began, UTC; NULL where it was never dialled').nullable(),
        created_at: timestamp('When Twilio wrote it down, UTC').nullable(),
        _fivetran_synced: timestamp('When Fivetran brought this version, UTC'),
      }),
      location: given => locationIn(given, 'call'),
    },
  },
})
