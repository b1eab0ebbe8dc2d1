import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltExtract, buildExtract, type ExtractFiles, extractOf, inAnotherOrder } from './extract.ts'

const { folder, isThere } = extractOf('twilio')

const files: ExtractFiles = { call: 'twilio_call_data.csv' }

describe.skipIf(!isThere)(`a call log of Twilio's${isThere ? '' : `, skipped: there is no ${folder}`}`, () => {
  let built: BuiltExtract

  beforeAll(async () => {
    built = await buildExtract({
      system: 'twilio',
      files,
      settings: { bad_rows: 'quarantine' },
      models: ['events'],
    })
  })
  afterAll(() => built?.close())

  test('a call of 30 February is no row that can be read', () => {
    expect(built.landed).toEqual({ call: { rowCount: 8, quarantinedCount: 1 } })
  })

  test('and stops the build where the company says nothing of bad rows', async () => {
    const strict = buildExtract({ system: 'twilio', files: { call: 'twilio_call_data.csv' }, models: [] })
    await expect(strict).rejects.toThrow(/2022-02-30 17:23:13/)
  })

  test('two callers were missed, six were answered, all of them by phone', async () => {
    const counts = await built.rows(`
      select raw_event_name, platform, place_channel, is_customer_action, count(*) as count
      from events.events group by all order by all`)
    const told = { platform: 'phone', place_channel: 'Phone', is_customer_action: true }
    expect(counts).toEqual([
      { raw_event_name: 'call_answered', ...told, count: 6 },
      { raw_event_name: 'call_missed', ...told, count: 2 },
    ])
  })

  test('times are UTC, and the id is Twilio’s own', async () => {
    const [first] = await built.rows('select * from events.events order by occurred_at limit 1')
    expect(first).toMatchObject({
      system: 'twilio',
      system_event_id: 'CAa76e92a04e1417b4f7eza74b574620f9',
      occurred_at: '2022-07-20 15:20:51',
      loaded_at: '2023-05-09 23:19:32.59',
    })
  })

  test('numbers without + are international', async () => {
    const identifiers = await built.rows('twilio_identifiers')
    expect(identifiers).toHaveLength(8)
    expect(new Set(identifiers.map(row => `${row.identifier_kind} ${row.identifier_value}`))).toEqual(
      new Set(['phone +15555555555']),
    )
  })

  test('rows in another order, each of them twice, tell the same', async () => {
    const again = await buildExtract({
      system: 'twilio',
      files: inAnotherOrder(files),
      settings: { bad_rows: 'quarantine' },
      models: ['events'],
    })
    for (const model of ['events', 'twilio_identifiers']) {
      expect(await again.rows(model), model).toEqual(await built.rows(model))
    }
    await again.close()
  })
})
