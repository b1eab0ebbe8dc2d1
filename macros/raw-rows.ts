import { identifier, join, type Sql, sql } from 'throughline'
import { trimmed } from './text'

/** A column of the raw rows called `e`, whatever its name: quoted as the engine quotes. */
export function rawColumn(name: string): Sql {
  return sql`e.${identifier(name)}`
}

/** A text of the raw rows called `e`, without white space around it; NULL where nothing is left. */
export function rawText(name: string): Sql {
  return sql`nullif(${trimmed(rawColumn(name))}, '')`
}

/**
 * ``qualify …`` over the raw rows called `e` that Fivetran has synced: of each key the version that came in last. Of those that came in
 * at once the one of the greatest row id, so that the order of the rows says nothing.
 */
export function newestSynced(...key: readonly [string, ...string[]]): Sql {
  return sql`
    qualify row_number() over (
      partition by ${join(key.map(rawColumn), ', ')}
      order by ${rawColumn('_fivetran_synced')} desc nulls last, e.tl_row_id desc, e.tl_row_number
    ) = 1
  `
}
