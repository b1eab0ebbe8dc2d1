import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { ColumnType } from '../../authoring/column-type.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import type { Load, Loading } from '../local-files.ts'
import type { Fence } from '../sharing.ts'
import { WarehouseError } from '../warehouse.ts'
import { kindOf } from './clauses.ts'
import { exchange, exchangedWords } from './exchange.ts'
import { mustHold } from './fence.ts'
import { layerSchema } from './layer-schema.ts'
import type { FoundColumn } from './objects.ts'
import { policyRemarks, toldWith } from './policies.ts'
import type { SnowflakeSession } from './session.ts'
import type { SnowflakeSettings } from './settings.ts'
import { foundTable } from './standing.ts'
import { linesOf } from './text-lines.ts'
import { type EngineType, engineType } from './types.ts'

type Columns = Readonly<Record<string, ColumnType>>
type LoadSettings = Pick<SnowflakeSettings, 'loadBy' | 'transient' | 'database' | 'schema' | 'schemas'>

/** What is loaded, as messages call it, and the lease under which that is done. */
interface Loaded {
  readonly name: string
  readonly fence: Fence | undefined
}

/** Rows that are bound go together with their statement: as many, and no more characters than these. */
const rowsAtATime = 2_000
const charactersAtATime = 2_000_000

/**
 * Loads rows that DuckDB read from files of this computer: as lines of JSON, by a stage that only this session knows and that is gone with it or, where
 * the target says so, bound to statements. What each line says is then cast to the column's type, explicitly. Gives what is to be said of what stood there.
 */
export async function loadLines(
  session: SnowflakeSession,
  settings: LoadSettings,
  loading: Loading,
  of: Loaded,
): Promise<readonly string[]> {
  const { table } = loading
  const file = await loading.writeLines({ keys: 'places', compression: 'gzip' })
  const scratch = layerSchema('tl_scratch', settings)
  const lines = tablePath({ ...scratch, name: `${table.name}__tl_lines` })
  const stage = tablePath({ ...scratch, name: `${table.name}__tl_stage` })
  if (settings.loadBy === 'stage') await stageLines(session, file, stage, lines)
  else await bindLines(session, file, lines)
  const remarks = await fill(session, loading, lines, settings, of)
  await session.execute(`drop table if exists ${lines}`)
  return remarks
}

/** The same into a table that is of this run alone. */
export function loadInto(session: SnowflakeSession, settings: LoadSettings): Load {
  return async loading => {
    await loadLines(session, settings, loading, { name: loading.table.name, fence: undefined })
  }
}

async function stageLines(session: SnowflakeSession, file: string, stage: string, lines: string): Promise<void> {
  const name = file.slice(file.lastIndexOf('/') + 1)
  await inOneSession(session, async () => {
    await session.execute(`create or replace temporary stage ${stage}`)
    await session.execute(`create or replace transient table ${lines} (line variant)`)
    await session.put(file, `@${stage}`)
    await session.execute(`copy into ${lines} from @${stage}/${name} file_format = (type = json) purge = true`)
  })
}

const attempts = 3

/** A temporary stage is gone with its session: where that is lost on the way, all of the work begins anew. */
async function inOneSession(session: SnowflakeSession, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const before = session.renewals
    try {
      return await work()
    } catch (error) {
      const isStopped = error instanceof WarehouseError && error.errorKind === 'interrupted'
      if (isStopped || attempt === attempts || session.renewals === before) throw error
    }
  }
}

/** Each line has its place, by which one that came twice counts once: a statement that was sent again after its session was lost may have run before. */
async function bindLines(session: SnowflakeSession, file: string, lines: string): Promise<void> {
  await session.execute(`create or replace transient table ${lines} (place varchar, line varchar)`)
  const insert = `insert into ${lines} (place, line) values (?, ?)`
  let waiting: [string, string][] = []
  let characters = 0
  let place = 0
  for await (const line of linesOf(unpacked(file))) {
    place += 1
    waiting.push([String(place), line])
    characters += line.length
    if (waiting.length < rowsAtATime && characters < charactersAtATime) continue
    await session.insertRows(insert, waiting)
    waiting = []
    characters = 0
  }
  if (waiting.length > 0) await session.insertRows(insert, waiting)
}

/** The text of a packed file, as it is read. What fails in either stream is met by who reads it. */
function unpacked(file: string): AsyncIterable<string> {
  return pipeline(createReadStream(file), createGunzip().setEncoding('utf8'), () => undefined)
}

/**
 * A table that stands with these columns gets other rows, and keeps all else that is on it; any other is made anew, and takes the place of a view with
 * its grants. Gives what is to be said of that. Throws `ProblemsError` where what would be replaced has policies.
 */
async function fill(
  session: SnowflakeSession,
  { table, columns }: Pick<Loading, 'table' | 'columns'>,
  lines: string,
  { loadBy, transient }: LoadSettings,
  { name, fence }: Loaded,
): Promise<readonly string[]> {
  const path = tablePath(table)
  const values = Object.entries(columns).map(
    ([column, type], index) => `  ${valueIn(type, `r.line:c${index}`)} as ${snowflake.identifier(column)}`,
  )
  const once = `(select distinct d.place, d.line from ${lines} as d)`
  const from = loadBy === 'stage' ? lines : `(select parse_json(t.line) as line from ${once} as t)`
  const rows = `select\n${values.join(',\n')}\nfrom ${from} as r`
  const make = (at: string) =>
    session.execute(`create or replace ${kindOf({ transient })} ${at}\ncopy grants\nas\n${rows}`)
  const standing = await foundTable(session, table)
  if (standing?.object.kind === 'view')
    return exchangedWords(await exchange(session, { name, table, from: 'view', to: 'table', make }, fence), 'table')
  if (standing !== undefined && isSame(columns, standing.columns)) {
    const names = Object.keys(columns).map(column => snowflake.identifier(column))
    await mustHold(session, fence)
    await session.execute(`insert overwrite into ${path} (${names.join(', ')})\n${rows}`)
    return []
  }
  const remarks = standing === undefined ? [] : await policyRemarks(session, { name, table }, 'table')
  await mustHold(session, fence)
  await make(path)
  return toldWith('its table was made anew, with the grants it had', remarks)
}

function isSame(columns: Columns, standing: readonly FoundColumn[]): boolean {
  const wanted = Object.entries(columns).map(([name, type]) => `${name.toUpperCase()} ${typeWords(typeIn(type))}`)
  return wanted.join() === standing.map(({ name, type }) => `${name} ${typeWords(type)}`).join()
}

const typeWords = ({ base, scale }: EngineType): string => `${base} ${scale}`

function typeIn(type: ColumnType): EngineType {
  if (type.kind === 'list' || type.kind === 'record') return engineType(type.kind === 'list' ? 'array' : 'object')
  return engineType(snowflake.type(type))
}

/** What a line has at a key, as the column's type; lists and records stay an ARRAY and an OBJECT, as those of raw tables do. */
function valueIn(type: ColumnType, value: string): string {
  switch (type.kind) {
    case 'json':
      return `iff(is_null_value(${value}), null, ${value})`
    case 'list':
      return `iff(is_null_value(${value}), null, cast(${value} as array))`
    case 'record':
      return `iff(is_null_value(${value}), null, cast(${value} as object))`
    default:
      return `cast(cast(${value} as varchar) as ${snowflake.type(type)})`
  }
}
