import { boolean, key, model, sql, text, timestamp, values } from 'throughline'
import { matchesPattern, startsWithText } from '../../macros/text'
import { stg_twilio__call } from '../staging/stg_twilio__call'

export const twilio_moments = model({
  description:
    'One row per call between a customer and us that is over. A leg of a call that came in, or of another leg, is how it was passed on among us: no call of its own.',
  grain: ['call_id'],
  columns: {
    call_id: key('The call'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    raw_event_name: text('call_answered, call_missed, call_made').oneOf(['call_answered', 'call_missed', 'call_made']),
    occurred_at: timestamp('When it began, UTC; where it was never dialled, when Twilio wrote it down'),
    is_inbound: boolean('The customer called'),
    customer_phone: text(
      "The customer's number, with + before it: Twilio writes numbers in international form, and some loads lose the +. NULL for a client, a SIP address and a caller who hides the number",
    ).nullable(),
  },
  materialize: { kind: 'inline' },
  query: () => sql`
    with calls as (
      select
        c.call_id, c.parent_call_id, c.row_id, c.loaded_at, c.status,
        coalesce(c.started_at, c.created_at) as occurred_at,
        c.direction in ('inbound', 'trunking-originating') as is_inbound,
        case when c.direction in ('inbound', 'trunking-originating') then c.caller else c.called end as customer_side
      from ${stg_twilio__call} as c
    ),

    own_calls as (
      select c.call_id, c.row_id, c.loaded_at, c.status, c.occurred_at, c.is_inbound, c.customer_side
      from calls as c
      left join calls as p on p.call_id = c.parent_call_id
      where c.occurred_at is not null
        and c.status in ('completed', 'no-answer', 'busy', 'canceled', 'failed')
        and not coalesce(p.is_inbound or p.parent_call_id is not null, false)
    )

    select
      c.call_id,
      c.row_id,
      c.loaded_at,
      case when not c.is_inbound then 'call_made' when c.status = 'completed' then 'call_answered' else 'call_missed' end as raw_event_name,
      c.occurred_at,
      c.is_inbound,
      case
        when not ${matchesPattern(sql`c.customer_side`, '^[+]?[0-9]{7,15}$')} then null
        when c.customer_side in (${values(hidden.flatMap(digits => [digits, `+${digits}`]))}) then null
        when ${startsWithText(sql`c.customer_side`, '+')} then c.customer_side
        else '+' || c.customer_side
      end as customer_phone
    from own_calls as c
  `,
})

/** What stands for a caller who hides the number: the word, as it lies on the keys of a telephone. */
const hidden = [
  '266696687', // anonymous
  '7378742833', // restricted
  '86282452253', // unavailable
  '2562533', // blocked
  '8656696', // unknown
]
