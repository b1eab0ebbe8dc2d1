import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { waysOf } from '../../../src/conformance/macros/example-query.ts'
import { SnowflakeWarehouse } from '../../../src/warehouse/snowflake/snowflake-warehouse.ts'
import type { Session } from '../../../src/warehouse/warehouse.ts'
import { exportedMacros } from '../../macros/examples.ts'
import { settingsOf } from './client-support.ts'
import { macroDifference, macroDifferences } from './macro-differences.ts'
import { exampleAlone, examplesTogether, expectedOf } from './macro-runs.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

const macros = await exportedMacros()

describe.skipIf(whyNoFakesnow() !== undefined)('On fakesnow', { timeout: 120_000 }, () => {
  let server: LocalSnowflake
  let warehouse: SnowflakeWarehouse
  let session: Session
  beforeAll(async () => {
    server = await startLocalSnowflake()
    warehouse = await SnowflakeWarehouse.open(settingsOf(server))
    session = await warehouse.connect()
  })
  afterAll(async () => {
    session?.close()
    await warehouse?.close()
    await server?.close()
  })

  describe.each(macros)('$name', named => {
    const examples = named.macro.examples.map((example, index) => ({ index, example }))
    const differing = examples.filter(({ index }) => macroDifference(named.name, index) !== undefined)
    const others = examples.filter(one => !differing.includes(one)).map(({ example }) => example)

    if (others.length > 0)
      test('gives what its examples say', async () => {
        const expected = others.map(example => expectedOf(named, example))
        for (const way of waysOf(named.macro))
          expect(await examplesTogether(session, named, others, way), way).toEqual(expected)
      })

    for (const { index, example } of differing) {
      test(`differs in example ${index}: ${macroDifference(named.name, index)}`, async () => {
        const given: string[] = []
        for (const way of waysOf(named.macro)) given.push(await exampleAlone(session, named, example, way))
        expect(given.every(got => got === expectedOf(named, example))).toBe(false)
      })
    }
  })
})

test('Every macro that is said to differ is one', () => {
  const names = macros.map(({ name }) => name)
  expect(macroDifferences.flatMap(one => one.macros).filter(name => !names.includes(name))).toEqual([])
})
