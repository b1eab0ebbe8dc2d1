import { boolean, date, integer, key, number, real, text, timestamp } from '../../authoring/column-words.ts'
import { rows } from '../../authoring/rows.ts'

/** Visits: of Ana two, of Çem one, one of nobody; NULLs, a negative number, the last microsecond of a leap day, and texts beyond ASCII. */
export const visits = rows(
  {
    id: key('The visit'),
    person: text('Who').nullable(),
    pages: integer('Pages').nullable(),
    spent: number('Money').nullable(),
    weight: real('A real').nullable(),
    is_new: boolean('A truth').nullable(),
    day: date('The day').nullable(),
    seen_at: timestamp('The instant').nullable(),
  },
  [
    {
      id: 'v1',
      person: 'Ana',
      pages: 3,
      spent: '10.5',
      weight: 0.5,
      is_new: true,
      day: '2024-02-29',
      seen_at: '2024-02-29 23:59:59.999999',
    },
    {
      id: 'v2',
      person: 'Ana',
      pages: -2,
      spent: '-0.000000001',
      weight: -1.5,
      is_new: false,
      day: '2024-03-01',
      seen_at: '2024-03-01 00:00:00',
    },
    {
      id: 'v3',
      person: 'Çem 🙂',
      pages: null,
      spent: null,
      weight: null,
      is_new: null,
      day: null,
      seen_at: null,
    },
    {
      id: 'v4',
      person: null,
      pages: 5,
      spent: '2',
      weight: 2,
      is_new: true,
      day: '2024-02-28',
      seen_at: '2024-03-01 00:00:00.000001',
    },
  ],
)

/** People: one of the visits' persons, one who never came, and one without a name. */
export const people = rows({ name: text('Who').nullable(), country: text('Where').nullable() }, [
  { name: 'Ana', country: 'DE' },
  { name: 'Ömer', country: 'TR' },
  { name: null, country: null },
])

/** No visit at all. */
export const noVisits = rows(
  {
    person: text('Who').nullable(),
    pages: integer('Pages').nullable(),
    spent: number('Money').nullable(),
    seen_at: timestamp('The instant').nullable(),
  },
  [],
)
