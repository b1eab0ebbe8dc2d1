import { type Sql, sql } from 'throughline'
import { rawColumn } from './raw-rows'

/**
 * ``qualify …`` over the raw rows called `e` of a history that Fivetran keeps: of each `id` the version that began last, `began` being the column that
 * says when. Of those that began at once the one that came in last; of these the one of the greatest row id, so that the order of the rows says nothing.
 */
export function newestVersion(began: 'updated_at' | 'updated_time'): Sql {
  return sql`
    qualify row_number() over (
      partition by e.id
      order by ${rawColumn(began)} desc, ${rawColumn('_fivetran_synced')} desc nulls last, e.tl_row_id desc, e.tl_row_number
    ) = 1
  `
}
