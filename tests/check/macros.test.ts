import { describe, expect, test } from 'vitest'
import { dialects } from '../../src/compile/dialect/dialects.ts'
import { distinctProblems } from '../../src/problems/distinct.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { projectOf } from '../support/project.ts'
import { orders, reportText, saidOf } from './support.ts'

/** `as` stands on the 8th line. */
const macroText = (as: string) => `
import { macro, sql } from 'throughline'

export const toCents = macro({
  takes: ['number'],
  gives: 'integer',
  examples: [{ given: ['12.50'], gives: 1250 }],
  as: amount => (${as}),
})
`

const duckdb = 'duckdb: sql`cast(${amount} * 100 as bigint)`'
const bigquery = 'bigquery: sql`cast(${amount} * 100 as int64)`'
const snowflake = 'snowflake: sql`cast(${amount} * 100 as integer)`'

const cents = (name: string) =>
  reportText(name, {
    columns: `cents: integer('Cents').nullable()`,
    query: 'select ${toCents(sql`o.amount`)} as cents from ${orders} as o',
    imports: "import { toCents } from '../../macros/cents'\n",
  })

const files = (as: string, models: readonly string[] = ['one']) => ({
  ...orders,
  'macros/cents.ts': macroText(as),
  ...Object.fromEntries(models.map(name => [`models/shop/${name}.ts`, cents(name)])),
})

/** The same for one engine alone. */
const alone = (as: string, engine: string) => {
  const all = files(as)
  return {
    ...all,
    'models/shop/one.ts': cents('one').replace('grain: []', `engine: '${engine}',\n  grain: []`),
  }
}

const heads = (said: readonly string[]) => said.map(text => text.split('\n')[0])

describe('A macro without a rendering for an engine', () => {
  test('is told once, in its own file, whatever the target, however many models use it', async () => {
    const lacking = files(`{ ${duckdb}, ${bigquery} }`, ['one', 'two'])
    const told = [
      `macros/cents.ts:8:3  toCents has no rendering for snowflake
      as: amount => ({ ${duckdb}, ${bigquery} }),
      ^
  write snowflake: sql\`…\` beside the others`,
    ]
    expect(await saidOf(lacking)).toEqual(told)
    const { folder, problems } = projectOf(lacking, { dialect: dialects.snowflake })
    const compiling = problems.map(problem => describeProblem(problem).replaceAll(`${folder}/`, ''))
    expect(distinctProblems(problems)).toHaveLength(1)
    expect(compiling[0]).toBe(told[0])
  })

  test('is told so of the target itself, and of several engines at once', async () => {
    expect(heads(await saidOf(files(`{ ${snowflake} }`)))).toEqual([
      'macros/cents.ts:8:3  toCents has no rendering for duckdb and bigquery',
    ])
  })

  test('is told what it has instead, where that is a misspelt engine', async () => {
    const [said, ...others] = await saidOf(files(`{ ${duckdb}, ${bigquery}, ${snowflake.replace('snow', 'snwo')} }`))
    expect(said).toContain('toCents has no rendering for snowflake')
    expect(said).toContain("\n  'snwoflake' is no engine: they are duckdb, bigquery, snowflake")
    expect(others).toEqual([])
  })

  test('is told where a data test or a test of a model uses it', async () => {
    const as = `{ ${duckdb}, ${bigquery} }`
    const without = files(as, [])
    const dataTest = `
import { dataTest, sql } from 'throughline'
import { toCents } from '../macros/cents'
import { orders } from '../models/shop/orders'
export const whole = dataTest({
  description: 'Cents.', rows: () => sql\`select o.order_id from \${orders} as o where \${toCents(sql\`o.amount\`)} < 0\`,
})
`
    const told = ['macros/cents.ts:8:3  toCents has no rendering for snowflake']
    expect(heads(await saidOf({ ...without, 'data_tests/whole.ts': dataTest }))).toEqual(told)
    const tested = orders['models/shop/orders.ts']!.replace(
      "} from 'throughline'",
      "} from 'throughline'\nimport { toCents } from '../../macros/cents'",
    ).replace(
      "grain: ['order_id'],",
      "grain: ['order_id'],\n  tests: { always: { whole: sql`${toCents(sql`amount`)} > 0` } },",
    )
    expect(heads(await saidOf({ ...without, 'models/shop/orders.ts': tested }))).toEqual(told)
  })

  test('is no problem where the model that uses it is for one engine alone, and that one is there', async () => {
    expect(await saidOf(alone(`{ ${snowflake} }`, 'snowflake'), { builtOn: 'any' })).toEqual([])
    expect(await saidOf(alone(`{ ${bigquery} }`, 'bigquery'), { builtOn: 'any' })).toEqual([])
    expect(await saidOf(alone(`{ ${duckdb}, ${bigquery} }`, 'duckdb'), { builtOn: 'any' })).toEqual([])
  })

  test('is told of the one engine, where that one is not there', async () => {
    const told = ['macros/cents.ts:8:3  toCents has no rendering for snowflake']
    expect(heads(await saidOf(alone(`{ ${duckdb}, ${bigquery} }`, 'snowflake'), { builtOn: 'any' }))).toEqual(told)
    expect(heads(await saidOf(alone(`{ ${duckdb} }`, 'snowflake'), { builtOn: 'any' }))).toEqual(told)
  })
})

