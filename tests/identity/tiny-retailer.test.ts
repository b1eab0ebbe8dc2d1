import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateRetailer, tinyRetailer } from '../../examples/retailer/generate.ts'

const example = fileURLToPath(new URL('../../examples/retailer/', import.meta.url))
const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

/** Who is who in the tiny retailer, gone through person by person: each line one person's identifiers, in order. */
const reviewed = fileURLToPath(new URL('fixtures/tiny-retailer-people.txt', import.meta.url))

describe('the people of the tiny retailer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-tiny-'))

  beforeAll(async () => {
    for (const name of ['warehouse.config.yaml', 'seeds'])
      cpSync(join(example, name), join(folder, name), { recursive: true })
    await generateRetailer({ ...tinyRetailer, folder: join(folder, '.throughline') })
  }, 60_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('are those of the reviewed list', async () => {
    expect(await people(folder)).toEqual(expected())
  }, 60_000)

  test('are others as soon as one link is forged', async () => {
    // A contact with a telephone of its own, said to write from a customer's address.
    const customer = expected().find(line => line.includes('user_id:') && line.includes('email:'))!
    const file = join(folder, '.throughline/raw/hubspot/contact.csv')
    const [header] = readFileSync(file, 'utf8').split('\n', 1)
    const row = Object.fromEntries(header!.split(',').map(name => [name, '']))
    Object.assign(row, {
      id: '59999999',
      property_email: /email:(\S+)/.exec(customer)![1]!,
      property_phone: '+4930999999999',
      property_createdate: '2026-03-01 00:00:00',
      _fivetran_deleted: 'false',
      _fivetran_synced: '2026-03-02 00:00:00',
    })
    const line = (values: Readonly<Record<string, string>>) =>
      `${header!
        .split(',')
        .map(name => values[name] ?? '')
        .join(',')}\n`
    appendFileSync(file, line(row))
    const found = await people(folder)
    expect(found).not.toEqual(expected())
    const forged = found.find(person => person.includes(/user_id:\S+/.exec(customer)![0]))
    expect(forged).toContain('crm_id:hubspot:59999999')
  }, 60_000)
})

const expected = (): readonly string[] => readFileSync(reviewed, 'utf8').trim().split('\n')

/** Each person of more than one identifier as a line, in order. */
async function people(folder: string): Promise<readonly string[]> {
  const config = join(folder, 'warehouse.config.yaml')
  const built = spawnSync(
    process.execPath,
    ['--import', 'tsx', command, 'build', '--config', config, '--select', '+identity_map'],
    { encoding: 'utf8' },
  )
  expect(built.status, built.stdout + built.stderr).toBe(0)
  const instance = await DuckDBInstance.create(join(folder, '.throughline/retailer.duckdb'), {
    access_mode: 'READ_ONLY',
  })
  const connection = await instance.connect()
  const rows = await connection.runAndReadAll(`
    select string_agg(i.identifier_kind || ':' || i.identifier_value, ' ' order by i.identifier_kind, i.identifier_value) as person
    from profiles.identity_map as m
    inner join profiles.identifiers as i on i.identifier_id = m.identifier_id
    group by m.person_id having count(*) > 1
    order by person`)
  connection.closeSync()
  instance.closeSync()
  return rows.getRowObjectsJson().map(({ person }) => String(person))
}
