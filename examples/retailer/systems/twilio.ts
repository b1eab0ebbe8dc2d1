import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { second, utcText } from '../lib/calendar.ts'
import type { Random } from '../lib/random.ts'
import { TableFile } from '../lib/table-file.ts'
import type { TruthKeeper } from '../truth/truth-keeper.ts'

export const twilioColumns = {
  call: [
    'id',
    'account_id',
    'direction',
    'status',
    'from',
    'from_formatted',
    'to',
    'to_formatted',
    'duration',
    'queue_time',
    'price',
    'price_unit',
    'created_at',
    'start_time',
    'end_time',
    'updated_at',
    'annotation',
    'answered_by',
    'caller_name',
    'forwarded_from',
    'group_id',
    'outgoing_caller_id',
    'parent_call_id',
    'trunk_id',
    '_fivetran_synced',
  ],
} as const

/** Our own number, in Berlin. */
const service = '+493012345000'

/** The log of the call centre. */
export class Twilio {
  readonly #calls: TableFile<(typeof twilioColumns)['call'][number]>
  readonly #truth: TruthKeeper

  constructor(folder: string, truth: TruthKeeper) {
    mkdirSync(folder, { recursive: true })
    this.#calls = new TableFile(join(folder, 'call.csv'), twilioColumns.call, zonedText)
    this.#truth = truth
  }

  /** A call of a customer, or one of ours to them; its end. */
  note(random: Random, call: PhoneCall, personId: string): number {
    const id = `CA${random.hex(32)}`
    const endedAt = call.at + call.seconds * second
    const [from, to] = call.direction === 'inbound' ? [call.number, service] : [service, call.number]
    this.#calls.add(
      {
        id,
        account_id: 'AC2343b352c5e4fc50653232323',
        direction: call.direction,
        status: call.status,
        from,
        from_formatted: from,
        to,
        to_formatted: to,
        duration: call.seconds,
        queue_time: 0,
        price: call.seconds > 0 ? '-0.0100' : '',
        price_unit: 'USD',
        created_at: zonedText(call.at),
        start_time: zonedText(call.at),
        end_time: zonedText(endedAt),
        updated_at: zonedText(endedAt),
      },
      endedAt,
    )
    this.#truth.row('twilio', 'call', id, personId)
    return endedAt
  }

  finish(): void {
    this.#calls.finish()
  }
}

export interface PhoneCall {
  readonly direction: 'inbound' | 'outbound-dial'
  readonly status: 'completed' | 'no-answer' | 'busy'
  /** The customer's, as the network tells it. */
  readonly number: string
  readonly at: number
  readonly seconds: number
}

/** As in 2026-02-16 09:30:00.250000 UTC. */
function zonedText(instant: number): string {
  return `${utcText(instant)}000 UTC`
}
