import { expect, test } from 'vitest'
import { identity } from '../../models/definitions/identity.ts'

const problem = (given: unknown) => identity.schema.safeParse(given).error?.issues[0]

test('a kind that stands twice in the order of strength is refused', () => {
  expect(problem({ strength: ['user_id', 'email', 'user_id'] })).toMatchObject({
    path: ['strength'],
    message: 'each kind once',
  })
})

test('a pattern that would block everybody is refused, with white space around it too', () => {
  for (const pattern of ['*', '**', ' * ']) {
    expect(problem({ blocked: { email: [pattern] } })?.message, pattern).toContain('would block everybody')
  }
  expect(problem({ blocked: { email: ['  '] } })?.path).toEqual(['blocked', 'email', 0])
})

test('a limit of none is refused: what links nobody is blocked', () => {
  expect(problem({ limits: [{ for_one: 'device_id', at_most: 0, of: 'user_id' }] })?.path).toEqual([
    'limits',
    0,
    'at_most',
  ])
})

test('placeholders of the config stand beside those that trackers write', () => {
  const { placeholders } = identity.schema.parse({ placeholders: [' Walk-In ', 'NULL'] })
  expect(placeholders).toContain('walk-in')
  expect(placeholders.filter(value => value === 'null')).toHaveLength(1)
})
