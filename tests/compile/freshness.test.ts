import { describe, expect, test } from 'vitest'
import { projectOf } from '../support/project.ts'

const source = (loadedAt: string) => `
import { landedTables, locationIn, source, timestamp } from 'throughline'

export const till = source({
  description: 'The till.',
  settings: landedTables(['sale'], {}),
  tables: {
    sale: {
      description: 'One row per sale.',
      ${loadedAt}
      columns: () => ({ synced_at: timestamp('When the row came in, UTC') }),
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
      'sources.till.freshness: no table of till tells when its rows came in, so nothing can judge their age',
    ])
  })

  test('is taken where one does', () => {
    const { compiled } = projectOf({ 'sources/till.ts': source("loadedAt: 'synced_at',") }, asked)
    expect(compiled.sourceTables.get('till.sale')?.freshness).toEqual({ warnAfterSeconds: 86_400 })
  })
})
