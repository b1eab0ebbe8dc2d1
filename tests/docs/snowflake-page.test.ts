import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { init, parse } from '@guanmingchiu/sqlparser-ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { loadConfig } from '../../src/config/load-config.ts'

const page = readFileSync(fileURLToPath(new URL('../../docs/snowflake.md', import.meta.url)), 'utf8')
const targets = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => block!)
const statements = [...page.matchAll(/```sql\n(.*?)```/gs)]
  .flatMap(([, block]) => block!.split(/;\n/))
  .map(statement => statement.trim())
  .filter(statement => statement !== '')

/** What the parser does not know yet; a statement that it has learnt is to be taken off the list. */
const unknownToTheParser =
  /^(create (warehouse|resource monitor|compute pool|image repository|task)|alter (warehouse|task)) /
const known = statements.filter(statement => !unknownToTheParser.test(statement))
const unknown = statements.filter(statement => unknownToTheParser.test(statement))

beforeAll(async () => {
  await init()
})

describe('docs/snowflake.md has SQL to paste', () => {
  test('of roles, users, grants and queries', () => {
    expect(known.length).toBeGreaterThan(25)
    expect(unknown.length).toBe(8)
  })

  test.each(known)('which parses as Snowflake: %s', statement => {
    expect(() => parse(statement, 'snowflake')).not.toThrow()
  })

  test.each(unknown)('which is still more than the parser knows: %s', statement => {
    expect(() => parse(statement, 'snowflake')).toThrow()
  })
})

describe('docs/snowflake.md has targets to paste', () => {
  const env = {
    SNOWFLAKE_PRIVATE_KEY: 'key',
    SNOWFLAKE_ACCOUNT: 'ACME',
    SNOWFLAKE_HOST: 'acme.snowflakecomputing.com',
    SNOWFLAKE_TOKEN: 'token',
    USER: 'ann',
  }
  const read = (text: string, target: string) =>
    loadConfig({ file: 'x.yaml', text, env, sections: {}, sources: { hubspot: z.any() }, target }).target

  test('which the config takes', () => {
    const [prod, container] = targets
    expect(read(`project: p\n${prod}`, 'prod')).toMatchObject({ engine: 'snowflake', database: 'ANALYTICS' })
    expect(read(`project: p\n${prod}`, 'dev')).toMatchObject({ schema: 'JOURNEYS_ann' })
    const inContainer = `project: p\ntargets:\n${container!.replaceAll(/^/gm, '  ')}`
    expect(read(inContainer, 'container')).toMatchObject({ signIn: { kind: 'OAuth token' }, account: 'ACME' })
  })
})
