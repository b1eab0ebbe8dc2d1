import { afterEach, describe, expect, it } from 'vitest'
import { compileProject } from '../../../src/compile/compile-project.ts'
import { bigquery } from '../../../src/compile/dialect/bigquery.ts'
import { namingBy } from '../../../src/compile/naming.ts'
import type { TableResource } from '../../../src/warehouse/bigquery/resources.ts'
import type { BigQuerySettings } from '../../../src/warehouse/bigquery/settings.ts'
import type { Fence } from '../../../src/warehouse/sharing.ts'
import { projectOf } from '../../support/project.ts'
import { type Answer, type Asked, refusal, type ScriptedApi, scriptedApi } from './scripted-api.ts'
import { StandingTables } from './standing-tables.ts'

let api: ScriptedApi | undefined
afterEach(() => api?.close())

const model = (name: string, materialize: string) => `
import { date, integer, key, model, number, sql } from 'throughline'

export const ${name} = model({
  description: "One row per customer's year.",
  grain: ['customer'],
  columns: { customer: key('Who'), order_count: integer('Orders'), amount: number('What they cost').nullable(), year: date('Its first day').nullable() },
  materialize: ${materialize},
  query: () => sql\`select 'a' as customer, 1 as order_count, cast(2 as numeric) as amount, date '2026-01-01' as year\`,
})
`

const naming = namingBy(layer => ({ schema: `j_${layer}`, database: 'acme' }))

const table = `{ kind: 'table' }`
const view = `{ kind: 'view' }`

function compiled(materialize: string) {
  const { input } = projectOf({ 'models/kpis/years.ts': model('years', materialize) })
  const { compiled: project, problems } = compileProject({ ...input, dialect: bigquery, naming })
  expect(problems).toEqual([])
  return project.models.get('years')!
}

const standing: Omit<TableResource, 'tableReference'> = {
  description: "One row per customer's year.",
  labels: { team: 'growth' },
  schema: {
    fields: [
      { name: 'customer', type: 'STRING', mode: 'NULLABLE', description: 'Who', policyTags: { names: ['secret'] } },
      { name: 'order_count', type: 'INTEGER', mode: 'NULLABLE', description: 'Orders' },
      { name: 'amount', type: 'NUMERIC', mode: 'NULLABLE', description: 'What they cost' },
      { name: 'year', type: 'DATE', mode: 'NULLABLE', description: 'Its first day' },
    ],
  },
}

/** The same without the tag, which keeps it from being made anew. */
const plain = {
  ...standing,
  schema: { fields: standing.schema!.fields!.map(({ policyTags, ...field }) => field) },
}

/** The same where its numbers were of another type. */
const older = {
  ...plain,
  schema: {
    fields: plain.schema.fields.map(field => (field.name === 'order_count' ? { ...field, type: 'FLOAT' } : field)),
  },
}

/** Publishes over what stands; gives the statements and the requests that change something. */
async function published(
  materialize: string,
  resource?: Omit<TableResource, 'tableReference'>,
  fence?: Fence,
  {
    otherwise = () => undefined,
    settings = {},
  }: {
    readonly otherwise?: (asked: Asked) => Answer | undefined
    readonly settings?: Partial<BigQuerySettings>
  } = {},
) {
  const tables = new StandingTables().add('acme', 'j_tl_scratch', 'years', {}).add('acme', 'j_kpis', 'other', {})
  if (resource !== undefined) tables.add('acme', 'j_kpis', 'years', resource)
  api = await scriptedApi(asked => otherwise(asked) ?? tables.answer(asked), settings)
  const warehouse = await api.open()
  const session = await warehouse.connect()
  const outcome = await warehouse.publish(session, {
    model: compiled(materialize),
    scratch: naming.scratch('years'),
    status: {
      into: naming.status,
      values: [
        ['table_name', "'j_kpis.years'"],
        ['run_id', "'r1'"],
        ['row_count', '7'],
      ],
    },
    fence,
  })
  const changes = api.asked.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/jobs'))
  const jobs = api.asked.filter(({ path }) => path.endsWith('/jobs')).map(({ body }) => body.configuration.query)
  return {
    ...outcome,
    statements: tables.statements,
    jobs,
    changes: changes.map(({ method, path, body }) => ({ line: `${method} ${path}`, body })),
    tables,
  }
}

