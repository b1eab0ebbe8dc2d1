import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { folderOf, projectOf, type TestProject } from '../support/project.ts'
import { rowsInFile } from '../support/run.ts'
import { shopFiles } from './shop.ts'

export const header = 'order_id,customer,amount\n'
export const good = `${header}o1,ann,10.50\no2,ann,4.50\no3,bob,7\n`

/** A folder with the raw orders and a database, and projects over them. */
export function bench(csv: string) {
  const folder = folderOf({ 'orders.csv': csv })
  const file = join(folder, 'orders.csv')
  const database = join(folder, 'shop.duckdb')
  return {
    database,
    write: (text: string) => writeFileSync(file, text),
    project: (files = shopFiles()): TestProject => {
      const project = projectOf(files, { sources: { shop: { file } } })
      expect(project.problems).toEqual([])
      return project
    },
    rows: (query: string) => rowsInFile(database, query),
  }
}
