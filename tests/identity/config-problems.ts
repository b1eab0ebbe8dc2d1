import { compileProject } from '../../src/compile/compile-project.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { naming } from '../../src/compile/naming.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { stockProject } from '../support/world.ts'

/** What a user reads, and where, who has these lines under `identity`. */
export function problemsWith(lines: string): readonly string[] {
  const project = stockProject()
  const text = `project: acme\ntargets: { local: { engine: duckdb, path: a.duckdb } }\nidentity:\n${lines}`
  const sections = Object.fromEntries(
    [...project.definitions.values()].map(({ value }) => [value.section, value.schema]),
  )
  const config = loadConfig({ file: 'warehouse.config.yaml', text, env: {}, sections, sources: {} })
  const { problems } = compileProject({
    project,
    dialect: duckdb,
    naming: naming(undefined),
    definitions: config.definitions,
    sources: {},
    exclude: [],
    startedAt: '2026-06-01 12:00:00',
    inConfig: config.problem,
  })
  return problems.map(problem => describeProblem(problem).split('\n')[0]!)
}
