import type { TableName } from '../compile/compiled.ts'
import { type Dialect, literal } from '../compile/dialect/dialect.ts'
import { tableLabel } from '../compile/naming.ts'
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
  { name: 'job_count', type: 'integer', says: 'Jobs of these; NULL where the warehouse bills none' },
  { name: 'bytes_processed', type: 'integer', says: 'What the jobs read; NULL where the warehouse bills none' },
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
): Promise<string | undefined> {
  try {
    await warehouse.writeRow(session, runRow(runs, ended, warehouse))
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
    ...(billing === undefined ? noCosts(dialect) : costs(dialect, results)),
  ]
  return ownRow(into, columns, values)
}

function costs(dialect: Dialect, results: readonly NodeResult[]): readonly string[] {
  const all = results.flatMap(({ costs: ofNode }) => ofNode)
  const { bytesProcessed, bytesBilled, slotMilliseconds, estimatedUsd } = totalCost(all)
  const counts = [all.length, bytesProcessed, bytesBilled, slotMilliseconds].map(value => literal(dialect, value))
  return [...counts, dialect.decimal(estimatedUsd.toFixed(9))]
}

function noCosts(dialect: Dialect): readonly string[] {
  return columns.slice(columns.findIndex(({ name }) => name === 'job_count')).map(({ type }) => nullOf(dialect, type))
}
