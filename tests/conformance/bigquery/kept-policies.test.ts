import { beforeEach, describe, expect, test } from 'vitest'
import { breakContract } from './broken-contracts.ts'
import { client, google, server, serveTheDeclaredShop, shop } from './declared-shop.ts'
import { startLocalBigQuery } from './server/server.ts'
import { badOrders, laterOrders, rowsOf } from './small-shop.ts'

// A built table with all that an administrator may put on it, and what each kind of later build leaves there.

serveTheDeclaredShop(async () => {
  await protect('orders', 'customer')
  await protect('customers', 'customer')
})

const reader = [{ role: 'roles/bigquery.dataViewer', members: ['user:ben@example.com'] }]
const tag = 'projects/p/locations/eu/taxonomies/1/policyTags/2'

async function protect(name: string, personal: string): Promise<void> {
  const table = client.dataset('j_shop').table(name)
  const [{ schema }] = await table.getMetadata()
  const fields = schema.fields.map((field: { name: string }) =>
    field.name === personal ? { ...field, policyTags: { names: [tag] } } : field,
  )
  await table.setMetadata({ schema: { fields }, labels: { team: 'growth' } })
  await client.query(`grant \`${reader[0]!.role}\` on table j_shop.${name} to 'user:ben@example.com'`)
  const policy = (policyName: string, who: string, filter: string) =>
    client.query(
      `create row access policy ${policyName} on j_shop.${name} grant to ('user:${who}@example.com') filter using (${filter})`,
    )
  await policy('builder', 'ana', 'true')
  await policy('bens', 'ben', "customer = 'bob'")
}

/** As somebody does who wants a table made anew: its policies and tags are taken away, and its grants stay. */
function unprotect(...tables: readonly string[]): void {
  for (const table of tables) {
    const id = { dataset: 'j_shop', table }
    const columns = server.store.table(id).columns.map(({ policyTags, ...column }) => column)
    server.store.changeTable(id, { columns, rowPolicies: [], labels: {} })
  }
}

/** What is on a table besides its rows. */
function kept(table: string): readonly string[] {
  const { rowPolicies, bindings, columns, labels } = server.store.table({ dataset: 'j_shop', table })
  const found: Readonly<Record<string, boolean>> = {
    'row policies': rowPolicies.length === 2,
    grants: JSON.stringify(bindings) === JSON.stringify(reader),
    'policy tags': columns.some(({ policyTags = [] }) => policyTags.join() === tag),
    labels: labels?.team === 'growth',
  }
  return Object.keys(found).filter(what => found[what])
}

const everything = ['row policies', 'grants', 'policy tags', 'labels']
const described = (table: string) => {
  const { description, columns } = server.store.table({ dataset: 'j_shop', table })
  return { table: description, columns: Object.fromEntries(columns.map(column => [column.name, column.description])) }
}
const orders = 'models/shop/orders.ts'
const customers = 'models/shop/customers.ts'
const customersBefore = { customer: 'Who', order_count: 'Orders', euro: 'What they paid' }

async function build() {
  shop.write('data/orders.csv', laterOrders)
  const answer = await shop.run(['build'])
  expect(answer.exitCode, answer.stdout + answer.stderr).toBe(0)
  return answer.stdout
}

