import { describe, expect, test } from 'vitest'
import { compileProject } from '../../../src/compile/compile-project.ts'
import { snowflake } from '../../../src/compile/dialect/snowflake.ts'
import { namingBy } from '../../../src/compile/naming.ts'
import { ProblemsError } from '../../../src/problems/problem.ts'
import type { Fence } from '../../../src/warehouse/sharing.ts'
import { SnowflakeError } from '../../../src/warehouse/snowflake/errors.ts'
import { fencedTransaction } from '../../../src/warehouse/snowflake/fence.ts'
import { publish } from '../../../src/warehouse/snowflake/publish.ts'
import { type Row, WarehouseError } from '../../../src/warehouse/warehouse.ts'
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
  rules: ConstructorParameters<typeof ScriptedSession>[0] = [],
) {
  const { input } = projectOf({ 'models/kpis/years.ts': model(materialize) })
  const { compiled, problems } = compileProject({ ...input, dialect: snowflake, naming })
  expect(problems).toEqual([])
  const session = new ScriptedSession([
    ...rules!,
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

function refused(code: string, message: string, kind: WarehouseError['errorKind'] = 'other'): WarehouseError {
  return new WarehouseError(message, {
    kind,
    cause: new SnowflakeError(message, code, undefined, undefined, undefined),
  })
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
    const told = columns.map((one, index) => (index < 2 ? { ...one, comment: 'Anything' } : one))
    const { changes } = await published(table, [object({ comment: '', cluster_by: '' })], told)
    expect(changes.slice(0, 4)).toEqual([
      "comment on table acme.j_kpis.years is 'One row per customer\\'s year.'",
      "alter table acme.j_kpis.years alter column customer comment 'Who', column order_count comment 'Orders'",
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
select cast(null as varchar), cast(null as number(38, 0)), cast(null as number(38, 9)), cast(null as date)
from (select 1 as one) as tl_lease
where not (select cast(iff(count(*) > 0, 'true', 'run run-7 has lost the lease of its target') as boolean) from acme.j_about.lease as w where w.run_id = 'run-7' and w.released_at is null)
) as tl_rows
order by date_trunc('month', year), customer`,
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

  test('takes the place of a table with its grants, each in its own way, and names those that cannot be given', async () => {
    const { changes, statements, replacedBecause, hasGrantsAgain, remarks } = await published(
      view,
      [object()],
      columns,
      undefined,
      [
        [
          /^show grants on table/,
          [
            { privilege: 'OWNERSHIP', granted_to: 'ROLE', grantee_name: 'TRANSFORMER', grant_option: 'true' },
            { privilege: 'SELECT', granted_to: 'ROLE', grantee_name: 'READER', grant_option: 'true' },
            { privilege: 'SELECT', granted_to: 'DATABASE_ROLE', grantee_name: 'SEER', grant_option: 'false' },
            { privilege: 'SELECT', granted_to: 'SHARE', grantee_name: 'ACME.PARTNERS', grant_option: 'false' },
            { privilege: 'SELECT', granted_to: 'ROLE', grantee_name: 'GUARDED', grant_option: 'false' },
            { privilege: 'SELECT', granted_to: 'APPLICATION', grantee_name: 'AN_APP', grant_option: 'false' },
          ],
        ],
        [/to role "GUARDED"/, refused('003001', 'Insufficient privileges')],
      ],
    )
    expect(changes[0]).toMatch(/^create or replace view acme\.j_kpis\.years__tl_next \(/)
    expect(changes.slice(1, 8)).toEqual([
      'grant SELECT on view acme.j_kpis.years__tl_next to role "READER" with grant option',
      'grant SELECT on view acme.j_kpis.years__tl_next to database role acme."SEER"',
      'grant SELECT on view acme.j_kpis.years__tl_next to share "PARTNERS"',
      'grant SELECT on view acme.j_kpis.years__tl_next to role "GUARDED"',
      'alter table acme.j_kpis.years rename to acme.j_kpis.years__tl_aside',
      'alter view acme.j_kpis.years__tl_next rename to acme.j_kpis.years',
      'drop table if exists acme.j_kpis.years__tl_aside',
    ])
    expect(statements[statements.indexOf(changes[5]!) - 1]).toMatch(/^select \(select cast\(iff\(count\(\*\) > 0/)
    expect([replacedBecause, hasGrantsAgain]).toEqual(['it was a table and is a view now', false])
    expect(remarks).toEqual(['not given again: SELECT to GUARDED, SELECT to application AN_APP'])
  })

  test('is not made where its grants could not be asked for, and not for want of the right', async () => {
    const lost = refused('401001', 'socket hang up', 'connection')
    await expect(published(view, [object()], columns, undefined, [[/^show grants/, lost]])).rejects.toBe(lost)
    const forbidden = refused('003001', 'Insufficient privileges')
    const { hasGrantsAgain } = await published(view, [object()], columns, undefined, [[/^show grants/, forbidden]])
    expect(hasGrantsAgain).toBe(false)
  })
})

describe('What has policies', () => {
  const policies: readonly Row[] = [
    {
      policy_db: 'GOVERNANCE',
      policy_schema: 'POLICIES',
      policy_name: 'HIDE',
      policy_kind: 'MASKING_POLICY',
      ref_column_name: 'CUSTOMER',
    },
    { policy_db: 'GOVERNANCE', policy_schema: 'POLICIES', policy_name: 'OWN', policy_kind: 'ROW_ACCESS_POLICY' },
  ]
  const notLookedUp =
    'whether it had masking or row access policies could not be looked up: set them again where it had'
  const asked = /policy_references\(ref_entity_name => 'acme\.j_kpis\.years', ref_entity_domain => '(table|view)'\)/
  const other = columns.map((one, index) => (index === 1 ? { ...one, type: 'VARCHAR(16777216)' } : one))
  const changing: readonly (readonly [string, string, Row, readonly Row[]])[] = [
    ['a table of another contract', table, object(), other],
    ['a table that becomes a view', `{ kind: 'view' }`, object(), columns],
    ['a view that becomes a table', table, object({ kind: 'VIEW' }), columns],
    ['a view that reads something else', `{ kind: 'view' }`, object({ kind: 'VIEW' }), columns],
  ]

  test.each(changing)(
    'is not replaced, and nothing of it is changed: %s',
    async (_, materialize, standing, described) => {
      const publishing = published(materialize, [standing], described, undefined, [[asked, policies]])
      const error = await publishing.catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(ProblemsError)
      const [problem] = (error as ProblemsError).problems
      expect(problem!.message).toContain(
        'masking policy GOVERNANCE.POLICIES.HIDE on column customer, row access policy GOVERNANCE.POLICIES.OWN',
      )
      expect(problem!.hint).toMatch(/^unset them .* or drop (table|view) acme\.j_kpis\.years by hand/)
    },
  )

  test('stays where only rows are others: nobody asks', async () => {
    const { statements } = await published(table, [object()], columns, undefined, [[asked, policies]])
    expect(statements.some(sql => asked.test(sql))).toBe(false)
  })

  test.each([
    ['002141', 'Unknown user-defined function'],
    ['003001', 'Insufficient privileges'],
  ])('is replaced where they cannot be looked up (%s), and that is said', async (code, message) => {
    const { remarks, changes } = await published(table, [object()], other, undefined, [[asked, refused(code, message)]])
    expect(changes[0]).toMatch(/^create or replace transient table/)
    expect(remarks).toEqual([notLookedUp])
  })

  test.each([
    [
      'a view that reads something else',
      `{ kind: 'view' }`,
      object({ kind: 'VIEW' }),
      /^create or replace view acme\.j_kpis\.years \(/,
      `its view was replaced, with the grants it had; ${notLookedUp}`,
    ],
    [
      'a table that becomes a view',
      `{ kind: 'view' }`,
      object(),
      /^create or replace view acme\.j_kpis\.years__tl_next \(/,
      notLookedUp,
    ],
    [
      'a view that becomes a table',
      table,
      object({ kind: 'VIEW' }),
      /^create or replace transient table acme\.j_kpis\.years__tl_next \(/,
      notLookedUp,
    ],
  ] as const)(
    'is replaced and that is said, where they cannot be looked up: %s',
    async (_, materialize, standing, made, remark) => {
      const forbidden = refused('003001', 'Insufficient privileges')
      const { remarks, changes } = await published(materialize, [standing], columns, undefined, [[asked, forbidden]])
      expect(changes[0]).toMatch(made)
      expect(remarks).toEqual([remark])
    },
  )

  test('is looked up, and nothing is said of a view that has none', async () => {
    const { remarks } = await published(`{ kind: 'view' }`, [object({ kind: 'VIEW' })])
    expect(remarks).toEqual([])
  })
})

test('More transactions than Snowflake lets wait for one lock are never begun at a time', async () => {
  let [running, most] = [0, 0]
  class Waiting extends ScriptedSession {
    override async transaction(): Promise<void> {
      most = Math.max(most, ++running)
      await new Promise(resolve => setTimeout(resolve, 5))
      running -= 1
    }
  }
  const done = Array.from({ length: 60 }, () => fencedTransaction(new Waiting(), ['delete from a'], fence))
  await Promise.all(done)
  expect(most).toBe(16)
  const failing = new ScriptedSession([[/^delete/, refused('000625', 'locked')]])
  await expect(fencedTransaction(failing, ['delete from a'], fence)).rejects.toThrow('locked')
})
