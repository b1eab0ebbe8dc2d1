import { expect, test } from 'vitest'
import { stages } from '../../models/definitions/stages.ts'

const problem = (given: unknown) => stages.schema.safeParse(given).error?.issues[0]

test('without a section there are no stages', () => {
  expect(stages.schema.parse(undefined)).toEqual({})
})

test('a stage is an event, a list, or events with conditions, so many of them', () => {
  const parsed = stages.schema.parse({
    aware: 'page_viewed',
    interested: ['product_viewed', 'chat_started'],
    customer: { event: 'order_placed', where: { platform: 'web' } },
    loyal: { event: 'order_placed', at_least: 2 },
  })
  expect(Object.entries(parsed)).toEqual([
    ['aware', { match: { events: ['page_viewed'], where: [] }, atLeast: 1 }],
    ['interested', { match: { events: ['product_viewed', 'chat_started'], where: [] }, atLeast: 1 }],
    [
      'customer',
      {
        match: {
          events: ['order_placed'],
          where: [{ kind: 'text', column: 'platform', any: ['web'], isNegated: false }],
        },
        atLeast: 1,
      },
    ],
    ['loyal', { match: { events: ['order_placed'], where: [] }, atLeast: 2 }],
  ])
})

test('none of the events, a part of one, and what nothing acts on are refused', () => {
  expect(problem({ loyal: { event: 'order_placed', at_least: 0 } })).toBeDefined()
  expect(problem({ loyal: { event: 'order_placed', at_least: 1.5 } })).toBeDefined()
  expect(problem({ loyal: { event: 'order_placed', within: '30 days' } })).toBeDefined()
  expect(problem({ 'Loyal customers': 'order_placed' })).toBeDefined()
})

test('there are at most 20', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`stage_${n}`, 'seen']))
  expect(problem(many(20))).toBeUndefined()
  expect(problem(many(21))?.message).toBe('at most 20 stages')
})
