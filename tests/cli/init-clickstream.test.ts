import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { packageRoot } from '../../src/cli/package-root.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Files, folderOf } from '../support/project.ts'
import { rowsIn, type } from './support.ts'

const stock = { stock: packageRoot }
const configOf = (folder: string) => parse(readFileSync(join(folder, 'warehouse.config.yaml'), 'utf8'))

/** What init says of a folder, and the clickstream that it writes. */
async function initOf(files: Files) {
  const folder = folderOf(files)
  const { stdout } = await type(folder, ['init', '--yes'], stock)
  const config = configOf(folder)
  return { folder, stdout, config, clickstream: config.sources?.clickstream }
}

const line = (ts: string) =>
  `${JSON.stringify({ ts, customer_id: 'c1', device_id: 'd1', event: 'page_view', url: 'https://shop.example/', revenue: 1.5 })}\n`

describe('A clickstream of JSON lines', { timeout: 120_000 }, () => {
  it('is no export of GA4, though the file is called events', async () => {
    const { stdout, clickstream, config } = await initOf({ 'events.jsonl': line('2026-03-01T08:31:00Z') })
    expect(stdout).toContain('Found clickstream in events.jsonl\n')
    expect(Object.keys(config.sources)).toEqual(['clickstream'])
    expect(clickstream).toMatchObject({
      person: 'customer_id',
      columns: { device: 'device_id', page: 'url', revenue: 'revenue' },
    })
  })

  it('is refused before anything is built where the config has it for one', async () => {
    const folder = folderOf({
      'events.jsonl': line('2026-03-01T08:31:00Z'),
      'warehouse.config.yaml':
        'project: shop\nsources:\n  ga4: { folder: . }\ntargets:\n  local: { engine: duckdb, path: x.duckdb }\n',
    })
    const { exitCode, stdout } = await type(folder, ['debug'], stock)
    expect(exitCode).not.toBe(0)
    expect(stdout).toContain('events.jsonl have none of the columns that are read: event_date, event_timestamp, ')
    expect(stdout).toContain('their fields: customer_id, device_id, event, revenue, ts, url')
  })

  it('has its times taken as they stand: of those that name a zone nothing is asked', async () => {
    for (const ts of ['2026-03-01T08:31:00Z', '2026-03-01T08:31:00+01:00', '2026-03-01 08:31:00.123+0100']) {
      const { stdout, clickstream } = await initOf({ 'clicks.jsonl': line(ts) })
      expect(clickstream.time).toEqual({ column: 'ts', timezone: 'UTC' })
      expect(stdout).not.toContain('timezone')
    }
    const { stdout } = await initOf({ 'clicks.json': line('2026-03-01T08:31:00') })
    expect(stdout).toContain('Of which timezone are the times in ts, such as 2026-03-01T08:31:00?\n')
  })

  it('may hold numbers, lists and records, and fields that few lines have', async () => {
    const lines = [
      { ts: 1780315200000, user_id: 1, event: 'view', tags: ['a'], more: { device: 'x' }, at: 'x' },
      { ts: 1780315200001, user_id: 2, event: 'view', at: { b: 1 }, order_id: 'o1' },
    ]
    const { stdout, clickstream } = await initOf({
      'c.jsonl': lines.map(each => `${JSON.stringify(each)}\n`).join(''),
    })
    expect(clickstream).toEqual({
      file: 'c.jsonl',
      person: 'user_id',
      event: 'event',
      time: { column: 'ts', format: 'epoch_milliseconds' },
      columns: { order_id: 'order_id' },
    })
    expect(stdout).toContain('  note  not used: tags, more, at\n')
  })
})

describe('Times in Parquet', { timeout: 120_000 }, () => {
  it('that are instants are known as such', async () => {
    const folder = folderOf({})
    const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
    const session = await warehouse.connect()
    await session.query(
      `copy (select 'u1' as user_id, 'view' as event, timestamptz '2026-03-01 08:31:00+00' as ts) to '${join(folder, 'c.parquet')}'`,
    )
    session.close()
    await warehouse.close()
    const { stdout } = await type(folder, ['init', '--yes'], stock)
    expect(stdout).toContain('Found clickstream in c.parquet\n')
    expect(stdout).not.toContain('timezone')
    expect(configOf(folder).sources.clickstream).toMatchObject({ time: { column: 'ts', timezone: 'UTC' } })
  })
})

