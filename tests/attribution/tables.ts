import type { World } from '../support/world.ts'
import type { RandomWorld } from './random-worlds.ts'
import {
  billionths,
  type Conversion,
  type Credit,
  creditsOf,
  microseconds,
  type Touch,
  touchesBefore,
} from './reckoning.ts'

/** A table as values by the text of its grain. Money is in billionths. */
export type Table = ReadonlyMap<string, readonly (string | number | bigint | boolean | null)[]>

/** What the models of attribution start from, as it stands in the world's tables. */
export interface Known {
  readonly touches: readonly Touch[]
  readonly conversions: readonly Conversion[]
  readonly asOf: bigint
  /** By day. */
  readonly periods: ReadonlyMap<string, readonly { period: string; start: string; endsAt: bigint | null }[]>
  /** By session, and then by segment. */
  readonly segments: ReadonlyMap<string, ReadonlyMap<string, string>>
}

export async function knownOf(world: World): Promise<Known> {
  const touches = await world.rows('touchpoints')
  const conversions = await world.rows('conversions')
  const [asOf] = await world.rows('as_of')
  const periods = groupsOf(await world.rows('calendar'), row => String(row.calendar_date))
  const segments = groupsOf(await world.rows('session_segments'), row => String(row.session_id))
  return {
    touches: touches.map(row => ({
      id: String(row.touchpoint_id),
      person: String(row.person_id),
      at: microseconds(String(row.touched_at)),
      date: String(row.touched_date),
      channel: String(row.channel),
      campaign: row.campaign as string | null,
    })),
    conversions: conversions.map(row => ({
      id: String(row.conversion_id),
      conversion: String(row.conversion),
      person: String(row.person_id),
      session: row.session_id as string | null,
      at: microseconds(String(row.converted_at)),
      date: String(row.converted_date),
      revenue: billionths(String(row.revenue)),
    })),
    asOf: microseconds(String(asOf!.as_of)),
    periods: mapped(periods, rows =>
      rows.map(row => ({
        period: String(row.period),
        start: String(row.period_start),
        endsAt: row.ends_at === null ? null : microseconds(String(row.ends_at)),
      })),
    ),
    segments: mapped(segments, rows => new Map(rows.map(row => [String(row.segment), String(row.segment_value)]))),
  }
}

export function allCredits({ rules, lookbackSeconds }: RandomWorld, known: Known): readonly Credit[] {
  return known.conversions.flatMap(conversion => {
    const touches = touchesBefore(conversion, known.touches, lookbackSeconds)
    return Object.entries(rules).flatMap(([model, rule]) => creditsOf(model, rule, conversion, touches))
  })
}

export function creditsTable(credits: readonly Credit[]): Table {
  return new Map(
    credits.map(({ model, conversion, touch, number, count, credit, revenue }) => [
      [model, conversion.id, touch?.id ?? '(none)'].join(' | '),
      [
        conversion.conversion,
        conversion.person,
        touch?.channel ?? '(none)',
        touch?.campaign ?? null,
        touch?.at ?? null,
        touch?.date ?? null,
        conversion.at,
        conversion.date,
        number,
        count,
        credit,
        revenue,
      ],
    ]),
  )
}

export async function creditsIn(world: World): Promise<Table> {
  return new Map(
    (await world.rows('attribution_credits')).map(row => [
      [row.attribution_model, row.conversion_id, row.touchpoint_id].join(' | '),
      [
        String(row.conversion),
        String(row.person_id),
        String(row.channel),
        row.campaign as string | null,
        row.touched_at === null ? null : microseconds(String(row.touched_at)),
        row.touched_date as string | null,
        microseconds(String(row.converted_at)),
        String(row.converted_date),
        Number(row.touch_number),
        Number(row.touch_count),
        Number(row.credit),
        billionths(String(row.revenue)),
      ],
    ]),
  )
}

export function byChannelTable(credits: readonly Credit[], { lookbackSeconds }: RandomWorld, known: Known): Table {
  const sums = new Map<string, [number, bigint, boolean]>()
  for (const { model, conversion, touch, credit, revenue } of credits) {
    for (const datedBy of ['touch', 'conversion']) {
      const date = datedBy === 'touch' ? (touch?.date ?? conversion.date) : conversion.date
      const wait = datedBy === 'touch' ? BigInt(lookbackSeconds) * 1_000_000n : 0n
      for (const [segment, value] of segmentsOf(conversion, known)) {
        for (const { period, start, endsAt } of known.periods.get(date)!) {
          const [channel, campaign] = [touch?.channel ?? '(none)', touch?.campaign ?? '(none)']
          const place = [model, conversion.conversion, datedBy, channel, campaign, segment, value, period, start].join(
            ' | ',
          )
          const [conversions, money] = sums.get(place) ?? [0, 0n]
          const isComplete = endsAt !== null && known.asOf >= endsAt + wait
          sums.set(place, [conversions + credit, money + revenue, isComplete])
        }
      }
    }
  }
  return sums
}