describe('A macro that gives no SQL', () => {
  test.each([
    ['undefined', 'toCents gives nothing, and not SQL'],
    ["'amount * 100'", 'toCents gives a string, and not SQL'],
    [`{ ${duckdb}, ${bigquery}, snowflake: 'x * 100' }`, 'toCents gives a string for snowflake, and not SQL'],
  ])('is told in its own file: %s', async (as, message) => {
    expect(heads(await saidOf(files(as)))).toEqual([`macros/cents.ts:8:3  ${message}`])
  })
})

describe('What goes wrong in writing for another engine than the target', () => {
  test('is told, of whatever kind', async () => {
    const thrown = `{ ${duckdb}, ${bigquery}, get snowflake() { throw new Error('not on Snowflake') } }`
    expect(heads(await saidOf(files(thrown)))).toEqual([
      expect.stringMatching(/^models\/shop\/one\.ts:\d+:\d+ {2}not on Snowflake$/),
    ])
  })

  test('is told once, where it goes wrong for every one', async () => {
    const said = await saidOf({
      ...orders,
      'models/shop/one.ts': reportText('one', {
        columns: `n: integer('x')`,
        query: 'select ${undefined as never} as n from ${orders} as o',
      }),
    })
    expect(heads(said)).toEqual([
      'models/shop/one.ts:3:14  undefined stands in ${}: is its name imported, and spelled as it is exported?',
    ])
  })
})

describe('A call of a macro', () => {
  test.each([
    ['toCents()', 'a macro is given 0 arguments, and takes 1: number'],
    ['toCents(sql`o.amount`, 2)', 'a macro is given 2 arguments, and takes 1: number'],
  ])('with more or less than it takes is told at its line: %s', async (call, message) => {
    const all = files(`{ ${duckdb}, ${bigquery}, ${snowflake} }`)
    const model = cents('one').replace('toCents(sql`o.amount`)', call)
    expect(heads(await saidOf({ ...all, 'models/shop/one.ts': model }))).toEqual([
      `models/shop/one.ts:11:10  ${message}`,
    ])
  })

  test('that gives it another type is told with the line of the call', async () => {
    const all = files(`{ ${duckdb}, ${bigquery}, ${snowflake} }`)
    const model = cents('one').replace('sql`o.amount`', 'sql`o.order_id`')
    const [said, ...others] = await saidOf({ ...all, 'models/shop/one.ts': model })
    expect(said).toMatch(/^macros\/cents\.ts:8:\d+ {2}No function matches the given name and argument types/)
    expect(said).toContain('\n  it is used in line 11 of one: has what it is given there the types that it takes?')
    expect(others).toEqual([])
  })
})
