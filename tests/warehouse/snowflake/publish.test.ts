import { describe, expect, test } from 'vitest'
import { compileProject } from '../../../src/compile/compile-project.ts'
import { snowflake } from '../../../src/compile/dialect/snowflake.ts'
import { namingBy } from '../../../src/compile/naming.ts'
import type { Fence } from '../../../src/warehouse/sharing.ts'
import { publish } from '../../../src/warehouse/snowflake/publish.ts'
import type { Row } from '../../../src/warehouse/warehouse.ts'
import { projectOf } from '../../support/project.ts'
import { ScriptedSession } from './scripted-session.ts'

const model = (materialize: string) => `
import { date, integer, key, model, number, sql } from 'throughline'

export const years = model({
  description: "One row per customer's year.",
  grain: ['customer'],
  columns: { customer: key('Who'), order_count: integer('Orders'), amount: number('What they cost').nullable(), year: date('Its first day').nullable() },
  materialize: ${materialize},
  query: () => sql\`select 'a' as customer, 1 as order_count, cast(2 as numeric) as amount, date '2026-01-01' as year\`,
})
`

const table = `{ kind: 'table', partitionBy: { column: 'year', by: 'month' }, clusterBy: ['customer'] }`
const naming = namingBy(layer => ({ schema: `j_${layer}`, database: 'acme' }))
const fence: Fence = { lease: { database: 'acme', schema: 'j_about', name: 'lease' }, runId: 'run-7' }

const column = (name: string, type: string, comment: string): Row => ({ name, type, comment })
const columns = [
  column('CUSTOMER', 'VARCHAR(16777216)', 'Who'),
  column('ORDER_COUNT', 'NUMBER(38,0)', 'Orders'),
  column('AMOUNT', 'NUMBER(38,9)', 'What they cost'),
  column('YEAR', 'DATE', 'Its first day'),
]
const object = (more: Row = {}): Row => ({
  name: 'YEARS',
  kind: 'TABLE',
  comment: "One row per customer's year.",
  cluster_by: "LINEAR(date_trunc('month', YEAR), CUSTOMER)",
  ...more,
})
const settings = { transient: true, tags: {}, models: {} }

/** Publishes over what stands; gives the statements that change something. */
async function published(
  materialize: string,
  standing: readonly Row[],
  described: readonly Row[] = columns,
  viewText?: string,
) {
  const { input } = projectOf({ 'models/kpis/years.ts': model(materialize) })
  const { compiled, problems } = compileProject({ ...input, dialect: snowflake, naming })
  expect(problems).toEqual([])
  const session = new ScriptedSession([
    [/^show objects like 'YEARS'/, standing],
    [/^describe table/, described],
    [/^show views/, viewText === undefined ? [] : [{ name: 'YEARS', text: viewText }]],
  ])
  const given = await publish(
    session,
    {
      model: compiled.models.get('years')!,
      scratch: naming.scratch('years'),
      status: {
        into: naming.status,
        values: [
          ['table_name', "'j_kpis.years'"],
          ['row_count', '1'],
        ],
      },
      fence,
    },
    settings,
  )
  return { ...given, changes: session.changes, statements: session.statements }
}

const written = [
  "delete from acme.j_about.table_status where table_name = 'j_kpis.years'",
  "insert into acme.j_about.table_status (table_name, row_count) select 'j_kpis.years', 1",
  "update acme.j_about.lease set run_id = run_id where cast(iff(run_id = 'run-7' and released_at is null, 'true', 'run run-7 has lost the lease of its target') as boolean)",
  'commit',
]
const dropScratch = 'drop table if exists acme.j_tl_scratch.years'

