import type { World } from '../support/world.ts'

/** A KPI's fraction; a sum or a count is not divided. */
export interface Fraction {
  readonly numerator: number
  readonly denominator: number | null
}

/** `purchase_rate, channel, Email, month, 2026-03-01` */
export type KpiKey = string

type Row = Readonly<Record<string, string | null>>

/**
 * Every KPI of the world, reckoned by plain counting over sessions, conversions, journeys and attempts. Money in cents. What was never counted is left
 * out.
 */
export async function reckonedKpis(world: World): Promise<ReadonlyMap<KpiKey, Fraction>> {
  const rows = async (query: string): Promise<readonly Row[]> =>
    (await world.rows(query)).map(row =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)])),
    )
  const first = (await rows('select min(occurred_date)::varchar as day from events.events'))[0]!.day!
  const shared = new Set(
    (await rows('select person_id from profiles.people where is_shared_device')).map(one => one.person_id),
  )
  const values = new Map<string | null, Row[]>()
  for (const row of await rows('select session_id, segment, segment_value from journeys.session_segments'))
    values.set(row.session_id!, [...(values.get(row.session_id!) ?? []), row])
  const segments = [...new Set([...values.values()].flat().map(({ segment }) => segment!))]

  const frames = (session: string | null, day: string): readonly string[] =>
    segments.flatMap(segment => {
      const value = values.get(session)?.find(one => one.segment === segment)?.segment_value
      return periodsOf(day, first).map(
        period => `${segment}, ${value ?? (segment === '(all)' ? '(all)' : '(none)')}, ${period}`,
      )
    })
  const tally = new Tally()

  const sessions = await rows('select session_id, person_id, started_date::varchar as day from journeys.sessions')
  const conversions = await rows(`
    select conversion, person_id, session_id, converted_date::varchar as day, conversion_number, cast(revenue * 100 as bigint) as cents
    from journeys.conversions`)
  const names = [...new Set(conversions.map(({ conversion }) => conversion!))]
  for (const { session_id, person_id, day } of sessions) {
    const person = shared.has(person_id!) ? [] : [person_id!]
    for (const frame of frames(session_id!, day!)) {
      tally.add(`sessions, ${frame}`, 1, null)
      tally.addPeople(`people, ${frame}`, person, null)
      for (const name of names) {
        const has = conversions.some(one => one.conversion === name && one.session_id === session_id)
        tally.add(`${name}_rate, ${frame}`, has ? 1 : 0, 1)
        tally.addPeople(`${name}_person_rate, ${frame}`, has ? person : [], person)
      }
    }
  }
  for (const { conversion, person_id, session_id, day, conversion_number, cents } of conversions) {
    const person = shared.has(person_id!) ? [] : [person_id!]
    for (const frame of frames(session_id!, day!)) {
      tally.add(`${conversion}_count, ${frame}`, 1, null)
      tally.add(`${conversion}_revenue, ${frame}`, Number(cents), null)
      tally.addPeople(`${conversion}_repeat_rate, ${frame}`, Number(conversion_number) >= 2 ? person : [], person)
    }
  }
  const journeys = await rows(`
    select conversion, first_session_id, ended_date::varchar as day, touchpoint_count, channel_change_count,
      date_sub('second', started_at, ended_at) as seconds,
      exists (
        select 1 from journeys.journey_moments as m inner join journeys.touchpoints as t using (event_id)
        where m.journey_id = j.journey_id and m.moment_kind = 'touchpoint' and t.is_offline
      ) as is_offline
    from journeys.journeys as j
    where conversion_id is not null and touchpoint_count > 0`)
  for (const journey of journeys) {
    const { conversion, first_session_id, day, touchpoint_count, channel_change_count, seconds, is_offline } = journey
    for (const frame of frames(first_session_id!, day!)) {
      tally.add(`${conversion}_time, ${frame}`, Number(seconds), 1)
      tally.add(`${conversion}_offline_share, ${frame}`, is_offline === 'true' ? 1 : 0, 1)
      const several = Number(touchpoint_count) >= 2 ? 1 : 0
      tally.add(`${conversion}_journey_fragmentation, ${frame}`, Number(channel_change_count) > 1 ? 1 : 0, several)
      tally.add(
        `${conversion}_channel_change_rate, ${frame}`,
        Number(channel_change_count),
        Number(touchpoint_count) - 1,
      )
    }
  }
  const attempts = await rows(`
    select funnel, session_id, entered_date::varchar as day, completed_at is not null as is_completed, steps_completed, action_count
    from funnels.funnel_attempts`)
  for (const { funnel, session_id, day, is_completed, steps_completed, action_count } of attempts) {
    const isCompleted = is_completed === 'true'
    for (const frame of frames(session_id!, day!)) {
      tally.add(`${funnel}_conversion_rate, ${frame}`, isCompleted ? 1 : 0, 1)
      tally.add(
        `${funnel}_path_efficiency, ${frame}`,
        isCompleted ? Number(steps_completed) : 0,
        isCompleted ? Number(action_count) : 0,
      )
    }
  }
  return tally.fractions()
}

/** The day, week from Monday, month and quarter that a day lies in, and all, as `month, 2026-03-01`. */
function periodsOf(day: string, first: string): readonly string[] {
  const date = new Date(`${day}T00:00:00Z`)
  const monday = new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * 86_400_000)
  const quarter = String(Math.floor(date.getUTCMonth() / 3) * 3 + 1).padStart(2, '0')
  return [
    `day, ${day}`,
    `week, ${monday.toISOString().slice(0, 10)}`,
    `month, ${day.slice(0, 7)}-01`,
    `quarter, ${day.slice(0, 4)}-${quarter}-01`,
    `all, ${first}`,
  ]
}

class Tally {
  private readonly sums = new Map<KpiKey, Fraction>()
  private readonly people = new Map<KpiKey, { readonly some: Set<string>; readonly all: Set<string> | null }>()

  add(key: KpiKey, numerator: number, denominator: number | null): void {
    const before = this.sums.get(key)
    this.sums.set(key, {
      numerator: numerator + (before?.numerator ?? 0),
      denominator: denominator === null ? null : denominator + (before?.denominator ?? 0),
    })
  }

  /** Each of them is counted once, however often they come. */
  addPeople(key: KpiKey, some: readonly string[], all: readonly string[] | null): void {
    const counted = this.people.get(key) ?? { some: new Set<string>(), all: all === null ? null : new Set<string>() }
    for (const person of some) counted.some.add(person)
    for (const person of all ?? []) counted.all?.add(person)
    this.people.set(key, counted)
  }

  fractions(): ReadonlyMap<KpiKey, Fraction> {
    const people = [...this.people].map(([key, { some, all }]): [KpiKey, Fraction] => [
      key,
      { numerator: some.size, denominator: all === null ? null : all.size },
    ])
    return new Map([...this.sums, ...people])
  }
}
