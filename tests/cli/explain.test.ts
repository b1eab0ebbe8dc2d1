import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import { type Files, folderOf } from '../support/project.ts'
import { kiosk } from './kiosk.ts'
import { objectsOf, type } from './support.ts'

const buyer = `
import { explanation, sql } from 'throughline'
import { customers } from '../models/shop/customers'
import { orders } from '../models/shop/orders'

export const buyer = explanation({
  description: 'What somebody bought.',
  takes: 'customer',
  queries: id => ({
    totals: sql\`select c.order_count, c.amount from \${customers} as c where c.customer = \${id}\`,
    bought: sql\`select o.amount, o.order_id from \${orders} as o where o.customer = \${id}\`,
  }),
  tell: ({ totals, bought }) => {
    const [total] = totals
    if (total === undefined) return []
    return [
      { heading: 'In all', lines: [\`\${total.order_count} orders\`, \`\${total.amount} euros\`] },
      { heading: 'One by one', lines: bought.map(({ order_id: order, amount }) => \`\${order}: \${amount}\`) },
    ]
  },
  ids: () => sql\`select c.customer as id from \${customers} as c\`,
})
`

/** Reads an inline model, uses a source's settings, and takes an id in full. */
const named = `
import { explanation, sql } from 'throughline'
import { named } from '../models/staging/named'
import { till } from '../sources/till'

export const sale = explanation({
  description: 'Where a sale comes from.',
  takes: 'order_id',
  uses: { till },
  queries: (id, { till }) => ({
    sales: sql\`select n.customer, \${till.file} as file from \${named} as n where n.order_id = \${id}\`,
    others: sql\`select n.order_id from \${named} as n where n.order_id <> \${id} order by n.amount desc, n.order_id\`,
  }),
  named: {
    by: 'buyer',
    ids: (text, { till }) => sql\`
      select n.order_id as id, n.customer || \${' in ' + till.file} as name from \${named} as n where n.customer = \${text}
    \`,
  },
  tell: ({ sales, others }) => {
    const lines = [\`before \${others.map(row => row.order_id).join(', ')}\`]
    return sales.map(({ customer, file }) => ({ heading: \`\${customer} in \${file}\`, lines }))
  },
})
`

const namesake = buyer
  .replaceAll('buyer', 'namesake')
  .replace("'../models/shop/customers'", "'../models/shop/namesakes'")
  .replaceAll('customers', 'namesakes')

const files: Files = {
  ...kiosk,
  'explanations/buyer.ts': buyer,
  'explanations/sale.ts': named,
  'explanations/namesake.ts': namesake,
  'data/orders.csv': `order_id,customer,amount,placed_at
o3,annabella,2,2026-05-02 09:00:00
o1,annabella,10.50,2026-05-01 09:00:00
o2,annabel,4,2026-05-01 10:00:00
o4,annabeth,4,2026-05-01 10:00:00
o5,"O'Brien
and\u001b[31m son",7,2026-05-01 10:00:00
`,
}
const folder = folderOf(files)

/** The config of a project that reads what another one built. */
function targetIn(other: string) {
  const config = files['warehouse.config.yaml']!
  return { 'warehouse.config.yaml': config.replace('path: kiosk.duckdb', `path: ${join(other, 'kiosk.duckdb')}`) }
}

