import { expect, test } from 'vitest'
import { measure, shapes } from '../../bench/identity.ts'

test.each(shapes)('$name: twenty thousand links make the components of union-find, in a few rounds', async shape => {
  const { rounds, links } = await measure(shape, 20_000)
  expect(links).toBeGreaterThan(15_000)
  expect(rounds).toBeLessThanOrEqual(15)
})