const dropScratch = 'DELETE /projects/acme/datasets/j_tl_scratch/tables/years'

const merge = `merge into acme.j_about.table_status as old_row
using (select 'j_kpis.years' as table_name, 'r1' as run_id, 7 as row_count) as new_row
on old_row.table_name = new_row.table_name
when matched then update set run_id = new_row.run_id, row_count = new_row.row_count
when not matched then insert (table_name, run_id, row_count) values (new_row.table_name, new_row.run_id, new_row.row_count)`

const exchange = (kind: 'table' | 'view', next: string, whole: string) =>
  `alter table acme.j_kpis.${next} rename to ${whole};
drop ${kind} if exists acme.j_kpis.years;
alter table acme.j_kpis.${whole} rename to years;`

describe('A table that is published to BigQuery', () => {
  it('for the first time is made in one statement, with its descriptions and labels', async () => {
    const { statements, changes, replacedBecause } = await published(table)
    expect(statements).toEqual([
      `create or replace table acme.j_kpis.years (
  customer string options (description = 'Who'),
  order_count int64 options (description = 'Orders'),
  amount numeric options (description = 'What they cost'),
  year date options (description = 'Its first day')
)
options (description = 'One row per customer\\'s year.', labels = [('team', 'growth')])
as
select s.customer, s.order_count, s.amount, s.year
from acme.j_tl_scratch.years as s`,
      merge,
    ])
    expect(replacedBecause).toBeUndefined()
    expect(changes.map(({ line }) => line)).toEqual([dropScratch])
  })

  it('again keeps all but its rows, which one job replaces', async () => {
    const { jobs, changes, statements } = await published(table, standing)
    expect(jobs[0]).toMatchObject({
      query: 'select s.customer, s.order_count, s.amount, s.year\nfrom acme.j_tl_scratch.years as s',
      destinationTable: { projectId: 'acme', datasetId: 'j_kpis', tableId: 'years' },
      createDisposition: 'CREATE_NEVER',
      writeDisposition: 'WRITE_TRUNCATE_DATA',
    })
    expect(statements).toHaveLength(2)
    expect(changes.map(({ line }) => line)).toEqual([dropScratch])
  })

  it('with new columns and words gets them before its rows, and keeps its policy tags', async () => {
    const [customer, ...others] = standing.schema!.fields!
    const older = { ...standing, schema: { fields: [{ ...customer!, description: 'Whoever' }, ...others.slice(1)] } }
    const { changes, jobs, replacedBecause } = await published(table, older)
    expect(replacedBecause).toBeUndefined()
    expect(changes[0]).toEqual({
      line: 'PATCH /projects/acme/datasets/j_kpis/tables/years',
      body: {
        description: "One row per customer's year.",
        schema: {
          fields: [
            { ...customer!, description: 'Who' },
            others[1],
            others[2],
            { name: 'order_count', type: 'INTEGER', mode: 'NULLABLE', description: 'Orders' },
          ],
        },
      },
    })
    expect(jobs[0]!.query).toMatch(/^select s\.customer, s\.amount, s\.year, s\.order_count\n/)
  })

  it('with a column of another type is made anew beside it, has its grants before its name, and says why', async () => {
    const { statements, replacedBecause, changes, hasGrantsAgain, remarks } = await published(table, older)
    expect([replacedBecause, remarks]).toEqual(['its column order_count was real and is integer now', []])
    expect(statements[0]).toMatch(/^create or replace table acme\.j_kpis\.years__tl_next \(/)
    expect(statements[1]).toBe(exchange('table', 'years__tl_next', 'years__tl_whole'))
    expect(changes.map(({ line }) => line)).toEqual([
      'POST /projects/acme/datasets/j_kpis/tables/years:getIamPolicy',
      'POST /projects/acme/datasets/j_kpis/tables/years__tl_next:setIamPolicy',
      dropScratch,
    ])
    const lines = api!.asked.map(({ method, path, body }) => body?.configuration?.query?.query ?? `${method} ${path}`)
    const given = lines.findIndex(line => line.endsWith('years__tl_next:setIamPolicy'))
    expect(given).toBeLessThan(lines.indexOf(statements[1]!))
    expect(changes[1]!.body).toEqual({ policy: { bindings: [{ role: 'r', members: ['group:a@b.c'] }] } })
    expect(hasGrantsAgain).toBe(true)
  })

  it('in the place of a view is filled before the view is taken away', async () => {
    const { changes, replacedBecause, statements } = await published(table, { type: 'VIEW' })
    expect(replacedBecause).toBe('it was a view and is a table now')
    expect(statements[0]).toMatch(/^create or replace table acme\.j_kpis\.years__tl_next \(/)
    expect(statements[1]).toBe(exchange('view', 'years__tl_next', 'years__tl_whole'))
    expect(changes.map(({ line }) => line)).not.toContain('DELETE /projects/acme/datasets/j_kpis/tables/years')
  })
})

describe('A table that is partitioned and clustered', () => {
  const kept = `{ kind: 'table', partitionBy: { column: 'year', by: 'month' }, clusterBy: ['customer'] }`
  const asKept = {
    ...standing,
    timePartitioning: { type: 'MONTH', field: 'year' },
    clustering: { fields: ['customer'] },
  }

  it('is made so', async () => {
    const { statements } = await published(kept)
    expect(statements[0]).toContain(
      ')\npartition by date_trunc(year, month)\ncluster by customer\noptions (description',
    )
  })

  it('stays where it is so', async () => {
    const { changes, replacedBecause } = await published(kept, asKept)
    expect(replacedBecause).toBeUndefined()
    expect(changes.map(({ line }) => line)).toEqual([dropScratch])
  })

  it('gets other clusters in its place', async () => {
    const { changes } = await published(kept, { ...asKept, clustering: { fields: ['order_count'] } })
    expect(changes[0]).toEqual({
      line: 'PATCH /projects/acme/datasets/j_kpis/tables/years',
      body: { clustering: { fields: ['customer'] } },
    })
  })

  it('is made anew where its partitions are others, and says so', async () => {
    const { changes, replacedBecause, statements, hasGrantsAgain } = await published(kept, plain)
    expect(replacedBecause).toBe('it was partitioned by nothing and is by month of year now')
    expect(statements[0]).toMatch(/^create or replace table acme\.j_kpis\.years__tl_next \(/)
    expect(statements[1]).toBe(exchange('table', 'years__tl_next', 'years__tl_whole'))
    expect(hasGrantsAgain).toBe(true)
    expect(changes.map(({ line }) => line)).not.toContain('DELETE /projects/acme/datasets/j_kpis/tables/years')
  })
})

describe('A view that is published to BigQuery', () => {
  it('for the first time is made with its descriptions', async () => {
    const { statements } = await published(view)
    expect(statements[0]).toBe(`create view acme.j_kpis.years (
  customer options (description = 'Who'),
  order_count options (description = 'Orders'),
  amount options (description = 'What they cost'),
  year options (description = 'Its first day')
)
options (description = 'One row per customer\\'s year.', labels = [('team', 'growth')])
as
${compiled(view).query!.text}`)
  })

  it('again gets its query changed, and stays the view that it is', async () => {
    const standingView = { ...standing, type: 'VIEW', view: { query: 'select 1' } }
    const { changes, statements, tables } = await published(view, standingView)
    expect(changes.map(({ line }) => line)).toEqual(['PATCH /projects/acme/datasets/j_kpis/tables/years', dropScratch])
    expect(statements).toEqual([merge])
    expect(tables.tables.get('acme/j_kpis/years')?.view?.query).toBe(compiled(view).query!.text)
  })

  it('is not touched where nothing has changed', async () => {
    const standingView = { ...standing, type: 'VIEW', view: { query: compiled(view).query!.text } }
    expect((await published(view, standingView)).changes.map(({ line }) => line)).toEqual([dropScratch])
  })

  it('in the place of a table takes the table away in the same job, gives the grants again, and says so', async () => {
    const { replacedBecause, statements, hasGrantsAgain, changes } = await published(view, plain)
    expect(replacedBecause).toBe('it was a table and is a view now')
    expect(statements[0]).toMatch(/^create view acme\.j_kpis\.years__tl_next \(/)
    expect(statements[1]).toMatch(/^drop table if exists acme\.j_kpis\.years;\ncreate view acme\.j_kpis\.years \(/)
    expect(statements[1]).toContain("('throughline_lacks_grants', 'yes')")
    const tables = '/projects/acme/datasets/j_kpis/tables'
    expect(changes.map(({ line }) => line)).toEqual([
      `POST ${tables}/years:getIamPolicy`,
      `POST ${tables}/years__tl_next:setIamPolicy`,
      `POST ${tables}/years:setIamPolicy`,
      `DELETE ${tables}/years__tl_next`,
      `PATCH ${tables}/years`,
      dropScratch,
    ])
    expect(changes[4]!.body).toEqual({ labels: { throughline_lacks_grants: null } })
    expect(hasGrantsAgain).toBe(true)
  })

  it('in the place of a table that nobody was granted needs no more than that job', async () => {
    const otherwise = ({ path }: Asked) => (path.endsWith(':getIamPolicy') ? { body: {} } : undefined)
    const { statements, hasGrantsAgain } = await published(view, plain, undefined, { otherwise })
    expect(statements).toHaveLength(2)
    expect(statements[0]).toMatch(/^drop table if exists /)
    expect(statements[0]).not.toContain('lacks_grants')
    expect(hasGrantsAgain).toBe(true)
  })
})

describe('What is published by a run that has the lease', () => {
  const fence: Fence = { lease: naming.lease, runId: 'r1' }
  const held =
    "if((select count(*) from acme.j_about.lease as w where w.run_id = 'r1' and w.released_at is null) > 0, true, " +
    "error('run r1 has lost the lease of its target'))"

  it('asks for it in each statement, whatever rows there are', async () => {
    const { statements } = await published(table, standing, fence)
    expect(statements).toEqual([
      'select s.customer, s.order_count, s.amount, s.year\nfrom acme.j_tl_scratch.years as s\n' +
        `union all\nselect null, null, null, null\nfrom (select 1) as tl_lease\nwhere not ${held}`,
      merge.replace(
        /using \((.*)\) as new_row/,
        (_, row) => `using (select * from (${row}) as given_row where ${held}) as new_row`,
      ),
    ])
  })

  it('asks right before what cannot: a table’s description, and a view in the same job', async () => {
    const { statements } = await published(table, { ...standing, description: 'Years.' }, fence)
    expect(statements[0]).toBe(`select ${held} as is_held`)
    const asView = await published(view, undefined, fence)
    expect(asView.statements[0]!.split(';\n')[0]).toBe(`select ${held} as is_held`)
    expect(asView.statements[0]!.split(';\n')[1]).toMatch(/^create view /)
  })
})

describe('A table that is filled beside the one whose place it takes', () => {
  const fence: Fence = { lease: naming.lease, runId: '20261125T050003-1a2b3c' }
  const held = /^select if\(\(select count\(\*\) from acme\.j_about\.lease/
  const next = 'years__tl_next_20261125T050003_1a2b3c'

  it('has the run in its name, and the lease is asked for once more before the old one goes', async () => {
    const { statements } = await published(table, { type: 'VIEW' }, fence)
    expect(statements[0]).toContain(`create or replace table acme.j_kpis.${next} (`)
    const [asked, ...others] = statements[1]!.split(';\n')
    expect(asked).toMatch(held)
    expect(others.join(';\n')).toBe(exchange('view', next, next.replace('next', 'whole')))
  })
})

describe('The grants of a table that is made anew', () => {
  const answering = (verb: string, answer: Answer) => ({
    otherwise: ({ path }: Asked) => (path.endsWith(`:${verb}`) ? answer : undefined),
  })

  it('are lost, and said to be, where the account may not see or give them', async () => {
    for (const verb of ['getIamPolicy', 'setIamPolicy']) {
      const answer = answering(verb, refusal(403, 'accessDenied', 'Access Denied'))
      expect((await published(table, older, undefined, answer)).hasGrantsAgain).toBe(false)
    }
  })

  it.each(['getIamPolicy', 'setIamPolicy'])('keep the old one in its place where nobody answers: %s', async verb => {
    for (const materialize of [table, view]) {
      const answer = answering(verb, refusal(500, 'backendError', 'Try again'))
      await expect(published(materialize, older, undefined, answer)).rejects.toThrow('Try again')
      const asked = api!.asked.map(({ method, path, body }) => body?.configuration?.query?.query ?? `${method} ${path}`)
      expect(asked.filter(line => /drop (table|view)|rename to|DELETE .*\/years$/.test(line))).toEqual([])
      const made = asked.some(line => /^create .*years__tl_next/.test(line))
      expect(asked.includes('DELETE /projects/acme/datasets/j_kpis/tables/years__tl_next')).toBe(made)
    }
  })

  it('of a view that has its place already are named, and stand beside it until they can be given', async () => {
    const otherwise = ({ path }: Asked) =>
      path.endsWith('/years:setIamPolicy') ? refusal(500, 'backendError', 'Try again') : undefined
    await expect(published(view, plain, undefined, { otherwise })).rejects.toThrow(
      'acme.j_kpis.years was made anew, and its grants could not be given again yet (r to group:a@b.c); the next build tries again: Try again',
    )
    expect(api!.lines()).not.toContain('DELETE /projects/acme/datasets/j_kpis/tables/years__tl_next')
  })
})

describe('A table that has policies', () => {
  const [customer, ...others] = older.schema.fields
  const tagged = { ...older, schema: { fields: [{ ...customer!, policyTags: { names: ['secret'] } }, ...others] } }
  const nothingDone = () => {
    const changes = api!.asked.filter(({ method }) => method !== 'GET')
    expect(changes).toEqual([])
  }

  it('is not made anew where those are of rows, all of which are named', async () => {
    const policy = (policyId: string) => ({ rowAccessPolicyReference: { policyId } })
    const otherwise = ({ path, query }: Asked): Answer | undefined => {
      if (!path.endsWith('/years/rowAccessPolicies')) return undefined
      if (query.get('pageToken') === 'p2') return { body: { rowAccessPolicies: [policy('only_hers')] } }
      return { body: { rowAccessPolicies: [policy('all_rows')], nextPageToken: 'p2' } }
    }
    for (const materialize of [table, view]) {
      await expect(published(materialize, older, undefined, { otherwise })).rejects.toThrow(
        'years: acme.j_kpis.years has to be made anew, which would leave it without its policies and show its readers what they hide: row access policy all_rows, row access policy only_hers',
      )
      nothingDone()
    }
  })

  it('is not made anew where a column that stays has a tag of another’s, or a field within it has', async () => {
    await expect(published(table, tagged)).rejects.toThrow('what they hide: policy tag secret on column customer')
    nothingDone()
    const fields = [{ name: 'first', type: 'STRING', policyTags: { names: ['secret'] } }]
    const within = { ...older, schema: { fields: [{ name: 'customer', type: 'RECORD', fields }] } }
    await expect(published(table, within)).rejects.toThrow('policy tag secret on column customer.first')
    nothingDone()
  })

  it('is made anew where the tag goes with its column', async () => {
    const gone = { name: 'email', type: 'STRING', policyTags: { names: ['secret'] } }
    const { replacedBecause } = await published(table, { ...plain, schema: { fields: [...plain.schema.fields, gone] } })
    expect(replacedBecause).toBe('its column email is gone')
  })

  it('is made anew where the account may not ask for them, which is said', async () => {
    const otherwise = ({ path }: Asked) =>
      path.endsWith('/rowAccessPolicies') ? refusal(403, 'accessDenied', 'Access Denied') : undefined
    const { replacedBecause, remarks } = await published(table, older, undefined, { otherwise })
    expect(replacedBecause).toBe('its column order_count was real and is integer now')
    expect(remarks).toEqual(['whether it had row access policies could not be looked up: set them again where it had'])
  })
})

it('A table that is to stay for ever loses at once what its dataset gives to new ones', async () => {
  const forEver = `{ kind: 'table', partitionBy: { column: 'year', by: 'month' }, expiresAfterDays: 'never', partitionsExpireAfterDays: 'never' }`
  const partitions = { type: 'MONTH', field: 'year' }
  const otherwise = ({ method, path }: Asked): Answer | undefined => {
    const isMade = api!.asked.some(({ body }) =>
      body?.configuration?.query?.query.startsWith('create or replace table'),
    )
    if (method !== 'GET' || !path.endsWith('/j_kpis/tables/years') || !isMade) return undefined
    const given = { expirationTime: '1800000000000', timePartitioning: { ...partitions, expirationMs: '86400000' } }
    return { body: { ...standing, ...given, tableReference: {} } }
  }
  api = undefined
  const { changes } = await published(forEver, undefined, undefined, { otherwise })
  expect(changes[0]).toEqual({
    line: 'PATCH /projects/acme/datasets/j_kpis/tables/years',
    body: { expirationTime: null, timePartitioning: { ...partitions, expirationMs: null } },
  })
})