describe('explain, before anything is built', () => {
  it('lists what there is to be explained, and what is not, with the reason', async () => {
    expect(await type(folder, ['explain'])).toEqual({
      exitCode: 0,
      stdout: `buyer <customer>          What somebody bought.
sale <order_id or buyer>  Where a sale comes from.
namesake  it reads 'namesakes', which is not built: the source 'other' is off
`,
      stderr: '',
    })
    expect(objectsOf((await type(folder, ['explain', '--output', 'json'])).stdout)).toEqual([
      { version: 1, type: 'explanation', name: 'buyer', takes: 'customer', description: 'What somebody bought.' },
      {
        version: 1,
        type: 'explanation',
        name: 'sale',
        takes: 'order_id',
        namedBy: 'buyer',
        description: 'Where a sale comes from.',
      },
      {
        version: 1,
        type: 'disabled',
        name: 'namesake',
        because: "it reads 'namesakes', which is not built: the source 'other' is off",
      },
    ])
  })

  it('knows no other, names the nearest, and says what there is', async () => {
    expect(await type(folder, ['explain', 'buyre', 'ann'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "there is no explanation named 'buyre'; did you mean buyer?\n  there is buyer and sale\n",
    })
    expect((await type(folder, ['explain', 'namesake', 'ann'])).stderr).toBe(
      "'namesake' cannot be explained: it reads 'namesakes', which is not built: the source 'other' is off\n",
    )
  })

  it('asks of which', async () => {
    expect(await type(folder, ['explain', 'buyer'])).toMatchObject({
      exitCode: 2,
      stderr: 'of which buyer? It takes a customer\n  throughline explain buyer CUSTOMER\n',
    })
  })

  it('says what builds the tables that it reads, and makes no file', async () => {
    expect(await type(folder, ['explain', 'buyer', 'annabel'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "'customers' is not built yet in the target local\n  throughline build --select +customers builds it\n",
    })
    expect(existsSync(join(folder, 'kiosk.duckdb'))).toBe(false)
  })
})

describe('explain, of what is published', () => {
  const built = folderOf(files)
  const explain = (...args: readonly string[]) => type(built, ['explain', ...args])

  beforeAll(async () => {
    expect((await type(built, ['build'])).exitCode).toBe(0)
  })

  it('tells the sections, made of rows in the order of their columns', async () => {
    expect(await explain('buyer', 'annabella')).toEqual({
      exitCode: 0,
      stdout: `In all
  2 orders
  12.500000000 euros

One by one
  o3: 2.000000000
  o1: 10.500000000
`,
      stderr: '',
    })
  })

  it('gives the rows too, as JSON', async () => {
    expect(objectsOf((await explain('buyer', 'annabel', '--output', 'json')).stdout)).toEqual([
      {
        version: 1,
        type: 'explained',
        what: 'buyer',
        id: 'annabel',
        sections: [
          { heading: 'In all', lines: ['1 orders', '4.000000000 euros'] },
          { heading: 'One by one', lines: ['o2: 4.000000000'] },
        ],
        rows: {
          totals: [{ order_count: 1, amount: '4.000000000' }],
          bought: [{ amount: '4.000000000', order_id: 'o2' }],
        },
      },
    ])
  })

  it('takes the beginning of an id where no other begins so', async () => {
    expect((await explain('buyer', 'annabet')).stdout).toContain('o4: 4.000000000')
    // The whole id of one, though another begins with it.
    expect((await explain('buyer', 'annabel')).stdout).toContain('1 orders')
    expect(await explain('buyer', 'annabe')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "several of customer begin with 'annabe': annabel, annabella, annabeth\n  write more of it\n",
    })
  })

  it('takes another name of it, where it has one and no other has that', async () => {
    expect(objectsOf((await explain('sale', 'annabel', '--output', 'json')).stdout)).toMatchObject([{ id: 'o2' }])
    expect(await explain('sale', 'annabella')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `several of order_id are named 'annabella': o1 (annabella in data/orders.csv), o3 (annabella in data/orders.csv)
  write the order_id of one of them
`,
    })
    expect((await explain('sale', "x' or 'a' = 'a")).exitCode).toBe(2)
  })

  it('ends with 2 where there is none, or too little of it is written', async () => {
    for (const id of ['anna', 'zacharias']) {
      expect(await explain('buyer', id)).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: `there is no buyer with the customer '${id}'
  the first 6 characters of the customer are enough, where no other begins so
`,
      })
    }
    // Without ids, the id is taken as it stands.
    expect((await explain('sale', 'o')).stderr).toBe("there is no sale with the order_id or buyer 'o'\n")
  })

  it('takes what is typed as a value, whatever is in it, and shows no control characters', async () => {
    expect((await explain('buyer', "x' or 'a' = 'a")).exitCode).toBe(2)
    expect((await explain('sale', 'o5')).stdout).toBe(
      "O'Brien\\nand\\u001b[31m son in data/orders.csv\n  before o1, o2, o4, o3\n",
    )
    expect((await explain('buyer', "O'Brie")).stdout).toContain('o5: 7.000000000')
  })

  it('blots out secrets', async () => {
    const { stdout } = await type(built, ['explain', 'sale', 'o2', '--output', 'json'], {
      env: { TILL_PASSWORD: 'annabel' },
    })
    expect(stdout).not.toContain('annabel')
    expect(objectsOf(stdout)).toMatchObject([{ rows: { sales: [{ customer: '***' }] } }])
  })

  it('reads the target while others read it, and cannot change it', async () => {
    const file = join(built, 'kiosk.duckdb')
    const reader = await DuckDBWarehouse.openToRead({ path: file })
    try {
      expect((await explain('buyer', 'annabel')).exitCode).toBe(0)
      const session = await reader.connect()
      await expect(session.execute('create table x (y integer)')).rejects.toThrow(/read-only/i)
      session.close()
    } finally {
      await reader.close()
    }
  })

  it('says that the tables are of an earlier version, where they are', async () => {
    const changed = folderOf({
      ...files,
      'models/shop/customers.ts': files['models/shop/customers.ts']!.replaceAll('order_count', 'count_of_orders'),
      'explanations/buyer.ts': buyer.replaceAll('order_count', 'count_of_orders'),
    })
    await type(changed, ['build'])
    const earlier = folderOf({
      ...files,
      ...targetIn(changed),
    })
    const answer = await type(earlier, ['explain', 'buyer', 'annabel'])
    expect(answer).toMatchObject({ exitCode: 2, stdout: '' })
    expect(answer.stderr).toMatch(/^'buyer' cannot be explained from the tables as they stand: .*"order_count"/)
    expect(answer.stderr).toContain('throughline build builds them anew')
  })

  it.each([
    ['throws', "tell: () => { throw new Error('no idea') },", /^explanations\/sale\.ts:20:23 {2}no idea\n/],
    ['gives no sections', 'tell: () => 3,', /^explanations\/sale\.ts:20:3 {2}the tell of sale gives no sections\n/],
    [
      'gives lines that are no text',
      "tell: () => [{ heading: 'x', lines: [1] }],",
      /the tell of sale gives no sections/,
    ],
  ])('tells where tell %s', async (_, tell, says) => {
    const broken = folderOf({
      ...files,
      ...targetIn(built),
      'explanations/sale.ts': named.replace(/ {2}tell: [\s\S]*\n {2}\},\n/, `  ${tell}\n`),
    })
    const answer = await type(broken, ['explain', 'sale', 'o2'])
    expect(answer).toMatchObject({ exitCode: 2, stdout: '' })
    expect(answer.stderr).toMatch(says)
  })
})

