import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateRetailer, type RetailerOptions } from '../../examples/retailer/generate.ts'
import type { ColumnType } from '../../src/authoring/column-type.ts'
import { Terminal } from '../../src/cli/terminal.ts'
import { openWorkspace } from '../../src/cli/workspace.ts'
import { compileProject } from '../../src/compile/compile-project.ts'
import type { CompiledModel, CompiledProject, TableName } from '../../src/compile/compiled.ts'
import type { Dialect } from '../../src/compile/dialect/dialect.ts'
import { graphOf } from '../../src/compile/graph-of.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { topologicalOrder } from '../../src/project/graph.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Loading, loadingOf } from '../../src/warehouse/local-files.ts'
import type { Row, Session } from '../../src/warehouse/warehouse.ts'
import { type Answer, effectsOf, type } from '../cli/support.ts'

/** The sample project built over a generated retailer in DuckDB. */
export interface RetailerHere {
  /** Its SQL for an engine, as of the same instant. */
  compiledFor(dialect: Dialect): CompiledProject
  /** What DuckDB gives. */
  query(sql: string): Promise<readonly Row[]>
  /** The rows of one of its tables, to be loaded elsewhere. */
  loading(table: TableName, columns: Readonly<Record<string, ColumnType>>): Loading
  /** A session with DuckDB. */
  readonly session: Session
  /** Types a command for the same project, with the same files, in a target as the config has it: `['build']`. */
  typeIn(target: string, args: readonly [command: string, ...options: string[]]): Promise<Answer>
  close(): Promise<void>
}

const stock = fileURLToPath(new URL('../../', import.meta.url))
const configFile = 'warehouse.config.yaml'
const now = '2026-06-01T12:00:00.000Z'

export async function retailerHere(size: Omit<RetailerOptions, 'folder'>): Promise<RetailerHere> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-conformance-'))
  try {
    return await build(folder, size)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

async function build(folder: string, size: Omit<RetailerOptions, 'folder'>): Promise<RetailerHere> {
  for (const name of [configFile, 'seeds'])
    cpSync(join(stock, 'examples/retailer', name), join(folder, name), { recursive: true })
  await generateRetailer({ ...size, folder: join(folder, '.throughline') })
  const built = await type(folder, ['build'], { stock, now })
  if (built.exitCode !== 0) throw new Error(built.stdout + built.stderr)
  const warehouse = await DuckDBWarehouse.open({ path: join(folder, '.throughline/retailer.duckdb') })
  const session = await warehouse.connect()
  return {
    compiledFor: dialect => compiledIn(folder, dialect),
    query: sql => session.query(sql),
    loading: (table, columns) => loadingOf(session, folder, table, columns),
    session,
    typeIn: (target, [command, ...options]) => {
      const proof = readFileSync(join(folder, configFile), 'utf8').replace(
        /^targets:$/m,
        `targets:\n  proof: ${target}`,
      )
      writeFileSync(join(folder, 'proof.config.yaml'), proof)
      return type(folder, [command, '--config', 'proof.config.yaml', '--target', 'proof', ...options], { stock, now })
    },
    close: async () => {
      session.close()
      await warehouse.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The models that have a query and rows of their own, parents first. */
export function modelsWithQueries(compiled: CompiledProject): readonly string[] {
  const hasRows = (model: CompiledModel | undefined): boolean =>
    model?.query !== undefined && model.materialization !== 'inline'
  return topologicalOrder(graphOf(compiled)).filter(name => hasRows(compiled.models.get(name)))
}

function compiledIn(folder: string, dialect: Dialect): CompiledProject {
  const terminal = new Terminal(effectsOf(folder, { stock, now }).effects, 'text', false)
  const { compiled, problems } = compileProject({ ...openWorkspace({}, terminal).input, dialect })
  if (problems.length > 0) throw new Error(problems.map(describeProblem).join('\n'))
  return compiled
}
