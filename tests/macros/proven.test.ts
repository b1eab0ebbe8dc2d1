import { describe, expect, test } from 'vitest'
import { integer, list, text } from '../../src/authoring/column-words.ts'
import { type Macro, macro } from '../../src/authoring/macro.ts'
import { sql } from '../../src/authoring/sql.ts'
import { naming } from '../../src/compile/naming.ts'
import { Findings } from '../../src/conformance/findings.ts'
import type { Kit } from '../../src/conformance/kit.ts'
import { checkMacros } from '../../src/conformance/macros/check-macros.ts'
import { Meter } from '../../src/conformance/meter.ts'
import type { CheckOutcome } from '../../src/conformance/report.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'

/** What the kit says of these macros on DuckDB. */
async function proven(macros: Readonly<Record<string, { readonly macro: unknown }>>): Promise<CheckOutcome> {
  const stop = new AbortController()
  const unasked = (): never => {
    throw new Error('examples of macros need none of this')
  }
  const kit: Kit = {
    engine: 'duckdb',
    open: () => DuckDBWarehouse.open({ path: ':memory:' }),
    openReference: unasked,
    naming: () => naming(undefined),
    threads: 1,
    signal: stop.signal,
    meter: new Meter({ bytes: undefined, minutes: 5 }, stop),
    macros: Object.entries(macros).map(([name, { macro }]) => ({ name, macro: macro as Macro })),
    retailer: { project: undefined as never, definitions: {}, sources: {}, exclude: [] },
    shopFolder: '',
    loadShop: unasked,
    grantee: undefined,
    buildDoomed: undefined,
    every: unasked,
    newRunId: () => 'r',
  }
  return checkMacros(kit, new Findings())
}

const twice = macro({
  takes: ['integer'],
  gives: 'integer',
  examples: [
    { given: [2], gives: 4 },
    { given: [null], gives: null },
  ],
  as: n => sql`(${n} * 2)`,
})

describe('The examples of macros, tried on a target', () => {
  test('agree where each gives what it says, literal or column', async () => {
    expect(await proven({ twice })).toEqual({ agreed: 4, differences: [], skipped: [] })
  })

  test('are passed over, and that is said, where a macro has no text for the engine', async () => {
    const soundex = macro({
      takes: ['text'],
      gives: 'text',
      examples: [{ given: ['ann'], gives: 'A500' }],
      as: ((name: string) => ({ snowflake: sql`soundex(${name})` })) as never,
    })
    expect(await proven({ soundex, twice })).toEqual({
      agreed: 4,
      differences: [],
      skipped: [{ about: 'soundex', because: 'it has no rendering for duckdb' }],
    })
  })

  test('differ, and the others are tried, where the code of a macro throws', async () => {
    const picky = macro({
      takes: ['integer'],
      gives: 'integer',
      literals: [0],
      examples: [
        { given: [1], gives: 1 },
        { given: [13], gives: 13 },
        { given: [2], gives: 3 },
      ],
      as: n => {
        if (n === 13) throw new Error('thirteen is out of luck')
        return sql`${n}`
      },
    })
    const { agreed, differences } = await proven({ picky })
    expect(differences.map(({ where, got }) => [where, got])).toEqual([
      ['example 1 as literals: 13', 'thirteen is out of luck'],
      ['example 2 as literals: 2', '"2"'],
      ['example 1 as columns: 13', 'thirteen is out of luck'],
      ['example 2 as columns: 2', '"2"'],
    ])
    expect(agreed).toBe(2)
  })

  test('differ where a macro gives no SQL, or uses one without a text for the engine', async () => {
    const inner = macro({ takes: [], gives: 'integer', examples: [], as: (() => ({ bigquery: sql`1` })) as never })
    const outer = macro({
      takes: [],
      gives: 'integer',
      examples: [{ given: [], gives: 1 }],
      as: () => sql`(${inner()})`,
    })
    const bare = macro({ takes: [], gives: 'integer', examples: [{ given: [], gives: 1 }], as: (() => '1') as never })
    const { differences } = await proven({ outer, bare })
    expect(new Set(differences.map(({ about, got }) => `${about} ${got}`))).toEqual(
      new Set(['outer a macro has no rendering for duckdb and snowflake', 'bare a macro gives a string, and not SQL']),
    )
  })

  test('need no arguments where the macro takes none', async () => {
    const one = macro({
      takes: [],
      gives: 'integer',
      examples: [{ given: [], gives: 1 }],
      as: () => sql`cast(1 as bigint)`,
    })
    const ones = macro({
      takes: [],
      gives: { one: integer('One') },
      over: 'relation',
      examples: [{ given: [], gives: [{ one: 1 }] }],
      as: () => sql`(select cast(1 as bigint) as one)`,
    })
    expect(await proven({ one, ones })).toEqual({ agreed: 2, differences: [], skipped: [] })
  })

  test('give lists as arrays', async () => {
    const first = macro({
      takes: [list(text())],
      gives: 'text',
      examples: [{ given: [['a', 'b']], gives: 'a' }],
      as: items => sql`${items}[1]`,
    })
    expect((await proven({ first })).differences).toEqual([])
  })
})
