import { graphOf } from '../../src/compile/graph-of.ts'
import { naming } from '../../src/compile/naming.ts'
import { select } from '../../src/project/selector.ts'
import type { PreparedUnitTest } from '../../src/quality/unit-tests.ts'
import type { RunEvent } from '../../src/run/events.ts'
import type { NodeResult, RunResult } from '../../src/run/result.ts'
import type { RunInput } from '../../src/run/run-input.ts'
import { runProject } from '../../src/run/run-project.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import type { Row, Warehouse } from '../../src/warehouse/warehouse.ts'
import type { TestProject } from './project.ts'

export interface Ran {
  readonly result: RunResult
  readonly events: readonly RunEvent[]
  /** What became of a node. */
  node(name: string): NodeResult
  /** `name: status` of each node, by name. */
  readonly statuses: Readonly<Record<string, string>>
}

export interface RunOptions
  extends Partial<Pick<RunInput, 'command' | 'threads' | 'failFast' | 'storeFailures' | 'runId' | 'signal' | 'emit'>> {
  /** As `--select`; everything where it is left out. */
  readonly select?: readonly string[]
  readonly unitTests?: readonly PreparedUnitTest[]
  readonly prefix?: string
}

/** Runs a compiled project in a warehouse, as `throughline build` would. */
export async function runIn(
  warehouse: Warehouse,
  { compiled, input }: TestProject,
  options: RunOptions = {},
): Promise<Ran> {
  const events: RunEvent[] = []
  const selected = new Set(select(graphOf(compiled), { select: options.select ?? [], exclude: [] }).names)
  const dataTests = compiled.dataTests.filter(({ reads }) => reads.some(name => selected.has(name)))
  const result = await runProject({
    runId: options.runId ?? 'run_1',
    owner: 'a test',
    every: () => () => undefined,
    command: options.command ?? 'build',
    startedAt: input.startedAt,
    target: 'local',
    compiled,
    naming: naming(options.prefix),
    warehouse,
    selected,
    dataTests: new Set(dataTests.map(({ name }) => name)),
    unitTests: options.unitTests ?? [],
    threads: options.threads ?? 2,
    failFast: options.failFast ?? false,
    storeFailures: options.storeFailures,
    signal: options.signal ?? new AbortController().signal,
    emit: event => {
      events.push(event)
      options.emit?.(event)
    },
  })
  return {
    result,
    events,
    node: name => result.results.find(node => node.name === name)!,
    statuses: Object.fromEntries(result.results.map(({ name, status }) => [name, status]).sort()),
  }
}

/** The same in a DuckDB file, which is closed afterwards. */
export async function runInFile(path: string, project: TestProject, options: RunOptions = {}): Promise<Ran> {
  const warehouse = await DuckDBWarehouse.open({ path })
  try {
    return await runIn(warehouse, project, options)
  } finally {
    await warehouse.close()
  }
}

/** Rows of a query in a DuckDB file. */
export async function rowsInFile(path: string, query: string): Promise<readonly Row[]> {
  const warehouse = await DuckDBWarehouse.open({ path })
  const session = await warehouse.connect()
  try {
    return await session.query(query)
  } finally {
    session.close()
    await warehouse.close()
  }
}
