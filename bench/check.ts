import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkProject } from '../src/check/check-project.ts'
import { bindInWarehouse } from '../src/check/warehouse-binder.ts'
import { compileProject } from '../src/compile/compile-project.ts'
import { duckdb } from '../src/compile/dialect/duckdb.ts'
import { naming } from '../src/compile/naming.ts'
import * as engine from '../src/index.ts'
import { loadProject } from '../src/project/load-project.ts'
import { StrippedCache } from '../src/project/strip-types.ts'
import { DuckDBWarehouse } from '../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Recorded, recording } from './recorded.ts'
import { writeModels } from './thousand-models.ts'

// `check` of generated models, on all engines, against the time that DuckDB alone spends in binding the same queries.
// tsx bench/check.ts [models, 1000]

const count = Number(process.argv[2] ?? 1000)
const folder = mkdtempSync(join(tmpdir(), 'throughline-check-'))
try {
  writeModels(folder, count)
  const { project } = loadProject([folder], engine, new StrippedCache(undefined).strip)
  const clock = { startedAt: '2026-06-01 12:00:00', exclude: [], definitions: {}, sources: {} }
  const input = { project, dialect: duckdb, naming: naming(undefined), ...clock }
  const { compiled } = compileProject(input)

  const recorded: Recorded[] = []
  const first = await DuckDBWarehouse.open({ path: ':memory:' })
  await bindInWarehouse(compiled, recording(first, recorded))
  await first.close()
  const binding = recorded.reduce((sum, { seconds }) => sum + seconds, 0)

  const second = await DuckDBWarehouse.open({ path: ':memory:' })
  const startedAt = performance.now()
  const before = process.cpuUsage()
  const found = await checkProject(input, compiled, second)
  const wall = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage(before)
  await second.close()
  if (found.length > 0) throw new Error(found[0]!.message)

  console.log(`${count} models of 13 columns, checked for DuckDB, BigQuery and Snowflake`)
  console.log(`  check                      wall ${wall.toFixed(2)} s   CPU ${((user + system) / 1e6).toFixed(2)} s`)
  console.log(`  DuckDB's binding in it     wall ${binding.toFixed(2)} s   ${recorded.length} statements`)
  console.log(
    `check takes ${(wall / binding).toFixed(2)} times what DuckDB takes to bind; peak ${Math.round(process.resourceUsage().maxRSS / 1000)} MB`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
