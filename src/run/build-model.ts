import type { CompiledModel, Naming, TableName } from '../compile/compiled.ts'
import { buildScratch } from '../materialize/build-scratch.ts'
import { runTests, type TestedTable } from '../quality/run-tests.ts'
import type { TestSettings } from '../quality/test-settings.ts'
import { clearingAway } from '../warehouse/clearing-away.ts'
import type { Fence } from '../warehouse/sharing.ts'
import { dropTable, dropView } from '../warehouse/statements.ts'
import type { Session, Warehouse } from '../warehouse/warehouse.ts'
import { plainInstant } from './own-table.ts'
import { publishedRow } from './table-status.ts'

export interface BuildSettings {
  readonly warehouse: Warehouse
  readonly naming: Naming
  readonly runId: string
  readonly fence: Fence | undefined
  readonly tests: TestSettings
  /** How far the data of a model's parents goes, where it has no column that says it. */
  readonly dataThrough: (model: CompiledModel) => string | undefined
}

export interface BuiltModel extends TestedTable {
  /** False where a blocking test failed: the live table has its earlier rows. */
  readonly isPublished: boolean
  /** Why the live table had to be made anew. */
  readonly replacedBecause: string | undefined
  /** Whoever was granted the old table has the new one too. */
  readonly hasGrantsAgain?: boolean
  /** What else is to be said of that, or of a view that was replaced. */
  readonly remarks?: readonly string[]
}

/** Makes a model's rows in scratch, tests them there, and puts what passed into the live table in one step. */
export async function buildModel(session: Session, model: CompiledModel, settings: BuildSettings): Promise<BuiltModel> {
  const { warehouse, naming } = settings
  const scratch = await buildScratch(session, warehouse, model, naming)
  const tested = await runTests(session, model, scratch, settings.tests)
  const dataThrough = tested.dataThrough ?? settings.dataThrough(model)
  if (tested.tests.some(({ status }) => status === 'fail' || status === 'error')) {
    await clearingAway(session).execute(model.materialization === 'view' ? dropView(scratch) : dropTable(scratch))
    return { ...tested, dataThrough, isPublished: false, replacedBecause: undefined }
  }
  const status = publishedRow(
    naming.status,
    {
      table: model.table,
      runId: settings.runId,
      publishedAt: wallClock(),
      dataThrough,
      rowCount: tested.rowCount,
      tests: settings.tests.withTests ? tested.tests : undefined,
    },
    warehouse.dialect,
  )
  const published = await warehouse.publish(session, { model, scratch, status, fence: settings.fence })
  return { ...tested, dataThrough, isPublished: true, ...published }
}

/** What is to be said of what was replaced. */
export function publicationNotes({ replacedBecause, hasGrantsAgain, remarks = [] }: BuiltModel): readonly string[] {
  if (replacedBecause === undefined) return remarks
  const grants = hasGrantsAgain ? 'with the grants it had, and no other policies' : 'without the grants it had'
  return [`its table was made anew, ${grants}: ${[replacedBecause, ...remarks].join('; ')}`]
}

/** Tests the rows that readers see now. Undefined where the model has no table yet. */
export async function testLive(
  session: Session,
  model: CompiledModel,
  warehouse: Warehouse,
  tests: TestSettings,
): Promise<TestedTable | undefined> {
  if (!(await stands(session, warehouse, model.table))) return undefined
  return runTests(session, model, model.table, tests)
}

export async function stands(session: Session, warehouse: Warehouse, table: TableName): Promise<boolean> {
  return (await warehouse.standing(session, table)) !== undefined
}

function wallClock(): string {
  return plainInstant(new Date().toISOString())
}
