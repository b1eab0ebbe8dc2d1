import type { Files } from '../support/project.ts'

const shop = `
import { source, text, timestamp, z } from 'throughline'

export const shop = source({
  description: 'The shop’s own database.',
  settings: z.strictObject({ file: z.string(), amount: z.string().default('Order total') }),
  tables: {
    orders: {
      description: 'Orders as the shop writes them.',
      columns: ({ amount }) => ({
        id: text('The order').nullable(),
        placed: timestamp('When').nullable(),
        [amount]: text('What it costs').nullable(),
      }),
      location: ({ file }) => ({ file, badRows: 'fail' }),
    },
  },
})
`

const rules = `
import { definition, z } from 'throughline'

export const rules = definition('rules', z.strictObject({ vat: z.string(), from: z.number().int().default(1) }).prefault({ vat: '0.2' }))
`

const rawOrders = `
import { identifier, integer, key, model, number, sql, timestamp, type } from 'throughline'
import { shop } from '../../sources/shop'

export const stg_orders = model({
  description: 'Orders as they came.',
  grain: ['order_id'],
  columns: {
    order_id: key('The order'),
    placed_at: timestamp('When').nullable(),
    amount: number('What it costs').nullable(),
    row_number_in_file: integer('Which row it was'),
  },
  materialize: { kind: 'view' },
  uses: { shop },
  query: ({ shop: { amount } }) => sql\`
    select
      o.id as order_id, o.placed as placed_at, cast(\${identifier('o', amount)} as \${type.number}) as amount,
      o.tl_row_number as row_number_in_file
    from \${shop.tables.orders} as o
    where o.tl_row_id is not null
  \`,
})
`

const paidOrders = `
import { boolean, json, key, list, model, number, real, sql, text, timestamp } from 'throughline'
import { stg_orders } from '../staging/stg_orders'

export const paid_orders = model({
  description: 'Orders that cost something.',
  grain: ['order_id'],
  columns: { order_id: key('The order'), placed_at: timestamp('When').nullable(), amount: number('What it costs') },
  materialize: { kind: 'inline' },
  query: () => sql\`
    select s.order_id, s.placed_at, s.amount
    from \${stg_orders} as s
    where s.amount > 0
  \`,
})
`

const orderTaxes = `
import { boolean, date, integer, key, model, number, real, sql, text, timestamp } from 'throughline'
import { rules } from '../definitions/rules'
import { paid_orders } from '../staging/paid_orders'

export const order_taxes = model({
  description: 'The tax of each order.',
  grain: ['order_id'],
  columns: {
    order_id: key('The order'),
    placed_at: timestamp('When').nullable(),
    placed_date: date('The day').nullable(),
    tax: number('The tax of it'),
    share: real('The tax as a share of what is paid'),
    is_large: boolean('Of 100 or more'),
  },
  materialize: { kind: 'table' },
  uses: { rules },
  query: ({ rules: { vat } }) => sql\`
    select
      p.order_id, p.placed_at, cast(p.placed_at as date) as placed_date,
      cast(p.amount * cast(\${vat} as decimal(9, 4)) as decimal(38, 9)) as tax,
      cast(\${vat} as double) / (1 + cast(\${vat} as double)) as share,
      p.amount >= 100 as is_large
    from \${paid_orders} as p
  \`,
})
`

const countdown = `
import { fixpoint, integer, key, sql } from 'throughline'
import { rules } from '../definitions/rules'
import { paid_orders } from '../staging/paid_orders'

export const countdown = fixpoint({
  description: 'How often ten can be taken from an order.',
  grain: ['order_id'],
  columns: { order_id: key('The order'), rounds: integer('How often') },
  maximumRounds: 3,
  work: {
    remaining: { order_id: key('The order'), tens: integer('What remains') },
    counted: { order_id: key('The order'), rounds: integer('How often so far') },
  },
  until: 'remaining',
  start: ({ work }) => ({
    remaining: sql\`select p.order_id, cast(p.amount as bigint) as tens from \${paid_orders} as p where p.amount >= 10\`,
    counted: sql\`select p.order_id, 0 as rounds from \${paid_orders} as p\`,
  }),
  step: ({ work }) => ({
    counted: sql\`
      select c.order_id, c.rounds + case when r.order_id is null then 0 else 1 end as rounds
      from \${work.counted} as c
      left join \${work.remaining} as r on r.order_id = c.order_id
    \`,
    remaining: sql\`select r.order_id, r.tens - 10 as tens from \${work.remaining} as r where r.tens - 10 >= 10\`,
  }),
  query: ({ work }) => sql\`select c.order_id, c.rounds from \${work.counted} as c\`,
})
`

const sites = `
import { key, seed } from 'throughline'

export const sites = seed({ description: 'Sites.', grain: ['site'], columns: { site: key('Domain') }, file: 'sites.csv' })
`

/** A raw table, a view over it, an inline model, a table and a fixpoint over that, and a seed. */
export const orderFiles: Files = {
  'sources/shop.ts': shop,
  'models/definitions/rules.ts': rules,
  'models/staging/stg_orders.ts': rawOrders,
  'models/staging/paid_orders.ts': paidOrders,
  'models/shop/order_taxes.ts': orderTaxes,
  'models/shop/countdown.ts': countdown,
  'seeds/sites.ts': sites,
  'seeds/sites.csv': 'site\na.example\n',
}
