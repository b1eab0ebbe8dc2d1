import { type Engine, engines, type Macro, type MacroCall } from '../authoring/macro.ts'
import type { SqlPart } from '../authoring/sql.ts'

/** Thrown where a macro gives no SQL for an engine: the fault is its own, and not of what uses it. */
export class MacroFault extends Error {
  override readonly name = 'MacroFault'

  constructor(
    readonly macro: Macro,
    /** Said of the macro: `has no rendering for snowflake`. */
    readonly says: string,
    readonly hint: string,
    readonly isMissing: boolean,
  ) {
    super(`a macro ${says}`)
  }
}

/**
 * What a call of a macro stands for on an engine; in SQL that is for one engine alone, that one's text where there is no other. Throws `MacroFault`.
 */
export function renderingOf({ macro, parts }: MacroCall, engine: Engine, alone: Engine | undefined): SqlPart {
  const rendering: unknown = macro.as(...parts)
  if (isSql(rendering)) return rendering
  if (typeof rendering !== 'object' || rendering === null) {
    const hint =
      'write as: x => sql`…`; or one for each engine: ({ duckdb: sql`…`, bigquery: sql`…`, snowflake: sql`…` })'
    throw new MacroFault(macro, `gives ${what(rendering)}, and not SQL`, hint, false)
  }
  const each = rendering as Readonly<Record<string, unknown>>
  const found = each[engine] ?? (alone && each[alone])
  if (isSql(found)) return found
  if (found === undefined) throw missing(macro, each, alone)
  throw new MacroFault(macro, `gives ${what(found)} for ${engine}, and not SQL`, `write ${engine}: sql\`…\``, false)
}

function missing(macro: Macro, each: Readonly<Record<string, unknown>>, alone: Engine | undefined): MacroFault {
  const lacking = (alone === undefined ? engines : [alone]).filter(engine => each[engine] === undefined)
  const unknown = Object.keys(each).find(key => !(engines as readonly string[]).includes(key))
  const hint =
    unknown === undefined
      ? `write ${lacking.map(engine => `${engine}: sql\`…\``).join(', ')} beside the others`
      : `'${unknown}' is no engine: they are ${engines.join(', ')}`
  return new MacroFault(macro, `has no rendering for ${lacking.join(' and ')}`, hint, true)
}

function isSql(value: unknown): value is Exclude<SqlPart, string | number | bigint | boolean | null> {
  return typeof value === 'object' && value !== null && 'kind' in value
}

function what(value: unknown): string {
  return value === undefined || value === null ? 'nothing' : `a ${Array.isArray(value) ? 'list' : typeof value}`
}
