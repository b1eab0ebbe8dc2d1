import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Macro, MacroExample } from '../../src/authoring/macro.ts'
import { authoredQueries } from '../../src/check/authored-queries.ts'
import { compileProject } from '../../src/compile/compile-project.ts'
import type { CompiledProject } from '../../src/compile/compiled.ts'
import { dialects } from '../../src/compile/dialect/dialects.ts'
import { naming } from '../../src/compile/naming.ts'
import { coreFunctions } from '../../src/compile/portable/check-function.ts'
import { readyParser } from '../../src/compile/portable/parse.ts'
import { snowflakeFunctions } from '../../src/compile/snowflake/function-list.ts'
import { snowflakeTypeOf } from '../../src/compile/snowflake/snowflake-type.ts'
import { typedTables } from '../../src/compile/snowflake/typed-tables.ts'
import { type VouchedQuery, vouchedQuery } from '../../src/compile/snowflake/vouched.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { exampleQuery, type NamedMacro, waysOf } from '../../src/conformance/macros/example-query.ts'
import * as engine from '../../src/index.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import { exportedMacros } from './examples.ts'

const macros = await exportedMacros()
beforeAll(readyParser)

const noTables = () => undefined

const read = new Map<string, VouchedQuery>()
/** What the list says of a text, each read once. */
function vouched(text: string, tables: Parameters<typeof vouchedQuery>[1] = noTables): VouchedQuery {
  const known = read.get(text) ?? vouchedQuery(text, tables)
  read.set(text, known)
  return known
}

/** By macro: some examples in every way that they can be asked for. What a call is made of changes with no values but those that are always literals. */
const queries = new Map<NamedMacro, readonly string[]>()
function queriesOf(named: NamedMacro): readonly string[] {
  const { macro } = named
  const known =
    queries.get(named) ??
    waysOf(macro).flatMap(way =>
      examplesOf(macro).map(example => exampleQuery(named, example, way, dialects.snowflake)),
    )
  queries.set(named, known)
  return known
}

/** Two, and where there are arguments that are always literals, one for each of these, at most six. */
function examplesOf({ examples, literals }: Macro): readonly MacroExample[] {
  const byLiterals = new Map(
    [...examples].reverse().map(example => [JSON.stringify(literals.map(place => example.given[place])), example]),
  )
  return literals.length === 0 ? examples.slice(0, 2) : [...byLiterals.values()].slice(-6)
}

describe('For Snowflake, a macro', () => {
  test.each(macros)('$name calls functions of the typed list, with arguments of its types', named => {
    for (const text of queriesOf(named)) expect(vouched(text).notVouched, text).toEqual([])
  })

  test.each(macros)('$name gives its declared type, by the list', named => {
    const { gives } = named.macro
    const declared = typeof gives === 'string' ? { result: { type: { kind: gives } as const } } : gives
    const { columns } = vouched(queriesOf(named).at(-1)!)
    for (const [name, { type }] of Object.entries(declared)) expect(columns?.get(name)).toBe(snowflakeTypeOf(type))
  })
})

test('For Snowflake, the stock models call functions of the typed list, with columns of its types', () => {
  const compiled = stockForSnowflake()
  const tables = typedTables(compiled)
  const found = authoredQueries(compiled).flatMap(({ id, query }) =>
    vouched(query.text, tables).notVouched.map(
      ({ offset, message }) => `${id}: ${message}: ${query.text.slice(offset, offset + 60)}`,
    ),
  )
  expect(found).toEqual([])
})

describe('The typed list', () => {
  test('has every function of the portable core', () => {
    expect(coreFunctions.filter(name => !snowflakeFunctions.has(name))).toEqual([])
  })

  test('has no function that no macro calls, no stock model and not the portable core', () => {
    const models = authoredQueries(stockForSnowflake()).map(({ query }) => query.text)
    const called = new Set(coreFunctions)
    for (const text of [...macros.flatMap(queriesOf), ...models])
      for (const name of vouched(text).called) called.add(name)
    expect([...snowflakeFunctions.keys()].filter(name => !called.has(name))).toEqual([])
  })

  test.each([...snowflakeFunctions.values()])(
    'says of $name what NULL gives, and where Snowflake documents it',
    entry => {
      expect(entry.nulls).not.toBe('')
      expect(entry.page).toMatch(/^https:\/\/docs\.snowflake\.com\/en\/sql-reference\/functions\/[a-z0-9_]+$/)
      expect(entry.signatures.length).toBeGreaterThan(0)
    },
  )
})

