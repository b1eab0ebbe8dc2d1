import { describe, expect, test } from 'vitest'
import { projectOf } from '../support/project.ts'

const source = (loadedAt: string) => `
import { integer, landedTables, locationIn, source, timestamp } from 'throughline'

export const till = source({
  description: 'The till.',
  settings: landedTables(['sale'], {}),
  tables: {
    sale: {
      description: 'One row per sale.',
      ${loadedAt}
      columns: () => ({ synced_at: timestamp('When the row came in, UTC'), sold: integer('When it was sold') }),
      location: settings => locationIn(settings, 'sale'),
    },
  },
})
`
const asked = { sources: { till: { folder: 'raw', freshness: { warn_after: '1 day' } } } }

describe('An age that is to be judged', () => {
  test('is refused where no table of the system tells when its rows came in', () => {
    const { problems } = projectOf({ 'sources/till.ts': source('') }, asked)
    expect(problems.map(({ message }) => message)).toEqual([
      'sources.till.freshness: no table of till tells when its rows came in, or happened, so nothing can judge their age',
    ])
  })

  test('is taken where one does', () => {
    const { compiled } = projectOf({ 'sources/till.ts': source("loadedAt: 'synced_at',") }, asked)
    expect(compiled.sourceTables.get('till.sale')?.freshness).toEqual({ warnAfterSeconds: 86_400 })
  })

  test('is taken where one tells when events happened', () => {
    const happenedAt = "happenedAt: { column: 'sold', unit: 'epoch_seconds' },"
    const { compiled, problems } = projectOf({ 'sources/till.ts': source(happenedAt) }, asked)
    expect(problems).toEqual([])
    expect(compiled.sourceTables.get('till.sale')).toMatchObject({
      happenedAt: { column: 'sold', unit: 'epoch_seconds' },
      freshness: { warnAfterSeconds: 86_400 },
    })
  })

  test.each([
    [
      "happenedAt: { column: 'sold' },",
      "names 'sold', which is no timestamp in UTC and no date; whole numbers need their unit",
    ],
    [
      "happenedAt: { column: 'synced_at', unit: 'epoch_seconds' },",
      "names 'synced_at' in epoch_seconds, and its values are no whole numbers",
    ],
    ["happenedAt: { column: 'soled' },", "names 'soled', which is no column of the table; did you mean sold?"],
  ])('is not judged by %s', (happenedAt, why) => {
    const { problems } = projectOf({ 'sources/till.ts': source(happenedAt) }, asked)
    expect(problems.map(({ message }) => message)).toContain(`till.sale: happenedAt ${why}`)
  })

  test('is judged by one column alone', () => {
    const both = "loadedAt: 'synced_at', happenedAt: { column: 'synced_at' },"
    const { problems } = projectOf({ 'sources/till.ts': source(both) }, asked)
    expect(problems.map(({ message }) => message)).toContain(
      'till.sale: says loadedAt, so happenedAt judges nothing: leave it out',
    )
  })
})
