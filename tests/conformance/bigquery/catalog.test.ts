import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GoogleSql } from '../../../src/googlesql/googlesql.ts'
import { artifact } from '../../cli/support.ts'
import { startGoogleSql } from './google-sql.ts'
import { startLocalBigQuery } from './server/server.ts'
import { smallShop } from './small-shop.ts'

// A build asks BigQuery of no table that it has published itself. What it tells of them must be what another one, which has to ask, finds.

let google: GoogleSql
beforeAll(async () => {
  google = await startGoogleSql()
})
afterAll(() => google?.stop())

test('The catalog tells of tables that a build has published what BigQuery says of them', {
  timeout: 300_000,
}, async () => {
  const server = await startLocalBigQuery({ google })
  const shop = smallShop(server)
  const catalogAfter = async (...args: readonly string[]) => {
    const sent = server.requests.length
    const { exitCode, stdout, stderr } = await shop.run(['build', ...args])
    expect(exitCode, stdout + stderr).toBe(0)
    const asked = server.requests.slice(sent).filter(request => request.startsWith('GET '))
    const { nodes } = artifact(shop.folder, 'prod', 'catalog.json')
    return { nodes, asked: (table: string) => asked.filter(request => request.endsWith(`/tables/${table}`)).length }
  }
  const told = async () => {
    const all = await catalogAfter()
    const others = [await catalogAfter('--select', 'rates'), await catalogAfter('--select', 'loyalty')]
    for (const { nodes } of others) expect(nodes).toEqual(all.nodes)
    return all
  }

  const first = await told()
  expect(Object.keys(first.nodes as object)).toHaveLength(5)
  expect(first.nodes).toMatchObject({
    'model.shop.orders': {
      metadata: { comment: 'One row per order.' },
      columns: { euro: { type: 'numeric', comment: 'What was paid, in euro' } },
    },
  })
  expect((await catalogAfter()).asked('orders')).toBe(1)

  shop.mend(
    'models/shop/orders.ts',
    "customer: text('Who'),",
    "customer: text('Whose it is'), cents: integer('In cents'),",
  )
  shop.mend('models/shop/orders.ts', 'import { key,', 'import { integer, key,')
  shop.mend('models/shop/orders.ts', 'select n.order_id, n.customer,', 'select n.order_id, n.customer, 5 as cents,')
  shop.mend('models/staging/named.ts', 'Orders of customers whose name is known.', 'Orders with a name.')
  shop.mend('models/staging/named.ts', "customer: text('Who'),", "customer: text('The name'),")
  const changed = await told()
  expect(changed.nodes).toMatchObject({
    'model.shop.orders': {
      columns: { cents: { type: 'int64', comment: 'In cents' }, customer: { comment: 'Whose it is' } },
    },
    'model.shop.named': {
      metadata: { comment: 'Orders with a name.' },
      columns: { customer: { comment: 'The name' } },
    },
  })
  await server.close()
})
