import type { TableName } from '../compile/compiled.ts'
import { type Dialect, literal } from '../compile/dialect/dialect.ts'
import { tableLabel } from '../compile/naming.ts'
import type { Fence } from '../warehouse/sharing.ts'
import { type KeyedRow, type OwnTable, type Session, type Warehouse, WarehouseError } from '../warehouse/warehouse.ts'
import { nullOf, type OwnColumn, ownRow, ownTable, plainInstant } from './own-table.ts'
import type { NodeResult, RunResult } from './result.ts'
import { totalCost } from './total-cost.ts'

const columns: readonly OwnColumn[] = [
  { name: 'run_id', type: 'text', says: 'The run' },
  { name: 'command', type: 'text', says: 'build, run or test' },
  {
    name: 'as_of',
    type: 'timestamp',
    says: 'What its models took for now, UTC; a retry keeps that of the earlier run',
  },
  { name: 'started_at', type: 'timestamp', says: 'When it began, UTC' },
  { name: 'finished_at', type: 'timestamp', says: 'When it ended, UTC' },
  { name: 'status', type: 'text', says: 'success, error (something failed) or cancelled (it was stopped)' },
  {
    name: 'succeeded_count',
    type: 'integer',
    says: 'Raw tables, models and tests of their own without a failure or warning',
  },
  { name: 'warned_count', type: 'integer', says: 'Those with a warning' },
  { name: 'failed_count', type: 'integer', says: 'Those that failed' },
  { name: 'skipped_count', type: 'integer', says: 'Those that were not reached, or wait for what failed' },
  { name: 'job_count', type: 'integer', says: 'Jobs of these; NULL where the warehouse counts none' },
  { name: 'bytes_processed', type: 'integer', says: 'What the jobs read; NULL where the warehouse does not tell' },
  { name: 'bytes_billed', type: 'integer', says: 'What is paid for; NULL where the warehouse bills none' },
  {
    name: 'slot_milliseconds',
    type: 'integer',
    says: 'Computing time of the jobs; NULL where the warehouse bills none',
  },
  {
    name: 'estimated_usd',
    type: 'number',
    says: 'US dollars by the list price for the bytes billed; NULL where the warehouse bills none',
  },
  {
    name: 'elapsed_milliseconds',
    type: 'integer',
    says: 'Time of the jobs, each from its sending to its answer; NULL where it is not told',
  },
  {
    name: 'cloud_services_credits',
    type: 'number',
    says: "Snowflake's credits for cloud services; NULL elsewhere, and where the account does not show them",
  },
]

/** `runs`, which readers may ask. */
export function runsTable(runs: TableName): OwnTable {
  return ownTable(runs, 'One row per run that began here: what became of it, and what it cost.', columns)
}

/** What `writeRun` writes down. */
export interface EndedRun {
  readonly result: RunResult
  /** ISO instant of the wall clock. */
  readonly beganAt: string
}

/** Writes down a run that has ended. Gives why that was not possible; what the run did stands all the same. */
export async function writeRun(
  session: Session,
  warehouse: Warehouse,
  runs: TableName,
  ended: EndedRun,
  fence: Fence | undefined,
): Promise<string | undefined> {
  try {
    await warehouse.writeRow(session, runRow(runs, ended, warehouse), fence)
    return undefined
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error
    return `this run could not be written down in ${tableLabel(runs)}: ${error.message}`
  }
}

function runRow(into: TableName, { result, beganAt }: EndedRun, { dialect, billing }: Warehouse): KeyedRow {
  const { runId, command, startedAt, finishedAt, status, results } = result
  const count = (wanted: NodeResult['status']) =>
    literal(dialect, results.filter(node => node.status === wanted).length)
  const values = [
    dialect.text(runId),
    dialect.text(command),
    dialect.timestamp(startedAt),
    dialect.timestamp(plainInstant(beganAt)),
    dialect.timestamp(plainInstant(finishedAt)),
    dialect.text(status),
    count('success'),
    count('warn'),
    count('error'),
    count('skipped'),
    ...costs(dialect, results, billing !== undefined),
  ]
  return ownRow(into, columns, values)
}

/** What is not told is NULL; where jobs are billed, no jobs cost 0. */
function costs(dialect: Dialect, results: readonly NodeResult[], areBilled: boolean): readonly string[] {
  const all = results.flatMap(({ costs: ofNode }) => ofNode)
  const total = totalCost(all)
  const none = areBilled && all.length === 0 ? 0 : undefined
  const integer = (value: number | undefined) =>
    value === undefined ? nullOf(dialect, 'integer') : literal(dialect, Math.round(value))
  const decimal = (value: number | undefined) =>
    value === undefined ? nullOf(dialect, 'number') : dialect.decimal(value.toFixed(9))
  return [
    integer(all.length === 0 ? none : all.length),
    integer(total.bytesProcessed ?? none),
    integer(total.bytesBilled ?? none),
    integer(total.slotMilliseconds ?? none),
    decimal(total.estimatedUsd ?? none),
    integer(total.elapsedMilliseconds),
    decimal(total.cloudServicesCredits),
  ]
}
