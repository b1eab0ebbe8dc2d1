import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dialects } from '../../src/compile/dialect/dialects.ts'
import { portable } from '../../src/compile/dialect/portable.ts'
import { checkPortable } from '../../src/compile/portable/check-portable.ts'
import { readyParser } from '../../src/compile/portable/parse.ts'
import type { Kind } from '../../src/compile/portable/walk.ts'
import { vouchedQuery } from '../../src/compile/snowflake/vouched.ts'
import { rowsDifference } from '../../src/conformance/compare-rows.ts'
import { authoredQuery, constructQuery } from '../../src/conformance/portable-core/construct.ts'
import { coreConstructs } from '../../src/conformance/portable-core/constructs.ts'
import { DuckDBSession } from '../../src/warehouse/duckdb/session.ts'
import { leftOut } from './left-out.ts'

/** A table with a column of each type; `maybe` may be NULL. */
const columns = new Map<string, Kind>([
  ['id', 'text'],
  ['a', 'text'],
  ['b', 'text'],
  ['maybe', 'text'],
  ['whole', 'integer'],
  ['spent', 'number'],
  ['weight', 'real'],
  ['truth', 'boolean'],
  ['day', 'date'],
  ['at', 'timestamp'],
])

let session: DuckDBSession
beforeAll(async () => {
  await readyParser()
  session = await DuckDBSession.open(await (await DuckDBInstance.create(':memory:')).connect())
})
afterAll(() => session.close())

const check = (sql: string) =>
  checkPortable(sql, {
    isNullable: name => (columns.has(name) ? name === 'maybe' : undefined),
    isGiven: () => true,
    typesOf: table => (table === 't' ? columns : undefined),
  })

describe('The lists of docs/portable-sql.md', () => {
  const page = readFileSync(new URL('../../docs/portable-sql.md', import.meta.url), 'utf8')
  const rowsUnder = (heading: string): readonly string[] => {
    const [, section = ''] = page.split(`## ${heading}\n`)
    const rows = section.split('\n## ')[0]!.match(/^\| .*/gm) ?? []
    return rows.slice(1).map(row => row.slice(2).replaceAll('\\|', '¦').split(' |')[0]!.replaceAll('¦', '|'))
  }

  test('have a worked query for every construct in the core, and no other', () => {
    const rows = rowsUnder('In the core')
    expect(rows.length).toBeGreaterThan(15)
    expect([...new Set(coreConstructs.map(({ row }) => row))].sort()).toEqual([...rows].sort())
  })

  test('have a refusal for every construct that is not in the core, and no other', () => {
    const rows = rowsUnder('Not in the core')
    expect(rows.length).toBeGreaterThan(25)
    expect(Object.keys(leftOut).sort()).toEqual([...rows].sort())
  })
})

describe('In the core', () => {
  test.each(coreConstructs.map(construct => [construct.row, construct.says, construct] as const))(
    '%s: %s',
    async (_, __, construct) => {
      expect(check(authoredQuery(construct, portable).text)).toEqual([])
      const text = constructQuery(construct, dialects.duckdb)
      const got = await session.query(text)
      expect(rowsDifference(construct.columns, [], construct.gives, got), text).toBeUndefined()
    },
  )

  test.each(coreConstructs.map(construct => [construct.row, construct.says, construct] as const))(
    'and on Snowflake by functions of the list: %s: %s',
    (_, __, construct) => {
      const text = constructQuery(construct, dialects.snowflake)
      expect(vouchedQuery(text, () => undefined).notVouched, text).toEqual([])
    },
  )
})

describe.each(Object.entries(leftOut))('Not in the core: %s', (_, texts) => {
  test.each(texts)('%s', (sql, says) => {
    const found = check(sql)
    expect(found.map(({ message }) => message)).toContainEqual(expect.stringContaining(says))
    for (const { hint } of found) expect(hint).not.toBe('')
  })
})
