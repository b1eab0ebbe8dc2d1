import { describe, expect, it } from 'vitest'
import { tablePath } from '../../src/compile/naming.ts'
import { ProblemsError } from '../../src/problems/problem.ts'
import type { Exchanges, Warehouse } from '../../src/warehouse/warehouse.ts'
import { type Ran, runIn } from '../support/run.ts'
import { bench, good } from './bench.ts'
import { sharedWarehouse } from './shared-warehouse.ts'
import { shopFiles } from './shop.ts'

/** The warehouse with some things that it does otherwise. */
function but(warehouse: Warehouse, otherwise: Partial<Warehouse>): Warehouse {
  return new Proxy(warehouse, {
    get: (target, key) => Reflect.get(key in otherwise ? otherwise : target, key),
  })
}

const notesOf = ({ events }: Ran) =>
  events.flatMap(event => (event.type === 'note' ? [`${event.name}: ${event.message}`] : []))

describe('What is replaced on the way', () => {
  it('is told of a raw table that is landed, and of a view that reads something else', async () => {
    const { warehouse } = await sharedWarehouse()
    const telling = but(warehouse, {
      land: async (...given) => ({
        ...(await warehouse.land(...given)),
        remarks: ['it was a view and is a table now'],
      }),
      publish: async (session, publication) => ({
        ...(await warehouse.publish(session, publication)),
        ...(publication.model.name === 'week_days' ? { remarks: ['its view was replaced'] } : {}),
      }),
    })
    const ran = await runIn(telling, bench(good).project(), { threads: 1 })
    expect(ran.result.status).toBe('success')
    expect(notesOf(ran).sort()).toEqual([
      'shop.orders: it was a view and is a table now',
      'week_days: its view was replaced',
    ])
  })
})

describe('What a killed run has put aside', () => {
  /** A warehouse in which the table of customers stands under another name. */
  async function withCustomersAside() {
    const { warehouse } = await sharedWarehouse()
    const { project } = bench(good)
    await runIn(warehouse, project())
    const session = await warehouse.connect()
    await session.execute('alter table marts.customers rename to customers_aside')
    const asked: (readonly string[])[] = []
    const exchanges: Exchanges = {
      isLeftAside: async (_, { name }) => name === 'customers',
      putBack: async (own, tables, fence) => {
        expect(fence?.runId).toBe('run_2')
        asked.push(tables.map(tablePath).sort())
        await own.execute('alter table marts.customers_aside rename to customers')
        return tables.filter(({ name }) => name === 'customers')
      },
    }
    const count = async () => (await session.query('select count(*) as n from marts.customers'))[0]?.n
    return { asked, project, count, warehouse: but(warehouse, { exchanges }), without: warehouse }
  }

  const note = 'customers: an earlier run ended while another was to take its place; it stands under its name again'

  it('has its name again whatever is selected, before anything is built, and that is told', async () => {
    const { warehouse, project, count, asked } = await withCustomersAside()
    const ran = await runIn(warehouse, project(), { runId: 'run_2', select: ['week_days'] })
    expect(ran.statuses).toEqual({ week_days: 'success' })
    expect(notesOf(ran)).toEqual([note])
    expect(ran.events[0]).toMatchObject({ type: 'note' })
    expect(await count()).toBe(2)
    expect(asked).toEqual([
      ['marts.customers', 'marts.week_days', 'raw.shop__orders', 'raw.shop__orders__quarantine', 'staging.orders'],
    ])
  })

  it('is there for who reads it, and not for who reads what nobody put aside', async () => {
    const { project, warehouse, without } = await withCustomersAside()
    const regulars = `
import { key, model, sql } from 'throughline'
import { customers } from './customers'

export const regulars = model({
  description: 'Customers.',
  grain: ['customer'],
  columns: { customer: key('Who') },
  materialize: { kind: 'table' },
  query: () => sql\`select c.customer from \${customers} as c\`,
})
`
    const wider = project({ ...shopFiles(), 'models/marts/regulars.ts': regulars })
    const options = { runId: 'run_2', select: ['regulars'] }
    await expect(runIn(without, wider, options)).rejects.toThrow(ProblemsError)
    expect((await runIn(warehouse, wider, options)).statuses).toEqual({ regulars: 'success' })
  })
})
