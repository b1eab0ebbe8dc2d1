import { type Columns, column } from '../authoring/column.ts'

/** What landing adds to a raw table. */
export const landingColumns: Columns = {
  tl_row_id: column('text', { kind: 'text' }, 'The same for rows of the same content'),
  tl_row_number: column('integer', { kind: 'integer' }, 'From 1, in the order of the rows'),
}
