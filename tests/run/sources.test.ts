import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ProblemsError } from '../../src/problems/problem.ts'
import { folderOf, projectOf, type TestProject } from '../support/project.ts'
import { rowsInFile, runInFile } from '../support/run.ts'
import { shopFiles } from './shop.ts'

const tables = "select schema_name || '.' || table_name as name from duckdb_tables() order by 1"

async function refusalOf(database: string, project: TestProject): Promise<readonly string[]> {
  const error = await runInFile(database, project).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ProblemsError)
  return (error as ProblemsError).problems.map(({ message }) => message)
}

it('A source whose column changed its type is told before anything is built', async () => {
  const folder = folderOf({})
  const [file, database] = [join(folder, 'orders.parquet'), join(folder, 'shop.duckdb')]
  await rowsInFile(
    join(folder, 'maker.duckdb'),
    `copy (select 'o1' as order_id, 'ann' as customer, date '2026-01-01' as amount) to '${file}'`,
  )
  const project = projectOf(shopFiles(), { sources: { shop: { file } } })
  expect(await refusalOf(database, project)).toEqual([expect.stringMatching(/^shop\.orders: .*"amount"/)])
  expect(await rowsInFile(database, tables)).toEqual([])
})

it('A source table that is not there is told before anything is built', async () => {
  const folder = folderOf({})
  const database = join(folder, 'shop.duckdb')
  const files = shopFiles()
  const source = files['sources/shop.ts']!.replace(
    "location: ({ file }) => ({ file, badRows: 'fail' })",
    "location: ({ file }) => ({ table: file, badRows: 'fail' })",
  )
  await rowsInFile(database, 'create schema landing')
  await rowsInFile(database, 'create table landing.orders as select 1 as order_id')
  const project = projectOf({ ...files, 'sources/shop.ts': source }, { sources: { shop: { file: 'landing.ordres' } } })
  const told = await refusalOf(database, project)
  expect(told).toEqual([expect.stringContaining('landing.ordres')])
  expect(await rowsInFile(database, tables)).toEqual([{ name: 'landing.orders' }])
})

it('A folder that this user may not write to is told with what is needed', async context => {
  context.skip(process.getuid?.() === 0, 'root may write everywhere')
  const folder = folderOf({})
  mkdirSync(join(folder, 'locked'))
  chmodSync(join(folder, 'locked'), 0o555)
  const project = projectOf(shopFiles(), { sources: { shop: { file: join(folder, 'orders.csv') } } })
  expect(await refusalOf(join(folder, 'locked/shop.duckdb'), project)).toEqual([
    expect.stringMatching(/^cannot open .*locked\/shop\.duckdb: /),
  ])
})
