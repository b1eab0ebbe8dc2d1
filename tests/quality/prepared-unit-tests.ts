import { expect } from 'vitest'
import * as engine from '../../src/index.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import { onDuckDB } from '../../src/quality/unit-test/on-duckdb.ts'
import { type PreparedUnitTests, prepareUnitTests, type UnitTestOutcome } from '../../src/quality/unit-tests.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Files, folderOf } from '../support/project.ts'
import { orderFiles } from './orders.ts'

const imports = `
import { defined, given, givenRaw, unitTest } from 'throughline'
import { rules } from '../models/definitions/rules'
import { countdown } from '../models/shop/countdown'
import { order_taxes } from '../models/shop/order_taxes'
import { paid_orders } from '../models/staging/paid_orders'
import { stg_orders } from '../models/staging/stg_orders'
import { sites } from '../seeds/sites'
import { shop } from '../sources/shop'
`

export interface Prepared extends PreparedUnitTests {
  /** Problems as a person reads them, without the temporary folder. */
  readonly said: readonly string[]
  outcome(name: string): Promise<UnitTestOutcome>
}

/** Unit tests by name, each as what stands in `unitTest({ … })`, over the files of `orders.ts`. */
export function prepared(tests: Readonly<Record<string, string>>, files: Files = {}, imported = ''): Prepared {
  const written = Object.entries(tests).map(([name, body]) => [
    `unit_tests/${name}.ts`,
    `${imports}${imported}\nexport const ${name} = unitTest({\n  description: 'Tested.',\n  ${body}\n})\n`,
  ])
  const folder = folderOf({ ...orderFiles, ...files, ...Object.fromEntries(written) })
  const { project, problems } = loadProject([folder], engine, new StrippedCache(undefined).strip)
  expect(problems).toEqual([])
  const runsOn = onDuckDB(() => DuckDBWarehouse.open({ path: ':memory:' }))
  const all = prepareUnitTests({ project, startedAt: '2026-06-01 12:00:00', engine: runsOn })
  const said = all.problems.map(problem => describeProblem(problem).replaceAll(`${folder}/`, ''))
  const outcome = (name: string) => all.tests.find(each => each.name === name)!.run()
  return { ...all, said, outcome }
}

export const withoutSeconds = ({ status, message }: UnitTestOutcome) => ({ status, message })
export const passed = { status: 'pass', message: undefined }