describe('Columns of a clickstream', { timeout: 120_000 }, () => {
  it('are known by the names of README’s own sample, and their revenue arrives', async () => {
    const { folder, stdout, clickstream, config } = await initOf({
      'events.csv': `user_id,event_name,created_at,source,medium,order_no,amount
u1,page_view,2026-06-01 12:30:00,google,cpc,,
u1,checkout_done,2026-06-01 12:40:00,,,A7,12.50
`,
    })
    expect(clickstream).toMatchObject({
      time: { column: 'created_at' },
      columns: { utm_source: 'source', utm_medium: 'medium', order_id: 'order_no', revenue: 'amount' },
    })
    expect(config.events).toEqual({ clickstream: { checkout_done: 'order_placed' } })
    expect(stdout).not.toMatch(/not used|no event is taken/)
    expect(await type(folder, ['build'], stock)).toMatchObject({ exitCode: 0, stderr: '' })
    const database = join(folder, `.throughline/${config.project}.duckdb`)
    expect(
      await rowsIn(database, 'select order_id, cast(revenue as varchar) as revenue from journeys.conversions'),
    ).toEqual([{ order_id: 'A7', revenue: '12.500000000' }])
  })

  const of = (header: string, row: string) => ({
    'c.csv': `user_id,event,ts,${header}\nu1,purchase,2026-06-01T12:30:00Z,${row}\n`,
  })

  it.each<[string, string, string, object]>([
    ['a device is one by its values', 'device', 'd-81f2', { device: 'device' }],
    ['a device may be its kind', 'device', 'mobile', { device_category: 'device' }],
    ['a device may be its make, which is not used', 'device', 'iPhone13', {}],
    ['a source alone may be any', 'source', 'crm', {}],
    [
      'a source beside a medium is that of a visit',
      'Source,utm_medium',
      'google,cpc',
      { utm_source: 'Source', utm_medium: 'utm_medium' },
    ],
    [
      'a price is what the order was',
      'Order_Nr,price,campaign',
      '7,9.50,june',
      { utm_campaign: 'campaign', order_id: 'Order_Nr', revenue: 'price' },
    ],
    ['a price beside a quantity is that of one piece', 'price,qty', '9.50,2', {}],
    ['an amount in words is none', 'amount', '12 EUR', {}],
  ])('%s', async (_, header, row, columns) => {
    const { clickstream, stdout } = await initOf(of(header, row))
    expect(clickstream.columns).toEqual(columns)
    const unused = header.split(',').filter(name => !Object.values(columns).includes(name))
    if (unused.length === 0) expect(stdout).not.toContain('not used')
    else expect(stdout).toContain(`  note  not used: ${unused.join(', ')}\n`)
  })

  it('that several could be what an event is worth are asked for', async () => {
    const folder = folderOf(of('amount,total', '1.50,2'))
    const { stdout } = await type(folder, ['init'], { ...stock, answers: ['total'] })
    expect(stdout).toContain('Which column says what an event is worth?\n  1  amount\n  2  total\n[amount] total\n')
    expect(configOf(folder).sources.clickstream.columns).toEqual({ revenue: 'total' })
    expect(stdout).toContain('  note  not used: amount\n')
    expect(readFileSync(join(folder, 'warehouse.config.yaml'), 'utf8')).toContain('  # not used: amount\n')
  })

  it('without an event that is an order have a line on how to name it, which values cannot leave', async () => {
    const { folder, stdout, config } = await initOf({
      'c.jsonl': ['viewed', 'a\nb: c', 'paid']
        .map(event => `${JSON.stringify({ user_id: 'u1', event, ts: '2026-06-01T12:00:00Z' })}\n`)
        .join(''),
    })
    const how = 'Where one of them is, say so: events: { clickstream: { NAME: order_placed } }'
    const told = `no event is taken for an order: viewed, a b: c, paid. ${how}\n`
    expect(stdout).toContain(`  note  ${told}`)
    expect(readFileSync(join(folder, 'warehouse.config.yaml'), 'utf8')).toContain(`  # ${told}`)
    expect(config.events).toBeUndefined()
  })
})

describe('Times that are not read', { timeout: 120_000 }, () => {
  it.each([
    ['Zeitpunkt', '01.03.2026 08:31:00', '2026-03-01 08:31:00'],
    ['ts', '1.3.2026, 8:31', '2026-03-01 08:31'],
    ['ts', '3/31/2026 8:31', '2026-06-30 12:30:00, the year first'],
  ])('as those of %s, %s, are told with how to write them', async (name, as, better) => {
    const { stdout } = await initOf({ 'c.csv': `user_id;event;${name}\nu1;view;"${as}"\n` })
    expect(stdout).toContain(`Not recognised: c.csv
  clickstream needs
    when it happened: the column ${name} has times as ${as}; write them as ${better}
  With that done, say so in warehouse.config.yaml, under sources:
    clickstream: { file: c.csv, person: user_id, event: event, time: ${name} }
`)
  })
})
