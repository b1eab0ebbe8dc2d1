import { checkProject } from '../../src/check/check-project.ts'
import { distinctProblems } from '../../src/problems/distinct.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Files, type ProjectOptions, projectOf } from '../support/project.ts'

/** What `check` says of a project, each problem as a person reads it, without the temporary folder. */
export async function saidOf(files: Files, options: ProjectOptions = {}): Promise<readonly string[]> {
  const { folder, input, compiled, problems } = projectOf(files, options)
  const empty = await DuckDBWarehouse.open({ path: ':memory:' })
  try {
    const found = distinctProblems([...problems, ...(await checkProject(input, compiled, empty))])
    return found.map(problem => describeProblem(problem).replaceAll(`${folder}/`, ''))
  } finally {
    await empty.close()
  }
}

const words =
  'boolean, date, fixpoint, integer, key, list, model, number, real, references, rows, sql, text, timestamp, type, values'

/** `models/shop/orders.ts`, which has nothing wrong. */
export const orders: Files = {
  'models/shop/orders.ts': `
import { ${words} } from 'throughline'

export const orders = model({
  description: 'Orders.',
  grain: ['order_id'],
  columns: {
    order_id: key('Order'),
    person_id: key('Who').nullable(),
    ordered_at: timestamp('When'),
    amount: number('Amount'),
    lines: integer('Lines'),
  },
  materialize: { kind: 'table' },
  query: () => sql\`
    select
      'o' as order_id, 'p' as person_id, cast('2026-06-01 00:00:00' as \${type.timestamp}) as ordered_at,
      cast(1 as \${type.number}) as amount, r.one as lines
    from \${rows({ one: integer('One') }, [{ one: 1 }])} as r
  \`,
})
`,
}

/** A model over `orders`: its columns on the 7th line, its query, as it stands, from the 10th, what else it has from the second line after that. */
export interface Report {
  readonly columns: string
  readonly query: string
  readonly rest?: string
  readonly imports?: string
}

export function reportText(name: string, { columns, query, rest = '', imports = '' }: Report): string {
  return `import { ${words} } from 'throughline'
${imports}import { orders } from './orders'
export const ${name} = model({
  description: 'A report.',
  grain: [],
  materialize: { kind: 'table' },
  columns: { ${columns} },
  query: () =>
    sql\`
${query}
    \`,
${rest}
})
`
}