describe('check holds explanations to what models are held to', () => {
  const checked = async (changed: string) =>
    (await type(folderOf({ ...files, 'explanations/buyer.ts': changed }), ['check'])).stdout

  it('finds nothing wrong with good ones', async () => {
    expect(await checked(buyer)).toMatch(/: no problems\n$/)
  })

  it.each([
    [
      'a column that there is not',
      ['c.amount from', 'c.amuont from'],
      /^explanations\/buyer\.ts:10:41 {2}.*"amuont"; did you mean amount\?$/m,
    ],
    [
      'what is not the same on every engine',
      ['c.amount from', 'c.amount / 2 as half from'],
      /^explanations\/buyer\.ts:10:48 {2}`\/`: of integers/m,
    ],
    [
      'an order by what engines sort differently',
      ['= ${id}`,\n  }', '= ${id} order by o.amount + 1`,\n  }'],
      /^explanations\/buyer\.ts:11:99 {2}rows are ordered by columns/m,
    ],
    [
      'ids without an id',
      ['c.customer as id', 'c.customer'],
      /^explanations\/buyer\.ts:21:3 {2}the query of ids gives no column 'id'$/m,
    ],
    [
      'ids that are no text',
      ['c.customer as id', 'c.order_count as id'],
      /the query of ids gives 'id' as bigint, and not as text/,
    ],
    [
      'a name that is none',
      [
        '  ids: () =>',
        "  named: { by: 'x', ids: () => sql`select c.customer as id from ${customers} as c` },\n  ids: () =>",
      ],
      /^explanations\/buyer\.ts:21:3 {2}the query of named gives no column 'name'$/m,
    ],
    [
      'no reason why something has no id',
      [
        '  ids: () =>',
        "  named: { by: 'x', ids: () => sql`select c.customer as id, c.customer as name from ${customers} as c`, without: () => sql`select c.customer as name from ${customers} as c` },\n  ids: () =>",
      ],
      /^explanations\/buyer\.ts:21:105 {2}the query of without gives no column 'because'$/m,
    ],
    [
      'a word that is none',
      ["takes: 'customer',", "takes: 'customer', tekes: 1,"],
      /^explanations\/buyer\.ts:6:\d+ {2}explanation: there is no 'tekes'; did you mean takes\?$/m,
    ],
    [
      'a query that is no SQL',
      ['queries: id => ({', "queries: id => ({ x: 'select',"],
      /^explanations\/buyer\.ts:.*a query gives a string, and not SQL/m,
    ],
  ] as const)('finds %s', async (_, [before, after], says) => {
    expect(buyer).toContain(before)
    expect(await checked(buyer.replace(before, after))).toMatch(says)
  })

  it('wants the export to be named as the file', async () => {
    expect(await checked(buyer.replace('const buyer', 'const byuer'))).toMatch(
      /explanations\/buyer\.ts:.* exports no explanation named 'buyer'/,
    )
  })
})
