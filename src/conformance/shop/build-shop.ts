import { join } from 'node:path'
import type { CompiledProject, Naming } from '../../compile/compiled.ts'
import type { NodeResult, RunResult } from '../../run/result.ts'
import type { Row, Warehouse } from '../../warehouse/warehouse.ts'
import { buildIn, compiledFor, modelsWithRows, rowsOf, settingsOf } from '../build-in.ts'
import { rowsDifference } from '../compare-rows.ts'
import { inSession, type Kit, type KitProject } from '../kit.ts'
import type { Difference } from '../report.ts'
import type { Shop } from './shop.ts'

/** Rows of every table of the shop, as readers have them. */
export type ShopRows = ReadonlyMap<string, readonly Row[]>

export interface BuiltShop {
  readonly compiled: CompiledProject
  readonly result: RunResult
  readonly rows: ShopRows
}

/** The shop's project as it is now, reading the raw file in its own folder. */
export function projectOf(kit: Pick<Kit, 'loadShop'>, { folder }: Pick<Shop, 'folder'>): KitProject {
  return { ...kit.loadShop(folder), sources: { till: { file: join(folder, 'data/orders.csv') } } }
}

/** Builds the shop as it is now, and reads all that stands afterwards. */
export async function buildShop(kit: Kit, warehouse: Warehouse, naming: Naming, shop: Shop): Promise<BuiltShop> {
  kit.meter.mustGoOn()
  const project = projectOf(kit, shop)
  const result = await buildIn(warehouse, project, naming, { ...settingsOf(kit), runId: kit.newRunId() })
  kit.meter.mustGoOn()
  const compiled = compiledFor(project, warehouse.dialect, naming)
  return { compiled, result, rows: await readShop(kit, warehouse, compiled) }
}

/** What readers have. */
export function readShop(kit: Kit, warehouse: Warehouse, compiled: CompiledProject): Promise<ShopRows> {
  return inSession(kit, warehouse, 'reading', async session => {
    const rows = new Map<string, readonly Row[]>()
    for (const name of modelsWithRows(compiled)) {
      const model = compiled.models.get(name)!
      if ((await warehouse.standing(session, model.table)) === undefined) continue
      rows.set(name, await rowsOf(session, warehouse.dialect, model))
    }
    return rows
  })
}

/** Where the shop has other rows than it should. */
export function shopDifferences(
  { models }: CompiledProject,
  expected: ShopRows,
  got: ShopRows,
  where: string,
): readonly Difference[] {
  return [...new Set([...expected.keys(), ...got.keys()])].flatMap(about => {
    const { columns, model, query } = models.get(about)!
    const [wanted, found] = [expected.get(about), got.get(about)]
    const sql = query?.text
    if (found === undefined || wanted === undefined)
      return [{ about, where, expected: thereOrNot(wanted), got: thereOrNot(found), sql }]
    const different = rowsDifference(columns, model.value.grain, wanted, found)
    if (different === undefined) return []
    const { expectedCount, gotCount, samples } = different
    return [{ about, where, expected: `${expectedCount} rows`, got: `${gotCount} rows; ${samples.join(' | ')}`, sql }]
  })
}

const thereOrNot = (rows: readonly Row[] | undefined): string =>
  rows === undefined ? 'no table' : `${rows.length} rows`

/** What went wrong in a build, in one line; undefined where nothing did. */
export function failureWords({ results, status }: RunResult): string | undefined {
  const words = results.flatMap(node => {
    const told = node.problems.map(({ message }) => `${node.name}: ${message}`)
    return [...told, ...failedTests(node)]
  })
  if (status === 'success') return undefined
  return words.length === 0 ? status : words.join('; ')
}

function failedTests({ name, tests }: NodeResult): readonly string[] {
  const failed = tests.filter(test => test.status === 'fail' || test.status === 'error')
  return failed.map(test => `${name}: ${test.says}${test.message === undefined ? '' : `, ${test.message}`}`)
}
