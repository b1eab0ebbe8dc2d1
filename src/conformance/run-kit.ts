import { naming } from '../compile/naming.ts'
import { ProblemsError } from '../problems/problem.ts'
import type { Warehouse } from '../warehouse/warehouse.ts'
import { compiledFor } from './build-in.ts'
import { dropEverything } from './drop.ts'
import { estimateOf } from './estimate.ts'
import { Findings } from './findings.ts'
import { inSession, inWarehouse, type Kit } from './kit.ts'
import { checkMacros } from './macros/check-macros.ts'
import { Stopped } from './meter.ts'
import { checkModels, expectedRetailer } from './models/check-models.ts'
import { checkCore } from './portable-core/check-core.ts'
import { type CheckName, type CheckOutcome, type CheckReport, differingMacros, type KitEstimate } from './report.ts'
import { projectOf } from './shop/build-shop.ts'
import { checkGrants } from './shop/check-grants.ts'
import { checkKills } from './shop/check-kills.ts'
import { checkMaterializations } from './shop/check-materializations.ts'
import { checkReaders } from './shop/check-readers.ts'

/** What the kit found. */
export interface KitOutcome {
  readonly engineVersion: string | undefined
  readonly checks: readonly CheckReport[]
  /** Why it was stopped before its end. */
  readonly stoppedBecause: string | undefined
  /** Schemas that could not be dropped, as SQL names them. */
  readonly leftBehind: readonly string[]
}

export interface KitListener {
  begun(check: CheckName): void
  ended(report: CheckReport): void
}

/** What the kit will take, by its own statements: nothing is sent for it. */
export function estimateKit(
  kit: Kit,
  only: readonly CheckName[],
  { dialect }: Pick<Warehouse, 'dialect'>,
): KitEstimate {
  const retailer = compiledFor(kit.retailer, dialect, naming(undefined))
  const shop = compiledFor(projectOf(kit, { folder: kit.shopFolder }), dialect, naming(undefined))
  return estimateOf(kit, only, retailer, shop, dialect.engine)
}

/** Carries out the checks, one after the other, and drops all that was made, however they end. Throws where the warehouse cannot be reached at all. */
export async function runKit(kit: Kit, only: readonly CheckName[], listener: KitListener): Promise<KitOutcome> {
  const engineVersion = await inWarehouse(
    () => kit.open('retailer'),
    warehouse => versionOf(kit, warehouse),
  )
  const checks: CheckReport[] = []
  let leftBehind: readonly string[] = []
  try {
    for (const check of only) {
      listener.begun(check)
      checks.push(await carriedOut(kit, check, checks))
      listener.ended(checks.at(-1)!)
      if (checks.at(-1)!.status === 'stopped') break
    }
  } finally {
    leftBehind = await dropEverything(kit, only)
  }
  const stoppedBecause = checks.find(({ status }) => status === 'stopped')?.stoppedBecause
  return { engineVersion, checks, stoppedBecause, leftBehind }
}

const asked: Readonly<Partial<Record<string, string>>> = {
  duckdb: 'select version() as version',
  snowflake: 'select current_version() as version',
}

/** Throws where no statement can be carried out there. Undefined where the engine has no version to tell: there is one BigQuery. */
async function versionOf(kit: Kit, warehouse: Warehouse): Promise<string | undefined> {
  return inSession(kit, warehouse, 'version', async session => {
    await session.query('select 1 as one')
    const sql = asked[warehouse.dialect.engine]
    if (sql === undefined) return undefined
    const [row] = await session.query(sql).catch(() => [])
    return row === undefined ? undefined : String(row.version)
  })
}

async function carriedOut(kit: Kit, check: CheckName, earlier: readonly CheckReport[]): Promise<CheckReport> {
  const began = performance.now()
  const soFar = new Findings()
  const report = (outcome: CheckOutcome, status: CheckReport['status']): CheckReport => {
    return { check, status, seconds: Math.round(performance.now() - began) / 1000, ...outcome }
  }
  try {
    kit.meter.mustGoOn()
    const outcome = await outcomeOf(kit, check, differingMacros(earlier), soFar)
    if (outcome.differences.length > 0) return report(outcome, 'differs')
    return report(outcome, outcome.agreed === 0 && outcome.skipped.length > 0 ? 'skipped' : 'agrees')
  } catch (error) {
    const because = error instanceof Stopped ? error.message : kit.meter.whyStopped()
    const found = soFar.outcome()
    if (because !== undefined) return { ...report(found, 'stopped'), stoppedBecause: because }
    // Whatever it is, it belongs into the report: the other checks may still tell something.
    const difference = {
      about: check,
      where: 'carrying out the check',
      expected: 'it comes to its end',
      got: wordsOf(error),
    }
    return report({ ...found, differences: [...found.differences, difference] }, 'differs')
  }
}

async function outcomeOf(
  kit: Kit,
  check: CheckName,
  macros: readonly string[],
  soFar: Findings,
): Promise<CheckOutcome> {
  switch (check) {
    case 'core':
      return checkCore(kit, soFar)
    case 'macros':
      return checkMacros(kit, soFar)
    case 'models':
      return checkModels(kit, await expectedRetailer(kit), macros, soFar)
    case 'materializations':
      return checkMaterializations(kit, soFar)
    case 'readers':
      return checkReaders(kit, soFar)
    case 'grants':
      return checkGrants(kit, soFar)
    case 'kills':
      return checkKills(kit, soFar)
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof ProblemsError)
    return error.problems.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`)).join('; ')
  return error instanceof Error ? error.message : String(error)
}
