import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { type } from '../../cli/support.ts'
import { folderOf } from '../../support/project.ts'
import { ask, client, server, serveTheShop } from './served-shop.ts'

serveTheShop()

const stock = fileURLToPath(new URL('../../../', import.meta.url))

test('The freshness of Google Analytics is that of its latest event over all tables of days', async () => {
  await client.createDataset('analytics_1', { location: 'EU' })
  const day = (name: string, ...instants: readonly string[]) => {
    const rows = instants.map(instant => `select unix_micros(timestamp '${instant}') as event_timestamp`)
    return ask(`create table analytics_1.${name} as ${rows.join(' union all ')}`)
  }
  await day('events_20260530', '2026-05-30 09:00:00')
  await day('events_20260531', '2026-05-31 09:00:00', '2026-05-31 21:15:30.000001', '2031-01-01 00:00:00')
  await day('events_intraday_20260601', '2026-06-01 07:30:00.5', '2026-06-01 06:00:00')
  // Copies of days that somebody has put beside them are no days.
  await day('events_20260530_backup', '2026-06-01 11:00:00')
  await day('events_2026053x', '2026-06-01 11:30:00')
  await day('events_intraday_20260601_backup', '2026-06-01 11:45:00')
  const folder = folderOf({
    'warehouse.config.yaml': `
project: shop
targets:
  prod: { engine: bigquery, project: proof, location: EU, dataset: j, api_endpoint: "${server.address}" }
sources:
  ga4: { schema: analytics_1, freshness: { warn_after: 4 hours, error_after: 1 day } }
`,
  })
  expect(await type(folder, ['freshness'], { stock, now: '2026-06-01T12:00:00.000Z' })).toEqual({
    exitCode: 0,
    stdout: `table       newest row (UTC)            age  status
ga4.events  2026-06-01 07:30:00  4 h 29 min  warn
Of the latest event, not of the loading, which no column tells: ga4.events
`,
    stderr: '',
  })
})
