import type { TableName } from '../../compile/compiled.ts'
import { tablePath } from '../../compile/naming.ts'
import type { Row } from '../../warehouse/warehouse.ts'
import { buildIn, compiledFor, settingsOf } from '../build-in.ts'
import type { Findings } from '../findings.ts'
import { inSession, inWarehouse, type Kit } from '../kit.ts'
import type { CheckOutcome, Difference } from '../report.ts'
import { failureWords, projectOf } from './build-shop.ts'
import { withShop } from './shop.ts'

const editions = 4
const readerCount = 2
/** Pairs of twenty lamps. */
const rowCount = 400

/** While a table is published anew, and again, whoever reads it has all rows of one edition, and never an earlier one than before. */
export function checkReaders(kit: Kit, soFar: Findings): Promise<CheckOutcome> {
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
        if (first.length > 0) {
          soFar.add(0, first)
          return soFar.outcome()
        }
        const { table } = compiledFor(projectOf(kit, shop), warehouse.dialect, naming).models.get('price_list')!
        let isOver = false
        const readers = Array.from({ length: readerCount }, (_, number) =>
          inSession(kit, warehouse, `reader-${number}`, session => {
            const ask = () => {
              kit.meter.mustGoOn()
              return session.query(wholeness(table))
            }
            return read(ask, () => isOver, soFar)
          }),
        )
        // Settled, for a reader that throws while a build is under way is asked about only afterwards.
        const reading = Promise.allSettled(readers)
        try {
          for (let edition = 2; edition <= editions; edition++) soFar.add(0, await build(edition))
        } finally {
          isOver = true
          await reading
        }
        await Promise.all(readers)
        return soFar.outcome()
      },
    ),
  )
}

const wholeness = (table: TableName): string =>
  `select count(*) as row_count, min(edition) as least, max(edition) as greatest from ${tablePath(table)}`

/** Reads again and again until it is over, and once more. */
async function read(ask: () => Promise<readonly Row[]>, isOver: () => boolean, soFar: Findings): Promise<void> {
  let [wrong, latest] = [0, 1]
  for (let isLast = false; !isLast; ) {
    isLast = isOver()
    const got = await ask().then(wordsOf, error => (error as Error).message)
    const edition = /^all \d+ rows of edition (\d+)$/.exec(got)?.[1]
    if (edition !== undefined && Number(edition) >= latest && (!isLast || Number(edition) === editions)) {
      soFar.add(1, [])
      latest = Number(edition)
    } else {
      const expected = isLast
        ? `all ${rowCount} rows of edition ${editions}`
        : `all ${rowCount} rows of edition ${latest} or a later one`
      soFar.add(0, [{ about: 'price_list', where: 'read while it is published', expected, got }])
      wrong += 1
      if (wrong > 5) break
    }
  }
}

function wordsOf([row]: readonly Row[]): string {
  const [count, least, greatest] = [Number(row?.row_count), Number(row?.least), Number(row?.greatest)]
  if (count === rowCount && least === greatest) return `all ${count} rows of edition ${least}`
  return `${count} rows of editions ${least} to ${greatest}`
}
