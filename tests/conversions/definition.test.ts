import { expect, test } from 'vitest'
import { conversions } from '../../models/definitions/conversions.ts'

const problem = (given: unknown) => conversions.schema.safeParse(given).error?.issues[0]

test('without a section, an order is a conversion that is worth its revenue', () => {
  expect(conversions.schema.parse(undefined)).toEqual({
    purchase: { match: { events: ['order_placed'], where: [] }, value: 'revenue', micro: false, counts: 'every' },
  })
})

test('a way of counting that does not exist is refused', () => {
  expect(problem({ purchase: { event: 'order_placed', counts: 'once' } })?.path).toEqual(['purchase', 'counts'])
})

test('an empty section, an unknown key and a negative worth are refused', () => {
  expect(problem({})?.message).toBe('at least one conversion')
  expect(problem({ purchase: { event: 'order_placed', worth: 1 } })?.message).toContain('worth')
  expect(problem({ purchase: { event: 'order_placed', value: -1 } })).toBeDefined()
})
