import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { checkProject } from '../../src/check/check-project.ts'
import { compileProject } from '../../src/compile/compile-project.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { naming } from '../../src/compile/naming.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import * as engine from '../../src/index.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { orders, reportText, saidOf } from './support.ts'

const linesOfHead = (said: readonly string[]) => said.map(text => text.split('\n')[0])

describe('A fault in what several models share', () => {
  const report = (fragment: string, imports: string) => ({
    columns: `n: integer('x')`,
    query: `select \${${fragment}} as n from \${orders} as o`,
    imports,
  })

  test('is told once, in the macro: of each engine', async () => {
    const macros = `
import { macro, sql } from 'throughline'

export const lineCount = macro({
  takes: ['integer'],
  gives: 'integer',
  examples: [{ given: [1], gives: 1 }],
  as: n => ({
    duckdb: sql\`\${n} + no_such_thing(1)\`,
    bigquery: sql\`\${n} + + * 1\`,
    snowflake: sql\`\${n}\`,
  }),
})
`
    const given = report('lineCount(sql`o.lines`)', "import { lineCount } from '../../macros/lines'\n")
    const said = await saidOf({
      ...orders,
      'macros/lines.ts': macros,
      'models/shop/one.ts': reportText('one', given),
      'models/shop/two.ts': reportText('two', given),
    })
    expect(said).toEqual([
      `macros/lines.ts:9:24  there is no scalar function named "no_such_thing"
        duckdb: sql\`\${n} + no_such_thing(1)\`,
                           ^`,
      `macros/lines.ts:10:28  bigquery cannot parse this: expected an expression, found *
        bigquery: sql\`\${n} + + * 1\`,
                               ^`,
    ])
  })

  test('is told once, in the fragment, however deep it stands', async () => {
    const fragments = `
import { sql } from 'throughline'

export const lines = sql\`o.linse\`
export const doubled = sql\`
  2 * \${lines}
\`
`
    const given = report('doubled', "import { doubled } from '../../macros/fragments'\n")
    const said = await saidOf({
      ...orders,
      'macros/fragments.ts': fragments,
      'models/shop/one.ts': reportText('one', given),
      'models/shop/two.ts': reportText('two', given),
    })
    expect(said).toEqual([
      `macros/fragments.ts:4:28  "o" has no column named "linse"; did you mean lines?
    export const lines = sql\`o.linse\`
                               ^`,
    ])
  })

  test('is told once, in the inline model that its readers have within them', async () => {
    const inline = reportText('paid', {
      columns: `id: text('x')`,
      query: 'select o.order_di as id from ${orders} as o',
    }).replace("kind: 'table'", "kind: 'inline'")
    const reader = (name: string) =>
      reportText(name, {
        columns: `id: text('x')`,
        query: 'select p.id from ${paid} as p',
        imports: "import { paid } from './paid'\n",
      })
    const said = await saidOf({
      ...orders,
      'models/shop/paid.ts': inline,
      'models/shop/one.ts': reader('one'),
      'models/shop/two.ts': reader('two'),
    })
    expect(linesOfHead(said)).toEqual([
      'models/shop/paid.ts:10:10  "o" has no column named "order_di"; did you mean order_id?',
    ])
  })
})

