import { afterEach, expect, it } from 'vitest'
import type { TableResource } from '../../../src/warehouse/bigquery/resources.ts'
import { refusal, type ScriptedApi, scriptedApi } from './scripted-api.ts'
import { StandingTables } from './standing-tables.ts'

let api: ScriptedApi | undefined
afterEach(() => api?.close())

const years = { schema: 'j_kpis', database: 'acme', name: 'years' }
const fence = { lease: { schema: 'j_about', name: 'lease' }, runId: 'r2' }
const held = /^select if\(\(select count\(\*\) from j_about\.lease/
const lacking = { type: 'VIEW', labels: { team: 'growth', throughline_lacks_grants: 'yes' } }
const twin = { type: 'VIEW', description: 'Years.', view: { query: 'select 1 as year' }, labels: { team: 'growth' } }

/** What is done about what stands in the dataset, and which tables have their names again. */
async function putBack(standing: Readonly<Record<string, Omit<TableResource, 'tableReference'>>>) {
  const tables = new StandingTables().add('acme', 'j_kpis', 'years_of_another__tl_nextdoor', {})
  for (const [name, resource] of Object.entries(standing)) tables.add('acme', 'j_kpis', name, resource)
  api = await scriptedApi(tables.answer)
  const warehouse = await api.open()
  const session = await warehouse.connect()
  const others = { schema: 'j_none', database: 'acme', name: 'others' }
  const back = await warehouse.exchanges.putBack(session, [years, { ...years, name: 'months' }, others], fence)
  const changes = api.asked.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/jobs'))
  return {
    back: back.map(({ name }) => name),
    statements: tables.statements,
    changes: changes.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`),
    bodies: changes.map(({ body }) => body),
  }
}

it('Where builds have left nothing, each dataset is listed once, and nothing else is asked', async () => {
  expect(await putBack({ years: {} })).toMatchObject({ back: [], statements: [], changes: [] })
  expect([...api!.lines()].sort()).toEqual([
    'GET /projects/acme/datasets/j_kpis/tables',
    'GET /projects/acme/datasets/j_none/tables',
  ])
})

it('A dataset that the account may not see is passed over', async () => {
  const refused = () => refusal(403, 'accessDenied', 'Access Denied: Dataset acme:j_kpis')
  api = await scriptedApi(refused)
  const warehouse = await api.open()
  expect(await warehouse.exchanges.putBack(await warehouse.connect(), [years], fence)).toEqual([])
})

it('A whole successor gets the name that nothing has, by a job that asks for the lease', async () => {
  const { back, statements, changes } = await putBack({ years__tl_whole_r1: {}, months: {} })
  expect(back).toEqual(['years'])
  expect(statements[0]).toMatch(held)
  expect(statements[1]!.split(';\n').slice(1)).toEqual(['alter table acme.j_kpis.years__tl_whole_r1 rename to years;'])
  expect(changes).toEqual([])
})

it('What is left beside a table that stands, or was never whole, is taken away', async () => {
  const { back, statements, changes } = await putBack({ years: {}, years__tl_whole_r0: {}, months__tl_next_r1: {} })
  expect([back, changes]).toEqual([[], ['DELETE years__tl_whole_r0', 'DELETE months__tl_next_r1']])
  expect(statements).toHaveLength(2)
  for (const statement of statements) expect(statement).toMatch(held)
})

it('A view that lacks its grants has those of its twin, which goes then', async () => {
  const { back, changes, bodies } = await putBack({ years: lacking, years__tl_next_r1: twin })
  expect(back).toEqual([])
  expect(changes).toEqual([
    'POST years__tl_next_r1:getIamPolicy',
    'POST years:setIamPolicy',
    'DELETE years__tl_next_r1',
    'PATCH years',
  ])
  expect(bodies[1]).toEqual({ policy: { bindings: [{ role: 'r', members: ['group:a@b.c'] }] } })
  expect(bodies[3]).toEqual({ labels: { throughline_lacks_grants: null } })
})

it('A view whose twin is gone has its grants already', async () => {
  expect((await putBack({ years: lacking })).changes).toEqual(['PATCH years'])
})

it('A view for which only the table was taken away is made as its twin is', async () => {
  const { back, changes, bodies } = await putBack({ years__tl_next_r1: twin })
  expect(back).toEqual(['years'])
  expect(changes[1]).toBe('POST tables')
  expect(bodies[1]).toMatchObject({ view: twin.view, description: 'Years.', labels: lacking.labels })
  expect(changes.slice(2)).toEqual(['POST years:setIamPolicy', 'DELETE years__tl_next_r1', 'PATCH years'])
})

it('A table that is left under its other name is known to be there', async () => {
  const left = async (name: string, resource: Omit<TableResource, 'tableReference'>) => {
    api = await scriptedApi(new StandingTables().add('acme', 'j_kpis', name, resource).answer)
    const warehouse = await api.open()
    const isLeft = await warehouse.exchanges.isLeftAside(await warehouse.connect(), years)
    await api.close()
    return isLeft
  }
  expect(await left('years__tl_whole_r1', {})).toBe(true)
  expect(await left('years__tl_next_r1', twin)).toBe(true)
  expect(await left('years__tl_next_r1', {})).toBe(false)
  api = undefined
})
