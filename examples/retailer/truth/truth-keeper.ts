import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { utcText } from '../lib/calendar.ts'
import { csvLine } from '../lib/csv.ts'
import { TextFile } from '../lib/text-file.ts'
import type { OrderFate } from '../systems/order.ts'
import type { Clusters, IdentifierKind } from './clusters.ts'
import { type Beginning, beginningsOf, type Contact } from './journeys.ts'

export interface TrueOrder {
  readonly name: string
  readonly personId: string
  readonly at: number
  readonly currency: string
  /** With tax and shipping. */
  readonly grossCents: number
  readonly refundedCents: number
  readonly status: OrderFate
  readonly isTest: boolean
  readonly place: 'web' | 'store'
}

/** A contact of a person who owns the identifiers: the place of the order's number tells what files can know of it. */
export interface TrueLife {
  readonly personId: string
  readonly clusters: Clusters
  readonly contacts: readonly Contact[]
}

/** What really happened, as no system can know it: for tests, never for a model. Written as it happens, kept nowhere. */
export class TruthKeeper {
  readonly #rows: TextFile
  readonly #orders: TextFile
  readonly #orderLines: TextFile
  readonly #journeys: TextFile
  readonly #identifiers: TextFile
  readonly #visits: TextFile

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true })
    const open = (name: string, columns: string) => {
      const file = new TextFile(join(folder, `${name}.csv`))
      file.write(`${columns}\n`)
      return file
    }
    this.#rows = open('rows', 'system,raw_table,row_key,person,is_bot,is_test')
    this.#orders = open(
      'orders',
      'order_name,person,placed_at,currency,gross_cents,refunded_cents,net_cents,status,is_test,place',
    )
    this.#orderLines = open('order_lines', 'order_name,line_number,sku,quantity,paid_cents')
    this.#journeys = open(
      'journeys',
      'order_name,person,ordered_at,touches,first_touch_at,first_channel,first_campaign,knowable_touches,knowable_first_touch_at,knowable_first_channel,knowable_first_campaign',
    )
    this.#identifiers = open('identifiers', 'kind,value,person,cluster,is_tied')
    this.#visits = open('visits', 'person,cookie,ga_session_id,started_at,ended_at,event_count')
  }

  /** Whose a row is; once for each thing that a table tells of, however often the row comes in. */
  row(system: string, table: string, key: string, personId: string, isTest = false): void {
    this.#rows.write(csvLine([system, table, key, personId, 'false', String(isTest)]))
  }

  /** The key is cookie|time|name, which no two events share. */
  ga4Row(key: string, personId: string, kind: 'customer' | 'robot' | 'staff'): void {
    this.#rows.write(`ga4,events,${key},${personId},${kind === 'robot'},${kind === 'staff'}\n`)
  }

  order(order: TrueOrder): void {
    const isCancelled = order.status === 'cancelled' || order.status === 'cancelled_unpaid'
    const netCents = isCancelled ? 0 : order.grossCents - order.refundedCents
    this.#orders.write(
      csvLine([
        order.name,
        order.personId,
        utcText(order.at),
        order.currency,
        String(order.grossCents),
        String(order.refundedCents),
        String(netCents),
        order.status,
        String(order.isTest),
        order.place,
      ]),
    )
  }

  orderLine(orderName: string, lineNumber: number, sku: string, quantity: number, paidCents: number): void {
    this.#orderLines.write(`${orderName},${lineNumber},${sku},${quantity},${paidCents}\n`)
  }

  visit(personId: string, cookie: string, sessionId: number, startedAt: number, endedAt: number, events: number): void {
    this.#visits.write(`${personId},${cookie},${sessionId},${utcText(startedAt)},${utcText(endedAt)},${events}\n`)
  }

  /** What several people use. */
  shared(kind: IdentifierKind, value: string): void {
    this.#identifiers.write(csvLine([kind, value, 'shared', '', 'false']))
  }

  /** All of one person, when nothing more comes. */
  life({ personId, clusters, contacts }: TrueLife): void {
    clusters.known.forEach(({ kind, value, cluster }, place) => {
      const isTied = String(clusters.isTied(place))
      this.#identifiers.write(csvLine([kind, value, personId, `${personId}/${cluster}`, isTied]))
    })
    const inOrder = [...contacts].sort((left, right) => left.at - right.at)
    for (const beginning of beginningsOf(inOrder)) {
      const { name, at } = beginning.order
      const cluster = clusters.clusterOf(clusters.place('order_id', name))
      const known = inOrder.filter(({ place }) => place >= 0 && clusters.clusterOf(place) === cluster)
      const knowable = beginningsOf(known).find(({ order }) => order.name === name)
      this.#journeys.write(csvLine([name, personId, utcText(at), ...told(beginning), ...told(knowable)]))
    }
  }

  finish(): void {
    for (const file of [this.#rows, this.#orders, this.#orderLines, this.#journeys, this.#identifiers, this.#visits]) {
      file.finish()
    }
  }
}

/** Of an order whose own visit nothing ties to it: no touch. */
function told(beginning: Beginning | undefined): readonly string[] {
  if (beginning?.at === undefined) return ['0', '', '', '']
  return [String(beginning.touchCount), utcText(beginning.at), beginning.channel, beginning.campaign]
}
