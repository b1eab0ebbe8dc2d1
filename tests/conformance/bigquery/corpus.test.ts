import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { corpusFile, hasCorpus, readFixtures } from './corpus-fixtures.ts'
import { reasons } from './corpus-reasons.ts'
import { type Replayed, replay } from './corpus-replay.ts'
import { startGoogleSql } from './google-sql.ts'

// Answers of the real BigQuery, recorded by others, asked of the local one.
const listFile = fileURLToPath(new URL('corpus-differences.md', import.meta.url))
const leastEqual = 839

if (!hasCorpus) console.log(`Skipped: the recorded answers are not there (${corpusFile})`)

describe.skipIf(!hasCorpus)('The recorded answers of real BigQuery', () => {
  const replayed = new Map<string, Replayed>()
  const of = (outcome: Replayed['outcome']) => [...replayed].filter(([, each]) => each.outcome === outcome)
  let stop = (): void => undefined
  afterAll(() => stop())

  test('are given here too, in schema and rows', { timeout: 900_000 }, async () => {
    const google = await startGoogleSql(15_000)
    stop = () => google.stop()
    for (const fixture of readFixtures()) replayed.set(fixture.name, await replay(google, fixture))
    const counts = `${of('equal').length} of ${replayed.size} equal, ${of('refused').length} more refused by both`
    console.log(`Recorded answers of BigQuery: ${counts}`)
    expect(of('equal').length).toBeGreaterThanOrEqual(leastEqual)
  })

  test('are never given otherwise in silence', () => {
    expect(of('wrong')).toEqual([])
  })

  test('have a reason wherever they are not given', () => {
    const unexplained = [...of('unsupported'), ...of('other-error')].filter(([, each]) => reasonFor(each) === undefined)
    expect(unexplained).toEqual([])
  })

  test('that are not given are those of the list', () => {
    const list = listOf([...replayed])
    if (process.env.THROUGHLINE_WRITE_LISTS === 'true') writeFileSync(listFile, list)
    expect(list).toBe(readFileSync(listFile, 'utf8'))
  })
})

const reasonFor = (each: Replayed): string | undefined => reasons.find(({ applies }) => applies(each))?.reason

/** Every difference under its reason, as a table. */
function listOf(all: readonly (readonly [string, Replayed])[]): string {
  const rows = reasons.flatMap(({ reason }) => {
    const names = all
      .filter(([, each]) => each.outcome !== 'equal' && each.outcome !== 'refused' && reasonFor(each) === reason)
      .map(([name]) => `\`${name}\``)
      .sort()
    return names.length === 0 ? [] : [`| ${reason} | ${names.length} | ${names.join(' ')} |`]
  })
  return [
    '# Recorded answers of BigQuery that the local one does not give',
    '',
    'It says so itself in each case: none is answered otherwise. Written by `THROUGHLINE_WRITE_LISTS=true npm run conformance`.',
    '',
    '| Why | How many | Which |',
    '|---|---:|---|',
    ...rows,
    '',
  ].join('\n')
}
