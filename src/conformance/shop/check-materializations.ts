import { naming } from '../../compile/naming.ts'
import type { Findings } from '../findings.ts'
import { inWarehouse, type Kit } from '../kit.ts'
import type { CheckOutcome, Difference } from '../report.ts'
import { type BuiltShop, buildShop, failureWords, shopDifferences } from './build-shop.ts'
import {
  badData,
  columnGone,
  columnMore,
  columnOfAnotherType,
  laterData,
  type Shop,
  tableToView,
  viewToTable,
  withShop,
} from './shop.ts'

interface Step {
  readonly name: string
  readonly change: (shop: Shop) => void
  /** Whether a blocking test fails, so that readers keep the rows that they have. */
  readonly fails?: true
}

const steps: readonly Step[] = [
  { name: 'first build: raw file, seeds, view, tables, fixpoint', change: () => undefined },
  { name: 'other rows in standing tables', change: laterData },
  { name: 'a failing test: readers keep their rows', change: badData, fails: true },
  { name: 'its test passes again', change: laterData },
  { name: 'a column more', change: columnMore },
  { name: 'a column of another type', change: columnOfAnotherType },
  { name: 'a column gone', change: columnGone },
  { name: 'a table becomes a view', change: tableToView },
  { name: 'a view becomes a table', change: viewToTable },
]

/** The shop built again and again, each time changed, has after every build the rows that it has in DuckDB; a failing test leaves readers theirs. */
export function checkMaterializations(kit: Kit, soFar: Findings): Promise<CheckOutcome> {
  return withShop(kit.shopFolder, shop =>
    inWarehouse(kit.openReference, reference =>
      inWarehouse(
        () => kit.open('shop'),
        async warehouse => {
          let before: BuiltShop | undefined
          for (const step of steps) {
            step.change(shop)
            const expected = await buildShop(kit, reference, naming(undefined), shop)
            const got = await buildShop(kit, warehouse, kit.naming('shop'), shop)
            const found = [...outcomeDifferences(step, got), ...rowDifferences(step, expected, got, before)]
            soFar.add(Math.max(0, expected.rows.size + 1 - found.length), found)
            before = got
          }
          return soFar.outcome()
        },
      ),
    ),
  )
}

function outcomeDifferences({ name, fails }: Step, { result }: BuiltShop): readonly Difference[] {
  const failure = failureWords(result)
  if (fails)
    return failure === undefined ? [{ about: 'build', where: name, expected: 'a failing test', got: 'success' }] : []
  return failure === undefined ? [] : [{ about: 'build', where: name, expected: 'success', got: failure }]
}

/** Against DuckDB; where a test failed, against what readers had before as well. */
function rowDifferences(
  { name, fails }: Step,
  expected: BuiltShop,
  got: BuiltShop,
  before: BuiltShop | undefined,
): readonly Difference[] {
  const { compiled } = got
  const against = shopDifferences(compiled, expected.rows, got.rows, name)
  if (!fails || before === undefined) return against
  const kept = (rows: BuiltShop['rows']) =>
    new Map([...rows].filter(([model]) => ['orders', 'customers', 'loyalty'].includes(model)))
  return [...against, ...shopDifferences(compiled, kept(before.rows), kept(got.rows), `${name}, as before`)]
}
