import { expect, test } from 'vitest'
import { measure, measureTerritories, shapes } from '../../bench/identity.ts'

test.each(shapes)('$name: twenty thousand links make the components of union-find, in a few rounds', async shape => {
  const { rounds, links } = await measure(shape, 20_000)
  expect(links).toBeGreaterThan(15_000)
  expect(rounds).toBeLessThanOrEqual(15)
})

test('twenty thousand identifiers of people who are linked with another each find their own user id', async () => {
  expect((await measureTerritories(20_000)).identifiers).toBe(20_000)
})
