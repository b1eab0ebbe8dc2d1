import { describe, expect, test } from 'vitest'
import { freshnessIn, locationIn } from '../../src/authoring/location.ts'
import { configJsonSchema } from '../../src/config/json-schema.ts'
import { landedTables } from '../../src/config/landed-tables.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { z } from '../../src/index.ts'
import { describeProblem, ProblemsError } from '../../src/problems/problem.ts'

const settings = landedTables(['contact', 'email_event'], { portal: z.string().optional().describe('The portal.') })

const load = (yaml: string) => {
  const text = `sources:\n  hubspot: ${yaml}\n`
  const input = { file: '/shop/warehouse.config.yaml', text, env: {}, sections: {}, target: undefined }
  return loadConfig({ ...input, sources: { hubspot: settings } }).sources.hubspot as z.output<typeof settings>
}
const told = (yaml: string): readonly string[] => {
  try {
    load(yaml)
  } catch (error) {
    if (!(error instanceof ProblemsError)) throw error
    return error.problems.map(problem => describeProblem({ ...problem, excerpt: undefined, place: undefined }))
  }
  return []
}

describe('The settings of a system whose tables are landed', () => {
  test('name a folder or a schema, and may say more', () => {
    expect(load('{ folder: raw/hubspot }')).toEqual({ folder: 'raw/hubspot', bad_rows: 'fail', without: [] })
    expect(
      load(
        '{ schema: raw_hubspot, bad_rows: quarantine, without: [email_event], portal: "123", freshness: { warn_after: 12 hours, error_after: 2 days } }',
      ),
    ).toEqual({
      schema: 'raw_hubspot',
      bad_rows: 'quarantine',
      without: ['email_event'],
      portal: '123',
      freshness: { warn_after: 43_200, error_after: 172_800 },
    })
  })

  test.each([
    ['{ portal: "1" }', 'sources.hubspot: name a folder or a schema'],
    ['{ folder: a, schema: b }', 'sources.hubspot.schema: name a folder or a schema, not both'],
    ['{ folder: a, portel: "1" }', /portel.*did you mean portal\?/],
    ['{ folder: a, without: [email_events] }', /email_events.*did you mean email_event\?/],
    ['{ folder: a, without: [contact, contact] }', 'sources.hubspot.without[1]: contact is named twice'],
    ['{ folder: a, bad_rows: drop }', /drop/],
    ['{ folder: a, freshness: { warn_after: soon } }', /"soon" is not a duration/],
    [
      '{ folder: a, freshness: { warn_after: 2 days, error_after: 12 hours } }',
      'sources.hubspot.freshness.error_after: is shorter than warn_after: a table would be wrong before it is worth a warning',
    ],
  ])('are refused where they are wrong: %s', (yaml, message) => {
    expect(told(yaml)).toEqual([typeof message === 'string' ? message : expect.stringMatching(message)])
  })

  test('say where a table stands, and how fresh it should be', () => {
    expect(locationIn(load('{ folder: raw, without: [email_event] }'), 'contact')).toEqual({
      folder: 'raw',
      basename: 'contact',
      badRows: 'fail',
    })
    expect(locationIn(load('{ schema: raw, bad_rows: quarantine }'), 'contact')).toEqual({
      table: 'raw.contact',
      canDoWithout: 'contact',
      badRows: 'quarantine',
    })
    expect(locationIn(load('{ schema: raw, without: [contact] }'), 'contact')).toEqual({
      notLoaded: true,
      badRows: 'fail',
    })
    expect(freshnessIn(load('{ folder: raw, freshness: { warn_after: 1 hour } }'))).toEqual({ warnAfterSeconds: 3600 })
    expect(freshnessIn(load('{ folder: raw }'))).toBe(undefined)
  })

  test('are told to editors, each with what it means', () => {
    const schema = JSON.stringify(configJsonSchema({}, { hubspot: settings }))
    for (const key of ['folder', 'schema', 'bad_rows', 'without', 'freshness', 'warn_after', 'error_after', 'portal']) {
      expect(schema).toMatch(new RegExp(`"${key}":\\{[^{}]*("items":\\{[^{}]*\\}[^{}]*)?"description":"`))
    }
    expect(schema).toContain('"enum":["contact","email_event"]')
  })

  test('of a system may not be called as those of all', () => {
    expect(() => landedTables(['a'], { folder: z.string() })).toThrow(
      "landedTables: 'folder' is a setting of every system: name yours otherwise",
    )
  })
})
