import { dimensions, type Journey, median, secondsBetween, stepsOf } from './reckoning.ts'

/** Where a journey counts: its segments, the periods in which it began. */
export interface Places {
  segments(journey: Journey): readonly { readonly segment: string; readonly value: string }[]
  periods(date: string): readonly { readonly period: string; readonly start: string; readonly endsAt: string | null }[]
  readonly asOf: string
}

type Counted = Readonly<Record<string, unknown>>

export function startedOn({ touches, end }: Journey): string {
  return touches[0]?.date ?? end!.date
}

/** The rows of `paths`. */
export function pathsOf(journeys: readonly Journey[], places: Places): readonly Counted[] {
  const groups = new Groups<Journey>()
  for (const journey of journeys) {
    for (const dimension of dimensions) {
      const steps = stepsOf(journey, dimension).map(({ step }) => step)
      for (const { period, start } of places.periods(startedOn(journey))) {
        const path = steps.length === 0 ? '(no touchpoint)' : steps.join(' > ')
        groups.add(
          { conversion: journey.conversion, dimension, period, period_start: start, path, step_count: steps.length },
          journey,
        )
      }
    }
  }
  const isComplete = completeness(journeys, places)
  return groups.map((group, members) => {
    const converted = members.filter(({ end }) => end !== undefined)
    return {
      ...group,
      journeys: members.length,
      converted: converted.length,
      revenue: converted.reduce((sum, { end }) => sum + end!.revenue, 0),
      currency: 'EUR',
      median_days: median(converted.map(daysOf)),
      is_complete: isComplete(group),
    }
  })
}

export function daysOf({ touches, end }: Journey): number {
  const moments = [...touches, ...(end ? [end] : [])]
  return secondsBetween(moments[0]!.at, moments.at(-1)!.at) / 86_400
}

/** The rows of `transitions`. */
export function transitionsOf(journeys: readonly Journey[], places: Places): readonly Counted[] {
  const groups = new Groups<{ readonly journey: Journey; readonly seconds: number | null }>()
  for (const journey of journeys) {
    for (const dimension of dimensions) {
      const stations = [{ step: '(start)', seconds: null }, ...stepsOf(journey, dimension)]
      for (const [index, { step, seconds }] of stations.entries()) {
        const to_step = stations[index + 1]?.step ?? `(${journey.outcome})`
        for (const { segment, value } of places.segments(journey)) {
          for (const { period, start } of places.periods(startedOn(journey))) {
            const where = {
              conversion: journey.conversion,
              dimension,
              segment,
              segment_value: value,
              period,
              period_start: start,
            }
            groups.add({ ...where, position: index + 1, from_step: step, to_step }, { journey, seconds })
          }
        }
      }
    }
  }
  const isComplete = completeness(journeys, places)
  return groups.map((group, members) => ({
    ...group,
    journeys: members.length,
    people: new Set(members.map(({ journey }) => journey.person)).size,
    converted: members.filter(({ journey }) => journey.end !== undefined).length,
    median_seconds: median(members.flatMap(({ seconds }) => (seconds === null ? [] : [seconds]))),
    is_complete: isComplete(group),
  }))
}

function completeness(journeys: readonly Journey[], { periods, asOf }: Places): (group: Counted) => boolean {
  const open = new Set<string>()
  for (const journey of journeys) {
    for (const { period, start, endsAt } of periods(startedOn(journey))) {
      if (journey.outcome === 'open' || endsAt === null || endsAt > asOf)
        open.add(`${journey.conversion} ${period} ${start}`)
    }
  }
  return ({ conversion, period, period_start }) => !open.has(`${conversion} ${period} ${period_start}`)
}

/** Members by what they have in common. */
class Groups<T> {
  private readonly groups = new Map<string, { readonly group: Counted; readonly members: T[] }>()

  add(group: Counted, member: T): void {
    const key = JSON.stringify(group)
    const known = this.groups.get(key) ?? { group, members: [] }
    known.members.push(member)
    this.groups.set(key, known)
  }

  map(row: (group: Counted, members: readonly T[]) => Counted): readonly Counted[] {
    return [...this.groups.values()].map(({ group, members }) => row(group, members))
  }
}
