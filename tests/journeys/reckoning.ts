import { createHash } from 'node:crypto'

/** Journeys, their steps and flows as `definitions.md` says them, one person and one moment at a time: what the SQL is held against. */

export interface Touch {
  readonly id: string
  readonly person: string
  readonly session: string | null
  readonly at: string
  readonly date: string
  readonly channel: string
  readonly event: string
  readonly page: string | null
}

export interface Conversion {
  readonly id: string
  readonly conversion: string
  readonly person: string
  readonly event: string
  readonly session: string | null
  readonly at: string
  readonly date: string
  readonly revenue: number
}

export interface Known {
  readonly touches: readonly Touch[]
  readonly conversions: readonly Conversion[]
  /** The names of all definitions, those without a conversion too. */
  readonly definitions: readonly string[]
  readonly lostAfterSeconds: number
  readonly asOf: string
}

export interface Journey {
  readonly id: string
  readonly conversion: string
  readonly person: string
  readonly touches: readonly Touch[]
  readonly end: Conversion | undefined
  readonly outcome: 'converted' | 'open' | 'lost'
}

export interface Step {
  readonly step: string
  readonly at: string
  readonly touches: number
  readonly seconds: number | null
}

export const dimensions = ['channel', 'event', 'page'] as const

export function journeysOf(known: Known): readonly Journey[] {
  const people = new Set([...known.touches, ...known.conversions].map(({ person }) => person))
  return known.definitions.flatMap(conversion =>
    [...people].flatMap(person => journeysOfPerson(conversion, person, known)),
  )
}

function journeysOfPerson(conversion: string, person: string, known: Known): readonly Journey[] {
  const limit = BigInt(known.lostAfterSeconds) * 1_000_000n
  const waiting = known.conversions
    .filter(end => end.conversion === conversion && end.person === person)
    .sort((a, b) => order(a.at, a.event, b.at, b.event))
  const journeys: Journey[] = []
  let touches: Touch[] = []

  const finish = (end: Conversion | undefined) => {
    const last = touches.at(-1)
    if (last === undefined && end === undefined) return
    const isLost = last !== undefined && microseconds(known.asOf) - microseconds(last.at) > limit
    journeys.push({
      id: createHash('sha256')
        .update(`${conversion}:${touches[0]?.id ?? end!.id}`)
        .digest('hex'),
      conversion,
      person,
      touches,
      end,
      outcome: end ? 'converted' : isLost ? 'lost' : 'open',
    })
    touches = []
  }
  const finishIfQuiet = (at: string) => {
    const last = touches.at(-1)
    if (last !== undefined && microseconds(at) - microseconds(last.at) > limit) finish(undefined)
  }
  const convert = (end: Conversion) => {
    finishIfQuiet(end.at)
    finish(end)
  }

  const own = known.touches.filter(touch => touch.person === person).sort((a, b) => order(a.at, a.id, b.at, b.id))
  for (const touch of own) {
    while (waiting[0] !== undefined && order(waiting[0].at, waiting[0].event, touch.at, touch.id) < 0)
      convert(waiting.shift()!)
    finishIfQuiet(touch.at)
    touches.push(touch)
  }
  waiting.forEach(convert)
  finish(undefined)
  return journeys
}

export function stepsOf({ touches, end }: Journey, dimension: (typeof dimensions)[number]): readonly Step[] {
  const runs: { step: string; at: string; touches: number }[] = []
  for (const touch of touches) {
    const step = touch[dimension] ?? '(none)'
    const run = runs.at(-1)
    if (run?.step === step) run.touches++
    else runs.push({ step, at: touch.at, touches: 1 })
  }
  return runs.map((run, index) => {
    const next = runs[index + 1]?.at ?? end?.at
    return { ...run, seconds: next === undefined ? null : secondsBetween(run.at, next) }
  })
}

/** Nearest rank: of n values the one at place n / 2, rounded up. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? null
}

export function secondsBetween(start: string, end: string): number {
  return Number((microseconds(end) - microseconds(start)) / 1_000_000n)
}

/** '2026-03-20 10:00:00.5' as microseconds since 1970. */
export function microseconds(instant: string): bigint {
  const [whole, fraction = ''] = instant.split('.')
  return BigInt(Date.parse(`${whole!.replace(' ', 'T')}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'))
}

function order(atA: string, idA: string, atB: string, idB: string): number {
  const [a, b] = [microseconds(atA), microseconds(atB)]
  if (a !== b) return a < b ? -1 : 1
  return idA < idB ? -1 : idA > idB ? 1 : 0
}
