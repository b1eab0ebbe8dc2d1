import fc from 'fast-check'
import type { RawEvent } from '../support/world.ts'
import type { Limit } from './reckoned-people.ts'

/** Both ways, so that people are shared as well as devices. */
export const limits: readonly Limit[] = [
  { for_one: 'device_id', at_most: 1, of: 'user_id' },
  { for_one: 'user_id', at_most: 2, of: 'device_id' },
]

export const worldDefinitions = {
  identity: { strength: ['user_id', 'device_id'], limits, blocked: { user_id: ['test-*'] } },
  sessions: { timeout: '30 minutes' },
}

export const isNobody = (kind: string, value: string): boolean =>
  value.toLowerCase() === 'guest' || (kind === 'user_id' && value.startsWith('test-'))

const start = Date.UTC(2026, 2, 1, 9)

/** A quarter of an hour is the grid, so that pauses are often exactly the timeout; and sometimes a microsecond more. */
const instant = fc
  .tuple(fc.nat(20), fc.constantFrom('000000', '000000', '000000', '000001'))
  .map(([step, fraction]) => {
    const [date, time] = new Date(start + step * 900_000).toISOString().split(/[TZ]/)
    return `${date} ${time!.slice(0, 8)}.${fraction}`
  })

const rawEvent = fc.record({
  event_id: fc.nat(19).map(number => `e${number}`),
  at: instant,
  event: fc.constantFrom('page_viewed', 'order_placed'),
  user: fc.constantFrom(null, null, 'u0', 'u1', 'u2', 'u3', ' u0 ', 'GUEST', 'test-1', ''),
  device: fc.constantFrom(null, 'd0', 'd1', 'd2', 'd3', 'd4', 'd5'),
  loaded_at: fc.constantFrom(null, '2026-03-03 00:00:00', '2026-03-04 00:00:00'),
})

/** Rows of one small world: some events have several versions, some rows stand twice, in no order. */
const world = fc
  .tuple(fc.array(rawEvent, { minLength: 6, maxLength: 24 }), fc.array(fc.nat(23), { maxLength: 3 }))
  .map(([rows, again]) => [...rows, ...again.flatMap(index => rows.slice(index, index + 1))])

/** Many worlds in one database, their ids apart: the statements cost little more for all than for one. */
export const worlds = fc
  .array(world, { minLength: 60, maxLength: 60 })
  .map(all => all.flatMap((rows, number) => rows.map(row => inWorld(row, number))))

function inWorld(row: RawEvent, number: number): RawEvent {
  const apart = (value: string | null | undefined) =>
    value === null || value === undefined || /^(GUEST|test-1|)$/.test(value)
      ? value
      : value.replace(/(?=[ud]\d)/, `w${number}-`)
  return {
    ...row,
    event_id: `w${number}-${row.event_id}`,
    user: apart(row.user) ?? null,
    device: apart(row.device) ?? null,
  }
}
