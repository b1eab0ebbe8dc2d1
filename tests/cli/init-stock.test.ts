import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { packageRoot } from '../../src/cli/package-root.ts'
import { folderOf } from '../support/project.ts'
import { artifact, objectsOf, type } from './support.ts'

const configOf = (folder: string) => parse(readFileSync(join(folder, 'warehouse.config.yaml'), 'utf8'))

const events = `event_uuid,received_at,customer_id,cookie,visit,event,ts,device,country,utm_source,utm_medium,utm_campaign,referrer,url,order_number,order_total,currency
e1,2026-06-01 10:00:01,,c1,v1,page_view,2026-06-01 10:00:00,mobile,DE,news,email,june,,https://shop.example/,,,
e2,2026-06-01 10:05:01,u1,c1,v1,purchase,2026-06-01 10:05:00,mobile,DE,,,,,https://shop.example/thanks,o1,12.50,EUR
e3,2026-06-02 10:05:01,u2,c2,v2,page_view,2026-06-02 10:05:00,desktop,AT,,,,https://www.google.com/,https://shop.example/,,,
`

describe('init over the stock layer', { timeout: 120_000 }, () => {
  it('knows a clickstream by its columns, and what it writes builds as it stands', async () => {
    const folder = folderOf({ 'data/events.csv': events })
    const begun = await type(folder, ['init'], { stock: packageRoot })
    expect(begun.exitCode).toBe(0)
    expect(configOf(folder)).toMatchObject({
      sources: {
        clickstream: {
          file: 'data/events.csv',
          person: 'customer_id',
          event: 'event',
          time: { column: 'ts', timezone: 'UTC' },
          columns: {
            event_id: 'event_uuid',
            loaded_at: 'received_at',
            session: 'visit',
            device: 'cookie',
            country: 'country',
            device_category: 'device',
            utm_source: 'utm_source',
            utm_medium: 'utm_medium',
            utm_campaign: 'utm_campaign',
            referrer: 'referrer',
            page: 'url',
            order_id: 'order_number',
            revenue: 'order_total',
            currency: 'currency',
          },
        },
      },
      events: { clickstream: { purchase: 'order_placed' } },
    })
    const built = await type(folder, ['build'], { stock: packageRoot })
    expect(built).toMatchObject({ exitCode: 0, stderr: '' })
    const { nodes, sources } = artifact(folder, 'local', 'catalog.json') as Record<string, object>
    expect(Object.keys(nodes!).length).toBeGreaterThan(30)
    expect(sources).toHaveProperty(
      [`source.${configOf(folder).project}.clickstream.events`, 'stats', 'row_count', 'value'],
      3,
    )
  })

  it('says of a file that it does not know what it lacks to be a clickstream, and how to name it', async () => {
    const many = Array.from({ length: 120 }, (_, row) => `u${row},2026-06-01 12:00:00,told ${row}\n`).join('')
    const folder = folderOf({
      'a.csv': 'wer,was,wann\nx,y,z\n',
      'b.csv': 'user_id,event,amount,wo\na,b,3,x\n',
      'c.csv': 'user_id,event,amount\na,b,3\n',
      'd.csv': 'user_id,event,timestamp\na,b,2026-01-01\n',
      'e.csv': `customer_id,ts,event\n${many}`,
      'f.csv': 'user_id,event,time\n,b,2026-06-01 12:00:00\n',
    })
    const { stdout, exitCode } = await type(folder, ['init', '--yes'], { stock: packageRoot })
    expect(exitCode).toBe(0)
    expect(
      stdout.slice(0, stdout.indexOf('Wrote')),
    ).toBe(`Found no raw data that is recognised; the config says where to name it
Not recognised: a.csv
  clickstream needs
    when it happened: a column of times, named timestamp, event_time, occurred_at …
    what happened: a column with the name of the event, named event, event_name, action …
    who it was: a column that says whose it is, named user_id, customer_id, visitor_id …
  If it is there under another name, say so in warehouse.config.yaml, under sources:
    clickstream: { file: a.csv, person: …, event: …, time: … }
Not recognised: b.csv, c.csv
  clickstream needs
    when it happened: a column of times, named timestamp, event_time, occurred_at …
  If it is there under another name, say so in warehouse.config.yaml, under sources:
    clickstream: { file: b.csv, person: user_id, event: event, time: … }
Not recognised: d.csv
  clickstream needs
    when it happened: the column timestamp tells the day, and no time of it
  If it is there under another name, say so in warehouse.config.yaml, under sources:
    clickstream: { file: d.csv, person: user_id, event: event, time: … }
Not recognised: e.csv
  clickstream needs
    what happened: the column event has 100 different values or more: no names of events
  If it is there under another name, say so in warehouse.config.yaml, under sources:
    clickstream: { file: e.csv, person: customer_id, event: …, time: { column: ts, timezone: UTC } }
Not recognised: f.csv
  clickstream needs
    who it was: the column user_id is empty
  If it is there under another name, say so in warehouse.config.yaml, under sources:
    clickstream: { file: f.csv, person: …, event: event, time: { column: time, timezone: UTC } }
`)
    const [first] = objectsOf(
      (await type(folderOf({ 'c.csv': 'user_id,event\na,b\n' }), ['init', '--output', 'json'], { stock: packageRoot }))
        .stdout,
    )
    expect(first).toMatchObject({
      type: 'not_recognized',
      files: ['c.csv'],
      lacking: [
        { source: 'clickstream', lacks: [expect.stringMatching(/^when it happened: /)], settings: { time: '…' } },
      ],
    })
  })

  it('has an editor resolve stock models from the user’s own folder', async () => {
    const folder = folderOf({
      'models/mine/my_events.ts': `
import { key, model, sql } from 'throughline'
import { events } from '../events/events'
import { elapsedSeconds } from '../../macros/time'

export const my_events = model({
  description: 'One row per event.',
  grain: ['event_id'],
  columns: { event_id: key('The event') },
  materialize: { kind: 'view' },
  query: () => sql\`select \${elapsedSeconds(sql\`e.occurred_at\`, sql\`e.occurred_at\`)} as x from \${events} as e\`,
})
export const wrong = events.columns.event_idd
`,
    })
    await type(folder, ['init'], { stock: packageRoot })
    // As npm would install it.
    const installed = join(folder, 'node_modules/throughline')
    mkdirSync(installed, { recursive: true })
    for (const each of ['models', 'macros', 'sources', 'seeds', 'package.json'])
      cpSync(join(packageRoot, each), join(installed, each), { recursive: true })
    symlinkSync(join(packageRoot, 'node_modules/zod'), join(folder, 'node_modules/zod'))
    const tsc = (...args: readonly string[]) =>
      spawnSync(process.execPath, [join(packageRoot, 'node_modules/typescript/bin/tsc'), ...args], { encoding: 'utf8' })
    tsc('-p', join(packageRoot, 'tsconfig.build.json'), '--outDir', join(installed, 'dist'))
    const { stdout } = tsc('-p', folder, '--pretty', 'false')
    const own = stdout.split('\n').filter(line => line.includes('my_events.ts'))
    expect(own).toEqual([expect.stringMatching(/my_events\.ts\(13,37\): error TS2551: .*Did you mean 'event_id'\?$/)])
    // Nothing that the stock models import is missing.
    expect(stdout).not.toMatch(/TS2307|TS2792/)
  })
})