describe('By the list, nobody vouches for', () => {
  const table =
    'select cast(null as varchar) as a, cast(null as number(38, 0)) as n, cast(null as double) as r, cast(null as date) as d'
  test.each([
    ['a function that it does not have', 'soundex(a)', 'soundex() is not in the list of Snowflake’s functions'],
    ['too many arguments', "trim(a, ' ', ' ')", 'trim(varchar, varchar, varchar) is not among'],
    ['an argument left out', 'trim(a)', 'trim(varchar) is not among'],
    ['an argument of another type', "contains(a, 'x') and contains(n, 'x')", 'contains(number, varchar) is not among'],
    ['a pattern that is no literal', 'regexp_instr(a, a)', 'regexp_instr(varchar, varchar) is not among'],
    ['a part of a date that obeys the session', "date_trunc('week', d)", 'date_trunc(varchar, date) is not among'],
    ['a window over what has none', 'avg(r) over (partition by a)', 'avg() over a window is not in the list'],
    ['an aggregate without its order', "listagg(a, ',')", 'listagg(varchar, varchar) is not among'],
    ['ignore nulls', 'first_value(a) ignore nulls over (order by n)', 'first_value(): IgnoreNulls is not in the list'],
    ['distinct within an aggregate', "listagg(distinct a, ',') within group (order by a)", 'listagg(): '],
    ['a try_cast of what is no text', 'try_cast(r as number(38, 0))', 'try_cast takes text, and this is float'],
    ['a conversion that there is not', 'cast(d as number(38, 0))', 'date is not converted to number'],
    [
      'a type that is none of the contract',
      'cast(a as number(10, 2))',
      'a cast to a type that is not one of the contract',
    ],
    ['an operator that it does not have', 'n % 2', 'the operator Modulo is not among'],
    ['a path into JSON by a colon', 'parse_json(a):b', 'an expression of the form JsonAccess is not among'],
    ['a comparison of two types', 'a = n', 'varchar and number in a comparison'],
    ['text joined to a number', 'a || n', 'number in `StringConcat`, where varchar is wanted'],
    [
      'a lambda that gives no condition',
      'filter(split(a, a), x varchar -> length(x))',
      'filter(array, a lambda) is not among',
    ],
    ['a group of rows where one value is wanted', 'flatten(input => split(a, a))', 'flatten() gives rows'],
  ])('%s', (_, expression, says) => {
    const { notVouched } = vouchedQuery(`select ${expression} as x from (${table}) as t`, noTables)
    expect(notVouched.map(({ message }) => message.replaceAll("'", '’'))).toEqual([expect.stringContaining(says)])
  })

  test('a relation that it does not have', () => {
    const text = 'select g.x from table(generator(rowcount => 3)) as g'
    expect(vouchedQuery(text, noTables).notVouched).toEqual([
      { offset: 22, message: "generator() is not in the list of Snowflake's functions" },
    ])
  })
})

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')
let stock: CompiledProject | undefined

/** The stock project as the retailer configures it, with all its systems, for Snowflake. */
function stockForSnowflake(): CompiledProject {
  if (stock !== undefined) return stock
  const { project } = loadProject([root], engine, new StrippedCache(undefined).strip)
  const file = `${root}/examples/retailer/warehouse.config.yaml`
  const { definitions, sources, exclude } = loadConfig({
    file,
    text: readFileSync(file, 'utf8'),
    env: {},
    sections: Object.fromEntries([...project.definitions].map(([section, { value }]) => [section, value.schema])),
    sources: Object.fromEntries([...project.sources].map(([name, { value }]) => [name, value.settings])),
  })
  const clock = { startedAt: '2026-06-01 12:00:00', naming: naming(undefined) }
  stock = compileProject({ project, dialect: dialects.snowflake, definitions, sources, exclude, ...clock }).compiled
  return stock
}