/** Each segment of the session in which it happened; (none) outside of one. */
function segmentsOf({ session }: Conversion, { segments }: Known): Iterable<readonly [string, string]> {
  const own = session === null ? undefined : segments.get(session)
  if (own !== undefined) return own
  const names = [...(segments.values().next().value?.keys() ?? ['(all)'])]
  return names.map(name => [name, name === '(all)' ? '(all)' : '(none)'] as const)
}

export async function byChannelIn(world: World): Promise<Table> {
  return new Map(
    (await world.rows('attribution_by_channel')).map(row => [
      [
        row.attribution_model,
        row.conversion,
        row.dated_by,
        row.channel,
        row.campaign,
        row.segment,
        row.segment_value,
        row.period,
        row.period_start,
      ].join(' | '),
      [Number(row.conversions), billionths(String(row.revenue)), Boolean(row.is_complete)],
    ]),
  )
}

export function comparisonTable(credits: readonly Credit[], { rules, compareTo }: RandomWorld, known: Known): Table {
  const told = credits.flatMap(({ model, conversion, touch, credit }) =>
    known.periods.get(conversion.date)!.map(({ period, start, endsAt }) => ({
      model,
      conversion,
      channel: touch?.channel ?? '(none)',
      credit,
      period,
      start,
      endsAt,
    })),
  )
  const table = new Map<string, readonly (string | number | boolean)[]>()
  const others = Object.keys(rules).filter(model => model !== compareTo)
  const groups = groupsOf(told, row => [row.conversion.conversion, row.period, row.start].join(' | '))
  for (const rows of groups.values()) {
    const [{ conversion, period, start, endsAt }] = rows as [(typeof told)[number]]
    const count = new Set(rows.map(row => row.conversion.id)).size
    const creditOf = (model: string, channel: string) =>
      rows.filter(row => row.model === model && row.channel === channel).reduce((sum, { credit }) => sum + credit, 0)
    const isComplete = endsAt !== null && known.asOf >= endsAt
    for (const model of others) {
      const channels = new Set(rows.filter(row => [model, compareTo].includes(row.model)).map(({ channel }) => channel))
      for (const channel of channels) {
        const [own, compared] = [creditOf(model, channel), creditOf(compareTo, channel)]
        table.set([conversion.conversion, model, channel, period, start].join(' | '), [
          compareTo,
          own,
          compared,
          count,
          own / count,
          compared / count,
          (own - compared) / count,
          isComplete,
        ])
      }
    }
  }
  return table
}

export async function comparisonIn(world: World): Promise<Table> {
  return new Map(
    (await world.rows('attribution_comparison')).map(row => [
      [row.conversion, row.attribution_model, row.channel, row.period, row.period_start].join(' | '),
      [
        String(row.compared_to),
        Number(row.conversions),
        Number(row.compared_conversions),
        Number(row.all_conversions),
        Number(row.share),
        Number(row.compared_share),
        Number(row.difference),
        Boolean(row.is_complete),
      ],
    ]),
  )
}

/** Where two tables differ, in words; numbers may differ by `tolerance`. */
export function differences(found: Table, expected: Table, tolerance: number): readonly string[] {
  const keys = new Set([...found.keys(), ...expected.keys()])
  return [...keys].flatMap(key => {
    const [row, wanted] = [found.get(key), expected.get(key)]
    const isSame =
      row?.length === wanted?.length && row?.every((value, index) => isNear(value, wanted![index], tolerance))
    return isSame ? [] : [`${key}: found ${row?.join(', ')}, expected ${wanted?.join(', ')}`]
  })
}

function isNear(a: unknown, b: unknown, tolerance: number): boolean {
  return typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) <= tolerance : a === b
}

function groupsOf<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}

function mapped<A, B>(map: ReadonlyMap<string, A>, to: (value: A) => B): ReadonlyMap<string, B> {
  return new Map([...map].map(([key, value]) => [key, to(value)]))
}
