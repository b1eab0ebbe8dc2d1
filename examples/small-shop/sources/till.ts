import { number, source, text, timestamp, z } from 'throughline'

export const till = source({
  description: 'The till of the shop.',
  settings: z.strictObject({ file: z.string() }),
  tables: {
    orders: {
      description: 'What was sold.',
      columns: () => ({
        order_id: text('The order'),
        customer: text('Who bought').nullable(),
        currency: text('Of the amount'),
        amount: number('What was paid'),
        placed_at: timestamp('When'),
      }),
      location: ({ file }) => ({ file, badRows: 'fail' }),
    },
  },
})
