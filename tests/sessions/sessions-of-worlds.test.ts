import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ReckonedEvent, reckonPeople, sha256 } from '../identity/reckoned-people.ts'
import { isNobody, limits, worldDefinitions, worlds } from '../identity/worlds.ts'
import { worldOf } from '../support/world.ts'

const runs = { numRuns: 6, endOnFailure: true }

describe('in any world', () => {
  test('sessions are those that a plain walk through the actions of each person finds', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async events => {
        const world = await worldOf(events, { definitions: worldDefinitions, models: ['sessions'] })
        const raw = await world.rows('select * from raw.clickstream__events')
        const walked = walk(reckonPeople(raw, limits, isNobody).events)

        const placed = await world.rows(`
          select event_id, person_id, session_id, sequence_in_session, sequence_in_person, seconds_since_previous
          from journeys.person_events order by event_id`)
        expect(placed).toEqual([...walked.events].sort((a, b) => (a.event_id < b.event_id ? -1 : 1)))

        const sessions = await world.rows(`
          select session_id, person_id, started_at, ended_at, event_count, duration_seconds, is_new_person
          from journeys.sessions order by session_id`)
        expect(sessions).toEqual([...walked.sessions].sort((a, b) => (a.session_id < b.session_id ? -1 : 1)))
      }),
      runs,
    )
  })

  test('sessions partition the actions of each person, and no pause within one is longer than the timeout', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async events => {
        const world = await worldOf(events, { definitions: worldDefinitions, models: ['sessions'] })
        const outside = await world.rows(`
          select p.event_id
          from journeys.person_events as p
          left join journeys.sessions as s
            on s.session_id = p.session_id and s.person_id = p.person_id
              and p.occurred_at between s.started_at and s.ended_at
          where s.session_id is null`)
        expect(outside).toEqual([])

        const [totals] = await world.rows('select sum(event_count)::integer as actions from journeys.sessions')
        expect(totals!.actions).toBe(new Set(events.map(({ event_id }) => event_id)).size)

        const pauses = await world.rows(`
          with pauses as (
            select session_id, occurred_at - lag(occurred_at) over (partition by session_id order by occurred_at, event_id) as pause
            from journeys.person_events
          ),
          gaps as (
            select person_id, started_at - lag(ended_at) over (partition by person_id order by started_at) as gap from journeys.sessions
          )
          select 'within' as wrong from pauses where pause > interval '30 minutes'
          union all
          select 'between' from gaps where gap <= interval '30 minutes'`)
        expect(pauses).toEqual([])
      }),
      runs,
    )
  })
})

const timeoutMicroseconds = 30n * 60_000_000n

/** One pass through each person's events in order of (instant, id). Everything in a clickstream is a customer's action. */
function walk(events: readonly ReckonedEvent[]) {
  const placed = []
  const sessions = []
  for (const person of new Set(events.map(({ person_id }) => person_id))) {
    const own = events.filter(({ person_id }) => person_id === person)
    own.sort((a, b) => (a.at === b.at ? (a.event_id < b.event_id ? -1 : 1) : a.at < b.at ? -1 : 1))
    const starts = own.map((event, index) => {
      const previous = own[index - 1]
      return previous === undefined || microseconds(event.at) - microseconds(previous.at) > timeoutMicroseconds
    })
    let first = 0
    for (const [index, event] of own.entries()) {
      if (starts[index]) first = index
      const previous = own[index - 1]
      const session_id = sha256(own[first]!.event_id)
      placed.push({
        event_id: event.event_id,
        person_id: event.person_id,
        session_id,
        sequence_in_session: index - first + 1,
        sequence_in_person: index + 1,
        seconds_since_previous:
          previous === undefined ? null : Number((microseconds(event.at) - microseconds(previous.at)) / 1_000_000n),
      })
      if (index + 1 < own.length && !starts[index + 1]) continue
      sessions.push({
        session_id,
        person_id: event.person_id,
        started_at: own[first]!.at,
        ended_at: event.at,
        event_count: index - first + 1,
        duration_seconds: Number((microseconds(event.at) - microseconds(own[first]!.at)) / 1_000_000n),
        is_new_person: first === 0,
      })
    }
  }
  return { events: placed, sessions }
}

function microseconds(at: string): bigint {
  const [whole, fraction = ''] = at.split('.')
  return BigInt(Date.parse(`${whole!.replace(' ', 'T')}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'))
}