describe('A fixpoint', () => {
  const closure = (step: string, until = 'left') => `
import { fixpoint, integer, key, sql } from 'throughline'
import { orders } from './orders'

export const closure = fixpoint({
  description: 'A closure.',
  grain: ['order_id'],
  columns: { order_id: key('Order') },
  maximumRounds: 9,
  work: { left: { order_id: key('Order'), lines: integer('Lines') } },
  until: '${until}',
  start: () => ({ left: sql\`select o.order_id, o.lines from \${orders} as o\` }),
  step: ({ work }) => ({ ${step} }),
  query: ({ work }) => sql\`select l.order_id from \${work.left} as l\`,
})
`

  test('is checked step by step against its working tables', async () => {
    const wrong = 'left: sql`select l.order_id, l.line - 1 as lines from ${work.left} as l where l.lines > 1`'
    expect(linesOfHead(await saidOf({ ...orders, 'models/shop/closure.ts': closure(wrong) }))).toEqual([
      'models/shop/closure.ts:13:57  "l" has no column named "line"; did you mean lines?',
    ])
    const short = 'left: sql`select l.order_id from ${work.left} as l where false`'
    expect(linesOfHead(await saidOf({ ...orders, 'models/shop/closure.ts': closure(short) }))).toEqual([
      "models/shop/closure.ts:10:43  the query of closure, its working table left gives no column 'lines', which its contract has",
    ])
  })

  test('makes no working table that it does not declare', async () => {
    const strange = 'leftt: sql`select l.order_id, l.lines from ${work.left} as l where false`'
    expect(linesOfHead(await saidOf({ ...orders, 'models/shop/closure.ts': closure(strange) }))).toEqual([
      "models/shop/closure.ts:5:14  'leftt' is no working table of this fixpoint; did you mean left?",
    ])
  })
})

describe('Names', () => {
  test('that any engine reserves are told of, of models and columns, whatever the target', async () => {
    const order = orders['models/shop/orders.ts']!.replaceAll('orders = ', 'order = ')
      .replace('lines: integer', 'window: integer')
      .replace('as lines', 'as window')
    expect(linesOfHead(await saidOf({ 'models/shop/order.ts': order }))).toEqual([
      "models/shop/order.ts:4:14  the model 'order' has a name that BigQuery, Snowflake and DuckDB reserve",
      "models/shop/order.ts:12:5  the column 'window' has a name that BigQuery and DuckDB reserve",
      "models/shop/order.ts:18:53  'window' is a reserved word of BigQuery and DuckDB",
    ])
  })
})

describe('The stock project', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

  test.each(['examples/retailer', 'examples/clickstream'])('passes as configured in %s', async folder => {
    const { project, problems: ofLoading } = loadProject([root], engine, new StrippedCache(undefined).strip)
    const file = `${root}/${folder}/warehouse.config.yaml`
    const { definitions, sources, exclude } = loadConfig({
      file,
      text: readFileSync(file, 'utf8'),
      env: { EVENTS_FILE: 'events.csv' },
      sections: Object.fromEntries([...project.definitions].map(([section, { value }]) => [section, value.schema])),
      sources: Object.fromEntries([...project.sources].map(([name, { value }]) => [name, value.settings])),
    })
    const clock = { startedAt: '2026-06-01 12:00:00', naming: naming(undefined) }
    const input = { project, dialect: duckdb, definitions, sources, exclude, ...clock }
    const { compiled, problems: ofCompiling } = compileProject(input)
    const empty = await DuckDBWarehouse.open({ path: ':memory:' })
    try {
      const problems = [...ofLoading, ...ofCompiling, ...(await checkProject(input, compiled, empty))]
      expect(problems.map(describeProblem)).toEqual([])
      expect(compiled.models.size).toBeGreaterThan(30)
    } finally {
      await empty.close()
    }
  })
})

describe('Rules of columns', () => {
  test('that cannot be tested are told at their column, before anything runs', async () => {
    const text = orders['models/shop/orders.ts']!.replace("key('Order')", "key('Order').matches('(')")
      .replace("key('Who')", "key('Who').atLeast(3).oneOf(['p'])")
      .replace("integer('Lines')", "integer('Lines').atLeast(1)")
    expect(linesOfHead(await saidOf({ 'models/shop/orders.ts': text }))).toEqual([
      expect.stringMatching(/^models\/shop\/orders\.ts:8:5 {2}'order_id matches \(' cannot be tested: /),
      expect.stringMatching(/^models\/shop\/orders\.ts:9:5 {2}'person_id is at least 3' cannot be tested: /),
    ])
  })
})
