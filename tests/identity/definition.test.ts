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

test('an identifier of the config is one of one kind, in words or as a number', () => {
  expect(identity.schema.parse({ merge: [[{ user_id: 17 }, { email: ' a@b ' }]] }).merge).toEqual([
    [
      { kind: 'user_id', value: '17' },
      { kind: 'email', value: 'a@b' },
    ],
  ])
  expect(problem({ merge: [[{ user_id: 17, email: 'a@b' }, { user_id: 18 }]] })?.message).toContain('one identifier')
  expect(problem({ keep_apart: [[{ user_id: 17 }]] })?.message).toContain('two identifiers or more')
})

test('a country whose numbers we do not know is refused', () => {
  expect(problem({ phone_country: 'XX' })?.path).toEqual(['phone_country'])
  expect(identity.schema.parse({}).phone_country).toBeUndefined()
})

test('kinds link in pairs', () => {
  expect(identity.schema.parse({}).links).toBe('all')
  expect(problem({ links: [['user_id', 'email', 'phone']] })).toBeDefined()
  expect(problem({ links: 'none' })).toBeDefined()
})

test('without limits of its own a device, browser, number or order has at most three user ids and three addresses', () => {
  const { limits } = identity.schema.parse({})
  expect(limits.map(({ for_one, at_most, of }) => `${for_one} ${at_most} ${of}`)).toEqual([
    'device_id 3 user_id',
    'device_id 3 email',
    'cookie_id 3 user_id',
    'cookie_id 3 email',
    'phone 3 user_id',
    'phone 3 email',
    'order_id 3 user_id',
    'order_id 3 email',
    'email 3 user_id',
  ])
})