describe('Everything on a table stays', () => {
  test('when it gets other rows; and nobody sees more of them than before', async () => {
    expect(await build()).not.toContain('made anew')
    expect([kept('orders'), kept('customers')]).toEqual([everything, everything])
    expect(described('customers')).toEqual({ table: 'One row per customer.', columns: customersBefore })
    const asBen = await startLocalBigQuery({ google, caller: 'user:ben@example.com' })
    asBen.store.restore(server.store.snapshot())
    const seen = await rowsOf(asBen, 'j_shop.customers')
    await asBen.close()
    expect(seen).toEqual(['{"customer":"bob","order_count":2,"euro":"10.3"}'])
  })

  test('when a blocking test fails', async () => {
    const before = await rowsOf(server, 'j_shop.orders')
    shop.write('data/orders.csv', badOrders)
    expect((await shop.run(['build'])).exitCode).toBe(1)
    expect(kept('orders')).toEqual(everything)
    expect(await rowsOf(server, 'j_shop.orders')).toEqual(before)
  })

  test('when it gets other descriptions, which are then there', async () => {
    shop.mend(customers, 'One row per customer.', 'One row for each customer.')
    shop.mend(customers, "integer('Orders')", "integer('How many orders')")
    expect(await build()).not.toContain('made anew')
    expect(kept('customers')).toEqual(everything)
    expect(described('customers')).toEqual({
      table: 'One row for each customer.',
      columns: { ...customersBefore, order_count: 'How many orders' },
    })
  })

  test('when it gets a column more, wherever the contract has it', async () => {
    shop.mend(
      customers,
      "columns: { customer: key('Who'), ",
      "columns: { customer: key('Who'), last: text('Last order'), ",
    )
    shop.mend(customers, 'select o.customer, count', 'select o.customer, max(o.order_id) as last, count')
    shop.mend(customers, 'sql }', 'sql, text }')
    expect(await build()).not.toContain('made anew')
    expect(kept('customers')).toEqual(everything)
    expect(described('customers').columns).toEqual({ ...customersBefore, last: 'Last order' })
    expect(await rowsOf(server, 'j_shop.customers')).toEqual([
      '{"customer":"ann","order_count":2,"euro":"14.3","last":"o3"}',
      '{"customer":"bob","order_count":2,"euro":"10.3","last":"o6"}',
      '{"customer":"cy","order_count":1,"euro":"5","last":"o7"}',
    ])
  })

  test('when it is clustered otherwise', async () => {
    shop.mend(orders, "clusterBy: ['customer']", "clusterBy: ['order_id', 'customer']")
    expect(await build()).not.toContain('made anew')
    expect(kept('orders')).toEqual(everything)
    expect(server.store.table({ dataset: 'j_shop', table: 'orders' }).clustering).toEqual(['order_id', 'customer'])
  })
})

/** The changes of a contract for which a table is made anew, and of which table. */
const breaking = {
  'loses a column': 'customers',
  'has a column of another type': 'customers',
  'is partitioned otherwise': 'orders',
  'becomes a view': 'customers',
} as const
const names = Object.keys(breaking) as readonly (keyof typeof breaking)[]
const standingIn = (dataset: string) => [...server.store.dataset(dataset).tables.keys()].sort()

describe('A table that has row access policies, or tags that others set, is not made anew', () => {
  test.each(names)('where it %s: the run names them, and all stays', async name => {
    const table = breaking[name]
    breakContract[name](shop)
    const before = await rowsOf(server, `j_shop.${table}`)
    shop.write('data/orders.csv', laterOrders)
    const { exitCode, stdout } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain(
      `${table}: proof.j_shop.${table} has to be made anew, which would leave it without its policies and show its readers what they hide: ` +
        `row access policy builder, row access policy bens, policy tag ${tag} on column customer`,
    )
    expect(stdout).toContain(`Or drop table proof.j_shop.${table} by hand`)
    expect(kept(table)).toEqual(everything)
    expect(await rowsOf(server, `j_shop.${table}`)).toEqual(before)
    expect(standingIn('j_shop')).toEqual(['customers', 'loyalty', 'orders'])
  })

  test('where it has but one of them', async () => {
    breakContract['loses a column'](shop)
    unprotect('customers')
    await client.query(
      "create row access policy one on j_shop.customers grant to ('user:ana@example.com') filter using (true)",
    )
    const { exitCode, stdout } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('what they hide: row access policy one\n')
  })
})

test('A table is made anew where the account may not ask for its row access policies, and the run says so', async () => {
  breakContract['loses a column'](shop)
  unprotect('customers')
  const fault = { kind: 'answer', status: 403, reason: 'accessDenied' } as const
  server.faults.add({ fault, times: 1, method: 'GET', path: /rowAccessPolicies$/ })
  expect(await build()).toContain(
    'its table was made anew, with the grants it had, and no other policies: its column euro is gone; ' +
      'whether it had row access policies could not be looked up: set them again where it had',
  )
})

