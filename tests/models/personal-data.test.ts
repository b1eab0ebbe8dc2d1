import { expect, it } from 'vitest'
import { tablePath } from '../../src/compile/naming.ts'
import { worldOf } from '../support/world.ts'

/** Raw values stand in these schemas alone: the first two are not published, the third is their one home. */
const homes = ['raw', 'staging', 'profiles']

it('Identifiers in the clear stand in profiles alone, of all that is published', async () => {
  const people = ['ann@example.com', '+49 170 1234567', 'b-4711']
  const world = await worldOf(
    people.flatMap((user, index) => [
      { at: `2026-01-0${index + 1} 10:00:00`, event: 'page_viewed', user, device: `phone of ${user}` },
      { at: `2026-01-0${index + 1} 10:05:00`, event: 'product_viewed', user, device: `phone of ${user}` },
      { at: `2026-01-0${index + 1} 10:06:00`, event: 'order_placed', user, order_id: `o${index}`, revenue: '9.90' },
    ]),
  )
  const found: string[] = []
  let scanned = 0
  for (const { name, materialization, table, columns } of world.compiled.models.values()) {
    if (materialization === 'inline') continue
    for (const [column, { typeName }] of Object.entries(columns)) {
      if (typeName !== 'text') continue
      const query = `select 1 as hit from ${tablePath(table)} where ${people.map(value => `contains(${column}, '${value}')`).join(' or ')} limit 1`
      const [hit] = await world.session.query(query)
      scanned += 1
      if (hit !== undefined) found.push(`${table.schema}.${name}.${column}`)
    }
  }
  expect(scanned).toBeGreaterThan(200)
  expect(found.filter(place => !homes.includes(place.split('.')[0]!))).toEqual([])
  // The scan finds what there is.
  expect(found).toContain('profiles.identifiers.identifier_value')
})
