import { afterEach, describe, expect, it } from 'vitest'
import { WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { type Answer, type Asked, refusal, type ScriptedApi, scriptedApi } from './scripted-api.ts'
import { StandingTables } from './standing-tables.ts'

let api: ScriptedApi | undefined
afterEach(() => api?.close())

const view = { schema: 'j_tl_scratch', name: 'orders', database: 'acme' }

async function requestsTo(answer: (asked: Asked) => Answer) {
  api = await scriptedApi(answer)
  return (await api.open()).requests
}

describe('A table of BigQuery, without a job', () => {
  it('is made as a view of a query, and goes', async () => {
    const tables = new StandingTables().add('acme', 'j_tl_scratch', 'other', {})
    const requests = await requestsTo(tables.answer)
    expect(await requests.createView(view, 'select 1 as id')).toBe(true)
    expect(tables.tables.get('acme/j_tl_scratch/orders')?.view).toEqual({
      query: 'select 1 as id',
      useLegacySql: false,
    })
    await requests.drop(view)
    await requests.drop(view)
    expect([...tables.tables.keys()]).toEqual(['acme/j_tl_scratch/other'])
    expect(tables.statements).toEqual([])
  })

  it('is no view where the query is wrong: a statement tells why', async () => {
    const requests = await requestsTo(() => refusal(400, 'invalidQuery', 'Unrecognized name: nme at [1:8]'))
    expect(await requests.createView(view, 'select nme')).toBe(false)
  })

  it('is not taken for refused where BigQuery cannot be reached', async () => {
    const requests = await requestsTo(() => refusal(503, 'backendError', 'Try again later'))
    await expect(requests.createView(view, 'select 1 as id')).rejects.toThrow(WarehouseError)
  })

  it('tells its rows, where it is there', async () => {
    const tables = new StandingTables().add('acme', 'j_tl_scratch', 'orders', { numRows: '17' })
    const requests = await requestsTo(tables.answer)
    expect(await requests.rowCount(view)).toBe(17)
    expect(await requests.rowCount({ ...view, name: 'other' })).toBe(undefined)
  })
})