describe('A table that stands', () => {
  const overwritten = [
    'begin',
    `insert overwrite into acme.j_kpis.years (customer, order_count, amount, year)
select s.customer, s.order_count, s.amount, s.year
from acme.j_tl_scratch.years as s
order by date_trunc('month', year), customer`,
    ...written,
    dropScratch,
  ]

  test('gets other rows in one transaction, with its status and under the lease, and keeps all else', async () => {
    const { changes, replacedBecause } = await published(table, [object()])
    expect(changes).toEqual(overwritten)
    expect(replacedBecause).toBeUndefined()
  })

  test('gets a column more before that', async () => {
    const { changes } = await published(table, [object()], columns.slice(0, 3))
    expect(changes.slice(0, 3)).toEqual([
      "alter table acme.j_kpis.years add column year date comment 'Its first day'",
      'begin',
      overwritten[1],
    ])
  })

  test('gets descriptions that are others, and other clusters', async () => {
    const told = columns.map((one, index) => (index === 1 ? { ...one, comment: 'Anything' } : one))
    const { changes } = await published(table, [object({ comment: '', cluster_by: '' })], told)
    expect(changes.slice(0, 4)).toEqual([
      "comment on table acme.j_kpis.years is 'One row per customer\\'s year.'",
      "alter table acme.j_kpis.years alter column order_count comment 'Orders'",
      "alter table acme.j_kpis.years cluster by (date_trunc('month', year), customer)",
      'begin',
    ])
  })

  test('is clustered no more where the model says nothing', async () => {
    const { changes } = await published(`{ kind: 'table' }`, [object()])
    expect(changes[0]).toBe('alter table acme.j_kpis.years drop clustering key')
  })

  test('is made anew, with its grants, where a column has another type', async () => {
    const other = columns.map((one, index) => (index === 1 ? { ...one, type: 'VARCHAR(16777216)' } : one))
    const { changes, replacedBecause, hasGrantsAgain } = await published(table, [object()], other)
    expect(changes[0]).toMatch(/^create or replace transient table acme\.j_kpis\.years \(/)
    expect(changes[0]).toContain('\ncopy grants\n')
    expect(changes.some(sql => /^drop table if exists acme\.j_kpis/.test(sql))).toBe(false)
    expect([replacedBecause, hasGrantsAgain]).toEqual(['its column order_count was text and is integer now', true])
  })
})

test('A table that is new is made and filled by one statement, which asks for the lease', async () => {
  const { changes } = await published(table, [])
  expect(changes).toEqual([
    `create or replace transient table acme.j_kpis.years (
  customer varchar,
  order_count number(38, 0),
  amount number(38, 9),
  year date
)
cluster by (date_trunc('month', year), customer)
copy grants
comment = 'One row per customer\\'s year.'
as
select * from (
select s.customer, s.order_count, s.amount, s.year
from acme.j_tl_scratch.years as s
union all
select null, null, null, null
from (select 1 as one) as tl_lease
where not (select cast(iff(count(*) > 0, 'true', 'run run-7 has lost the lease of its target') as boolean) from acme.j_about.lease as w where w.run_id = 'run-7' and w.released_at is null)
) as tl_rows
order by date_trunc('month', year), customer`,
    'drop table if exists acme.j_kpis.years__tl_next',
    'begin',
    ...written,
    dropScratch,
  ])
})

describe('A view', () => {
  const view = `{ kind: 'view' }`

  test('is written with its descriptions and keeps its grants; the lease is asked for right before', async () => {
    const { changes, statements } = await published(view, [object({ kind: 'VIEW' })])
    const [statement] = changes
    expect(statement).toMatch(
      /^create or replace view acme\.j_kpis\.years \(\n {2}customer comment 'Who',\n[^)]*\)\ncopy grants\ncomment = 'One row per customer\\'s year\.'\nas\n/,
    )
    expect(statements[statements.indexOf(statement!) - 1]).toMatch(/^select \(select cast\(iff\(count\(\*\) > 0/)
    expect(changes.slice(1)).toEqual(['begin', ...written, 'drop view if exists acme.j_tl_scratch.years'])
  })

  test('that reads the same is left as it is, so that its policies and tags stay', async () => {
    const [statement] = (await published(view, [object({ kind: 'VIEW' })])).changes
    const { changes } = await published(view, [object({ kind: 'VIEW' })], columns, `${statement} ;\n`)
    expect(changes).toEqual(['begin', ...written, 'drop view if exists acme.j_tl_scratch.years'])
  })

  test('takes the place of a table, which is dropped right before', async () => {
    const { changes, replacedBecause } = await published(view, [object()])
    expect(changes[0]).toBe('drop table if exists acme.j_kpis.years')
    expect(changes[1]).toMatch(/^create or replace view acme\.j_kpis\.years/)
    expect(replacedBecause).toBe('it was a table and is a view now')
  })
})