describe('A table without policies is made anew, with its grants, and the run says so and why,', () => {
  const withGrants = 'its table was made anew, with the grants it had, and no other policies'
  beforeEach(() => unprotect('orders', 'customers'))

  test('when a column is gone', async () => {
    breakContract['loses a column'](shop)
    expect(await build()).toContain(`${withGrants}: its column euro is gone`)
    expect(kept('customers')).toEqual(['grants'])
    expect(await rowsOf(server, 'j_shop.customers')).toContain('{"customer":"ann","order_count":2}')
  })

  test('when a column has another type', async () => {
    breakContract['has a column of another type'](shop)
    expect(await build()).toContain(`${withGrants}: its column order_count was integer and is text now`)
    expect(kept('customers')).toEqual(['grants'])
    expect(await rowsOf(server, 'j_shop.customers')).toContain('{"customer":"ann","order_count":"2","euro":"14.3"}')
  })

  test('when it is partitioned otherwise, or not at all', async () => {
    breakContract['is partitioned otherwise'](shop)
    expect(await build()).toContain(
      `${withGrants}: it was partitioned by day of placed_at and is by month of placed_at now`,
    )
    expect(kept('orders')).toEqual(['grants'])
    expect(server.store.table({ dataset: 'j_shop', table: 'orders' }).partitioning).toMatchObject({ unit: 'MONTH' })
    shop.mend(orders, "partitionBy: { column: 'placed_at', by: 'month' }, ", '')
    expect(await build()).toContain('it was partitioned by month of placed_at and is by nothing now')
    expect(kept('orders')).toEqual(['grants'])
    expect(await rowsOf(server, 'j_shop.orders')).toHaveLength(5)
  })

  test('when it becomes a view, and a table again', async () => {
    breakContract['becomes a view'](shop)
    expect(await build()).toContain(`${withGrants}: it was a table and is a view now`)
    const { kind, labels } = server.store.table({ dataset: 'j_shop', table: 'customers' })
    expect([kind, labels, kept('customers')]).toEqual(['VIEW', {}, ['grants']])
    expect(await rowsOf(server, 'j_shop.customers')).toHaveLength(3)
    shop.mend(customers, "kind: 'view'", "kind: 'table'")
    expect(await build()).toContain(`${withGrants}: it was a view and is a table now`)
    expect([server.store.table({ dataset: 'j_shop', table: 'customers' }).kind, kept('customers')]).toEqual([
      'TABLE',
      ['grants'],
    ])
    expect(described('customers')).toEqual({ table: 'One row per customer.', columns: customersBefore })
    expect(await rowsOf(server, 'j_shop.customers')).toHaveLength(3)
  })
})

describe('A table that is made anew', () => {
  beforeEach(() => unprotect('orders', 'customers'))

  test.each(names)(
    'has the place of the old table at once, after whichever request the build is killed, where it %s',
    async name => {
      const table = breaking[name]
      breakContract[name](shop)
      const seen = new Set<string>()
      server.onCarriedOut(() => {
        const found = server.store.findTable({ dataset: 'j_shop', table })
        seen.add(
          `${found?.kind} ${JSON.stringify(found?.bindings) === JSON.stringify(reader) || found?.labels?.throughline_lacks_grants}`,
        )
      })
      expect(await build()).toContain('its table was made anew')
      server.onCarriedOut(() => undefined)
      const view = name === 'becomes a view' ? ['VIEW true', 'VIEW yes'] : []
      expect([...seen].sort()).toEqual(['TABLE true', ...view])
      expect(standingIn('j_shop')).toEqual(['customers', 'loyalty', 'orders'])
    },
  )

  test('takes nothing away where it cannot be made', async () => {
    shop.mend(orders, "by: 'day'", "by: 'month'")
    const message = 'Resources exceeded during query execution'
    server.faults.add({
      fault: { kind: 'failing-job', reason: 'resourcesExceeded', message },
      times: 1,
      method: 'POST',
      path: /\/jobs$/,
      body: /timestamp_trunc\(placed_at, month\)/,
    })
    const before = await rowsOf(server, 'j_shop.orders')
    const { exitCode, stdout } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain(message)
    expect(await rowsOf(server, 'j_shop.orders')).toEqual(before)
    expect(kept('orders')).toEqual(['grants'])
    expect(standingIn('j_shop')).toEqual(['customers', 'loyalty', 'orders'])
  })
})
