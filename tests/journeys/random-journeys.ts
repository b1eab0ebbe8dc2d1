import type { Row } from '../../src/warehouse/warehouse.ts'
import type { World } from '../support/world.ts'
import { daysOf, type Places, startedOn } from './flows.ts'
import type { RandomWorld } from './random-worlds.ts'
import { dimensions, type Journey, type Known, stepsOf } from './reckoning.ts'

/** What the models of journeys start from, as it stands in the world's tables. */
export async function knownOf(random: RandomWorld, world: World): Promise<Known> {
  const touches = await world.rows(
    'select t.*, e.page_path from journeys.touchpoints as t inner join events.events as e on e.event_id = t.event_id',
  )
  const conversions = await world.rows('conversions')
  const [asOf] = await world.rows('as_of')
  return {
    touches: touches.map(row => ({
      id: text(row, 'touchpoint_id'),
      person: text(row, 'person_id'),
      session: textOrNull(row, 'session_id'),
      at: text(row, 'touched_at'),
      date: text(row, 'touched_date'),
      channel: text(row, 'channel'),
      event: text(row, 'touchpoint_kind'),
      page: textOrNull(row, 'page_path'),
    })),
    conversions: conversions.map(row => ({
      id: text(row, 'conversion_id'),
      conversion: text(row, 'conversion'),
      person: text(row, 'person_id'),
      event: text(row, 'event_id'),
      session: textOrNull(row, 'session_id'),
      at: text(row, 'converted_at'),
      date: text(row, 'converted_date'),
      revenue: Number(row.revenue),
    })),
    definitions: random.conversions,
    lostAfterSeconds: random.lostAfterSeconds,
    asOf: text(asOf!, 'as_of'),
  }
}

export async function placesOf(world: World, { asOf }: Known): Promise<Places> {
  const segments = rowsBy(await world.rows('session_segments'), 'session_id')
  const periods = rowsBy(await world.rows('calendar'), 'calendar_date')
  return {
    asOf,
    segments: journey =>
      segments
        .get(firstSession(journey)!)!
        .map(row => ({ segment: text(row, 'segment'), value: text(row, 'segment_value') })),
    periods: date =>
      periods.get(date)!.map(row => ({
        period: text(row, 'period'),
        start: text(row, 'period_start'),
        endsAt: textOrNull(row, 'ends_at'),
      })),
  }
}

/** The row of `journeys`. */
export function journeyRow(journey: Journey): Row {
  const { id, conversion, person, touches, end, outcome } = journey
  const moments = [...touches, ...(end ? [end] : [])]
  const changes = touches.filter((touch, index) => index > 0 && touch.channel !== touches[index - 1]!.channel).length
  return {
    journey_id: id,
    conversion,
    person_id: person,
    started_at: moments[0]!.at,
    started_date: startedOn(journey),
    ended_at: moments.at(-1)!.at,
    ended_date: moments.at(-1)!.date,
    outcome,
    conversion_id: end?.id ?? null,
    revenue: end?.revenue ?? 0,
    currency: 'EUR',
    first_session_id: firstSession(journey),
    touchpoint_count: touches.length,
    offline_touchpoint_count: touches.filter(({ channel }) => channel === 'Store').length,
    session_count: new Set(touches.map(({ session }) => session)).size,
    duration_days: daysOf(journey),
    channel_change_count: changes,
    is_linear: changes < 2,
  }
}

/** The rows of `journey_moments`. */
export function momentRows({ id, conversion, person, touches, end }: Journey): readonly Row[] {
  const touched = touches.map((touch, index) => ({
    conversion,
    moment_kind: 'touchpoint',
    event_id: touch.id,
    journey_id: id,
    person_id: person,
    session_id: touch.session,
    conversion_id: null,
    occurred_at: touch.at,
    occurred_date: touch.date,
    channel: touch.channel,
    moment_number: index + 1,
  }))
  if (end === undefined) return touched
  const converted = {
    conversion,
    moment_kind: 'conversion',
    event_id: end.event,
    journey_id: id,
    person_id: person,
    session_id: end.session,
    conversion_id: end.id,
    occurred_at: end.at,
    occurred_date: end.date,
    channel: null,
    moment_number: touches.length + 1,
  }
  return [...touched, converted]
}

/** The rows of `journey_steps`. */
export function stepRows(journey: Journey): readonly Row[] {
  return dimensions.flatMap(dimension =>
    stepsOf(journey, dimension).map(({ step, at, touches, seconds }, index) => ({
      journey_id: journey.id,
      dimension,
      position: index + 1,
      step,
      occurred_at: at,
      touchpoint_count: touches,
      seconds_to_next: seconds,
    })),
  )
}

function firstSession({ touches, end }: Journey): string | null {
  return touches.length > 0 ? touches[0]!.session : end!.session
}

function rowsBy(rows: readonly Row[], column: string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const value = text(row, column)
    groups.set(value, [...(groups.get(value) ?? []), row])
  }
  return groups
}

function text(row: Row, column: string): string {
  return String(row[column])
}

function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column)
}
