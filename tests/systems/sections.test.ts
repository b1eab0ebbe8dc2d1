import { expect, test } from 'vitest'
import { stockProject } from '../support/world.ts'

test('what a system says of other sections of the config is what they take', () => {
  const { sources, definitions } = stockProject()
  const said: string[] = []
  for (const [name, { value }] of sources) {
    for (const [section, given] of Object.entries(value.sections)) {
      said.push(`${name}: ${section}`)
      const definition = [...definitions.values()].find(({ value }) => value.section === section)
      expect(definition, `${name} speaks of ${section}`).toBeDefined()
      expect(definition?.value.schema.safeParse(given), `${name} speaks of ${section}`).toMatchObject({ success: true })
    }
  }
  expect(said).toEqual(['ga4: events', 'shopify: events'])
})
