// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts of models have templates of their own.
import { expect, test } from 'vitest'
import { orders, reportText, saidOf } from './support.ts'

const macros = `
import { macro, sql } from 'throughline'

/** Itself. */
export const kept = macro({
  takes: ['timestamp'],
  gives: 'timestamp',
  examples: [{ given: [null], gives: null }],
  as: instant => sql\`\${instant}\`,
})
`

/** What `check` says of a text column `a` that is made by this query over orders. */
async function said(query: string): Promise<readonly string[]> {
  const report = reportText('r', {
    columns: "a: text('x')",
    query,
    imports: "import { kept } from '../../macros/kept'\n",
  })
  const problems = await saidOf({ ...orders, 'macros/kept.ts': macros, 'models/shop/r.ts': report })
  return problems.map(problem => problem.split('\n')[0]!)
}

const spelled = (what: string): string => `a cast of ${what} to text: each engine spells it differently`

test.each([
  ['of the table', 'select cast(o.ordered_at as ${type.text}) as a from ${orders} as o', spelled('a timestamp')],
  ['without its alias', 'select cast(ordered_at as ${type.text}) as a from ${orders}', spelled('a timestamp')],
  [
    'through a CTE',
    'with t as (select o.amount from ${orders} as o) select cast(t.amount as ${type.text}) as a from t',
    spelled('a decimal'),
  ],
  [
    'through select *',
    'with t as (select * from ${orders}) select cast(t.amount as ${type.text}) as a from t',
    spelled('a decimal'),
  ],
  [
    'through a union of two numbers',
    'with t as (select 0 as n from ${orders} union all select o.amount as n from ${orders} as o) select cast(t.n as ${type.text}) as a from t',
    spelled('a decimal'),
  ],
  [
    'through a macro',
    'select cast(${kept(sql`o.ordered_at`)} as ${type.text}) as a from ${orders} as o',
    spelled('a timestamp'),
  ],
  ['joined to text', 'select o.order_id || o.lines as a from ${orders} as o', '`||` joins text, and this is number'],
])('the type of a column is known by its contract: %s', async (_, query, says) => {
  expect(await said(query)).toEqual([expect.stringContaining(says)])
})

test('a cast that means the same everywhere is none to speak of', async () => {
  expect(await said('select cast(o.lines as ${type.text}) as a from ${orders} as o')).toEqual([])
})
