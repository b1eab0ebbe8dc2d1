import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { AnyColumn, Columns } from '../../src/authoring/column.ts'
import { boolean, date, integer, number, real, text, timestamp } from '../../src/authoring/column-words.ts'
import { readCsvHeader } from '../../src/warehouse/duckdb/csv-file.ts'
import { landSource } from '../../src/warehouse/duckdb/land-source.ts'
import { problemsOf, sourceTable, useBench } from './raw-support.ts'

const shared = process.env.THROUGHLINE_SHARED_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
const data = join(shared, 'raw')
const isThere = existsSync(join(data, 'column_types.csv'))
const systems = ['hubspot', 'shopify', 'zendesk', 'twilio', 'google_ads', 'facebook_ads']

const words: Readonly<Record<string, (description: string) => AnyColumn>> = {
  int: integer,
  bigint: integer,
  numeric: number,
  string: text,
  float: real,
  boolean,
  timestamp,
  datetime: timestamp,
  date,
}

/** What stands in the files, or is said of their types, that is wrong. */
const wrong: Readonly<Record<string, readonly string[]>> = {
  'zendesk/ticket_data.csv': [
    '10 bad rows',
    ...[1, 2, 3, 4, 5].map(row => `row ${row}, column "recipient": "email@email.com" is not an integer`),
  ],
  'twilio/twilio_call_data.csv': [
    '1 bad row',
    'row 4, column "created_at": "2022-02-30 17:23:13.000000 UTC" is not a timestamp',
  ],
  'twilio/twilio_call_data_snowflake.csv': [
    '1 bad row',
    'row 4, column "created_at": "2022-02-30 17:23:13.000000 UTC" is not a timestamp',
  ],
  'google_ads/ad_group_stats_data.csv': [
    '5 bad rows',
    ...Object.entries({ 2: '4.416667', 8: '0.5', 11: '2.833334', 12: '1.5', 13: '2.233333' }).map(
      ([row, value]) => `row ${row}, column "conversions": "${value}" is not an integer`,
    ),
  ],
}

/** Declared types by `system.table.column`. */
function declaredTypes(): ReadonlyMap<string, string> {
  const lines = readFileSync(join(data, 'column_types.csv'), 'utf8').trim().split(/\r?\n/).slice(1)
  return new Map(
    lines.map(line => {
      const [system, table, column, type] = line.split(',')
      return [`${system!.replace('dbt_', '')}.${table}.${column}`, type!]
    }),
  )
}

function tableOf(file: string): string {
  const table = file.replace(/^(facebook_ads|shopify|twilio)_/, '').replace(/(_json)?_data(_[a-z]+)?\.csv$/, '')
  return table === 'engagement_communication' ? 'engagement_commmunication' : table
}

describe.skipIf(!isThere)(`Raw tables of real systems${isThere ? '' : ` (skipped: there is no ${data})`}`, () => {
  const bench = useBench()
  const types = isThere ? declaredTypes() : new Map<string, string>()
  const files = systems.flatMap(system =>
    isThere ? readdirSync(join(data, system)).map(name => ({ system, name })) : [],
  )

  test.each(files.filter(({ name }) => name.endsWith('.csv')))(
    'land in their types: $system/$name',
    async ({ system, name }) => {
      const file = join(data, system, name)
      const { names } = await readCsvHeader(file, [])
      const columns: Columns = Object.fromEntries(
        names.flatMap(column => {
          const type = types.get(`${system}.${tableOf(name)}.${column.toLowerCase()}`)
          return type === undefined ? [] : [[column, words[type]!(column)]]
        }),
      )
      expect(Object.keys(columns)).not.toEqual([])
      const problems = await problemsOf(landSource(bench.session, sourceTable(columns, { file })))
      expect(problems.map(({ message }) => message.replace(/^shop\.events: (\d+ bad rows?) .*/, '$1'))).toEqual(
        wrong[`${system}/${name}`] ?? [],
      )
    },
  )
})
