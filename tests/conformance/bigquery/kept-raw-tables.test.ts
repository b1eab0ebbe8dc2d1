import { describe, expect, test } from 'vitest'
import { client, server, serveTheDeclaredShop, shop } from './declared-shop.ts'
import { laterOrders, rowsOf } from './small-shop.ts'

// A raw table that was loaded from a file, with all that an administrator may put on it, and what later builds leave there.

serveTheDeclaredShop(async () => {
  await client.query("grant `roles/bigquery.dataViewer` on table j_raw.till__orders to 'user:ben@example.com'")
  await client.query(
    "create row access policy builder on j_raw.till__orders grant to ('user:ana@example.com') filter using (true)",
  )
  const table = client.dataset('j_raw').table('till__orders')
  const [{ schema }] = await table.getMetadata()
  const fields = schema.fields.map((field: { name: string }) =>
    field.name === 'customer' ? { ...field, policyTags: { names: [tag] }, description: 'A person' } : field,
  )
  await table.setMetadata({ schema: { fields }, labels: { team: 'growth' } })
  await client.createDataset('raw_till', { location: 'EU' })
  await client.query(
    "create table raw_till.orders as select 'o1' as order_id, 'ann' as customer, 'EUR' as currency, numeric '10.5' as amount, timestamp '2026-05-01 09:00:00' as placed_at",
  )
})

const tag = 'projects/p/locations/eu/taxonomies/1/policyTags/2'
const raw = () => server.store.table({ dataset: 'j_raw', table: 'till__orders' })

/** What is on the table besides its rows. */
function kept(): readonly string[] {
  const { rowPolicies, bindings, columns, labels } = raw()
  const customer = columns.find(({ name }) => name === 'customer')
  const found: Readonly<Record<string, boolean>> = {
    'row policies': rowPolicies.length === 1,
    grants: bindings.length === 1,
    'policy tags': customer?.policyTags?.join() === tag,
    descriptions: customer?.description === 'A person',
    labels: labels?.team === 'growth',
  }
  return Object.keys(found).filter(what => found[what])
}

async function build(): Promise<string> {
  const { exitCode, stdout, stderr } = await shop.run(['build'])
  expect(exitCode, stdout + stderr).toBe(0)
  return stdout
}

const noCurrency = (): void => {
  shop.mend('sources/till.ts', "        currency: text('Of the amount'),\n", '')
  shop.mend('models/staging/named.ts', 'o.currency', "'EUR' as currency")
}
const inTable = (): void =>
  shop.mend(
    'sources/till.ts',
    "({ file }) => ({ file, badRows: 'fail' })",
    "() => ({ table: 'raw_till.orders', badRows: 'fail' })",
  )
const dropPolicies = () => client.query('drop all row access policies on j_raw.till__orders')
const dropTags = async () => {
  const table = client.dataset('j_raw').table('till__orders')
  const [{ schema }] = await table.getMetadata()
  const fields = schema.fields.map((field: object) => ({ ...field, policyTags: { names: [] } }))
  await table.setMetadata({ schema: { fields } })
}

describe('A raw table that is loaded from a file again', () => {
  test('keeps everything that is on it', async () => {
    shop.write('data/orders.csv', laterOrders)
    await build()
    expect(raw().rows).toHaveLength(6)
    expect(kept()).toEqual(['row policies', 'grants', 'policy tags', 'descriptions', 'labels'])
  })

  test('is not loaded where its columns change and its row access policies would go', async () => {
    noCurrency()
    const { exitCode, stdout, stderr } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect((stdout + stderr).replaceAll(/\s+/g, ' ')).toContain(
      'till.orders: proof.j_raw.till__orders gets other columns, which would leave it without its policies and show its readers what they hide: row access policy builder',
    )
    expect(kept()).toHaveLength(5)
    expect(raw().columns.map(({ name }) => name)).toContain('currency')
  })

  test('keeps all else where its columns change', async () => {
    await dropPolicies()
    noCurrency()
    await build()
    expect(raw().columns.map(({ name }) => name)).not.toContain('currency')
    expect(kept()).toEqual(['grants', 'policy tags', 'descriptions', 'labels'])
  })
})

describe('A raw table that becomes a view', () => {
  test('stays as it is where it has policies', async () => {
    inTable()
    expect((await shop.run(['build'])).exitCode).toBe(1)
    await dropPolicies()
    const { exitCode, stdout, stderr } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout + stderr).toContain(`policy tag ${tag} on column customer`)
    expect([raw().kind, kept()]).toEqual(['TABLE', ['grants', 'policy tags', 'descriptions', 'labels']])
  })

  test('keeps who may read it, and so does the table that takes its place again', async () => {
    await dropPolicies()
    await dropTags()
    inTable()
    expect(await build()).not.toContain('without the grants')
    expect([raw().kind, kept()]).toEqual(['VIEW', ['grants']])
    expect(await rowsOf(server, 'j_shop.orders')).toHaveLength(1)
    shop.mend(
      'sources/till.ts',
      "() => ({ table: 'raw_till.orders', badRows: 'fail' })",
      "({ file }) => ({ file, badRows: 'fail' })",
    )
    await build()
    expect([raw().kind, kept()]).toEqual(['TABLE', ['grants']])
    expect(raw().rows).toHaveLength(5)
  })

  test('is told to have lost them where the account may not give them', async () => {
    await dropPolicies()
    await dropTags()
    inTable()
    server.faults.add({
      fault: { kind: 'answer', status: 403, reason: 'accessDenied', message: 'Access Denied' },
      times: 1,
      method: 'POST',
      path: /till__orders:setIamPolicy$/,
    })
    expect((await build()).replaceAll(/\s+/g, ' ')).toContain(
      'proof.j_raw.till__orders was a table and is a view now, without the grants it had, which this account may not give: roles/bigquery.dataViewer to user:ben@example.com',
    )
    expect(raw().bindings).toEqual([])
  })
})
