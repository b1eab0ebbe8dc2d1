import type { TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import type { Row } from '../../warehouse/warehouse.ts'
import { buildIn, compiledFor, settingsOf } from '../build-in.ts'
import { inSession, inWarehouse, type Kit } from '../kit.ts'
import type { CheckOutcome, Difference } from '../report.ts'
import { failureWords, projectOf } from './build-shop.ts'
import { withShop } from './shop.ts'

const editions = 4
const readerCount = 2
/** Pairs of twenty lamps. */
const rowCount = 400

/** While a table is published anew, and again, whoever reads it has all rows of one edition, and never an earlier one than before. */
export function checkReaders(kit: Kit): Promise<CheckOutcome> {
  return withShop(kit.shopFolder, shop =>
    inWarehouse(
      () => kit.open('readers'),
      async warehouse => {
        const naming = kit.naming('readers')
        const build = async (edition: number): Promise<readonly Difference[]> => {
          kit.meter.mustGoOn()
          shop.write('seeds/edition.csv', `edition\n${edition}\n`)
          const selected = new Set(['edition', 'lamps', 'price_list'])
          const settings = { ...settingsOf(kit), runId: kit.newRunId(), selected }
          const result = await buildIn(warehouse, projectOf(kit, shop), naming, settings)
          kit.meter.mustGoOn()
          const failure = failureWords(result)
          return failure === undefined
            ? []
            : [{ about: 'build', where: `edition ${edition}`, expected: 'success', got: failure }]
        }
        const first = await build(1)
        if (first.length > 0) return { agreed: 0, differences: first, skipped: [] }
        const { table } = compiledFor(projectOf(kit, shop), warehouse.dialect, naming).models.get('price_list')!
        let isOver = false
        const reading = Array.from({ length: readerCount }, (_, number) =>
          inSession(kit, warehouse, `reader-${number}`, session =>
            read(
              () => session.query(wholeness(table)),
              () => isOver,
            ),
          ),
        )
        const builds: Difference[] = []
        try {
          for (let edition = 2; edition <= editions; edition++) builds.push(...(await build(edition)))
        } finally {
          isOver = true
        }
        const seen = await Promise.all(reading)
        const differences = [...builds, ...seen.flatMap(({ differences: found }) => found)]
        return { agreed: seen.reduce((sum, { agreed }) => sum + agreed, 0), differences, skipped: [] }
      },
    ),
  )
}

const wholeness = (table: TableName): string =>
  `select count(*) as row_count, min(edition) as least, max(edition) as greatest from ${tablePath(table)}`

/** Reads again and again until it is over, and once more. */
async function read(
  ask: () => Promise<readonly Row[]>,
  isOver: () => boolean,
): Promise<Pick<CheckOutcome, 'agreed' | 'differences'>> {
  const differences: Difference[] = []
  let [agreed, latest] = [0, 1]
  for (let isLast = false; !isLast; ) {
    isLast = isOver()
    const got = await ask().then(wordsOf, error => (error as Error).message)
    const edition = /^all \d+ rows of edition (\d+)$/.exec(got)?.[1]
    if (edition !== undefined && Number(edition) >= latest && (!isLast || Number(edition) === editions)) {
      agreed += 1
      latest = Number(edition)
    } else {
      const expected = isLast
        ? `all ${rowCount} rows of edition ${editions}`
        : `all ${rowCount} rows of edition ${latest} or a later one`
      differences.push({ about: 'price_list', where: 'read while it is published', expected, got })
      if (differences.length > 5) break
    }
  }
  return { agreed, differences }
}

function wordsOf([row]: readonly Row[]): string {
  const [count, least, greatest] = [Number(row?.row_count), Number(row?.least), Number(row?.greatest)]
  if (count === rowCount && least === greatest) return `all ${count} rows of edition ${least}`
  return `${count} rows of editions ${least} to ${greatest}`
}
