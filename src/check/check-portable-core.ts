import type { Columns } from '../authoring/column.ts'
import type { Engine } from '../authoring/macro.ts'
import type { CompiledProject } from '../compile/compiled.ts'
import { landingColumns } from '../compile/landing-columns.ts'
import { tablePath } from '../compile/naming.ts'
import { checkGrammar } from '../compile/portable/check-grammar.ts'
import { checkPortable } from '../compile/portable/check-portable.ts'
import type { Kind, OutputColumns } from '../compile/portable/walk.ts'
import { problemInQuery } from '../compile/sql-problem.ts'
import { type AuthoredQuery, authoredQueries } from './authored-queries.ts'
import type { Found } from './found.ts'

/** What in the authors' own text does not mean the same on every engine, where it is for every one. `authored` is compiled with macros left as calls. */
export function portableProblems(authored: CompiledProject, typeOfMacro: (name: string) => Kind): readonly Found[] {
  const typesOf = typedTables(authored)
  return authoredQueries(authored).flatMap(written => {
    if (written.engine !== undefined) return []
    const isNullable = nullability(written.reads, authored)
    const isGiven = givenTables(written, authored)
    return checkPortable(written.query.text, { isNullable, isGiven, typesOf, typeOfMacro, rows: written.rows }).map(
      ({ line, column, message, hint }): Found => {
        const kind = message.startsWith('this is not SQL') ? 'syntax' : 'other'
        return { of: written.id, kind, problem: problemAt(written, line, column, { message, hint }) }
      },
    )
  })
}

/** Where a rendering does not parse in its engine's own dialect: a macro's fault, where the authors' own text is portable. */
export function grammarProblems(
  compiled: CompiledProject,
  engine: Engine,
  isPortable: (id: string) => boolean,
): readonly Found[] {
  return authoredQueries(compiled)
    .filter(written => isPortable(written.id) && (written.engine ?? engine) === engine)
    .flatMap(written =>
      checkGrammar(written.query.text, engine).map(({ line, column, message }): Found => {
        const problem = problemAt(written, line, column, { message: `${engine} cannot parse this: ${message}` })
        return { of: written.id, kind: 'syntax', problem }
      }),
    )
}

function problemAt(
  { query, at }: AuthoredQuery,
  line: number,
  column: number,
  words: Parameters<typeof problemInQuery>[3],
) {
  return problemInQuery(query, offsetOf(query.text, line, column), at, words)
}

/** Whether a table is one of those that the author's text reads by `${…}`, or the engine's own. */
function givenTables(
  { reads, readsSourceTables }: AuthoredQuery,
  project: CompiledProject,
): (table: string) => boolean {
  const read = [
    ...reads.map(name => project.models.get(name)?.table),
    ...readsSourceTables.map(name => project.sourceTables.get(name)?.table),
  ]
  const given = new Set(read.flatMap(table => (table === undefined ? [] : [tablePath(table)])))
  return table => given.has(table) || isOwnName(table)
}

/** The columns of each table by its path, with the types of their contracts. */
function typedTables({ models, sourceTables }: CompiledProject): (table: string) => OutputColumns {
  const tables = new Map<string, OutputColumns>()
  for (const { table, columns } of sourceTables.values())
    tables.set(tablePath(table), kindsOf({ ...columns, ...landingColumns }))
  for (const { table, columns, fixpoint } of models.values()) {
    tables.set(tablePath(table), kindsOf(columns))
    for (const work of Object.values(fixpoint?.work ?? {})) tables.set(tablePath(work.table), kindsOf(work.columns))
  }
  return path => tables.get(path)
}

function kindsOf(columns: Columns): OutputColumns {
  return new Map(
    Object.entries(columns).map(
      ([
        name,
        {
          type: { kind },
        },
      ]): [string, Kind] => [name, kind === 'list' || kind === 'record' ? undefined : kind],
    ),
  )
}

/** Scratch and what stands for the table itself in a test. */
function isOwnName(table: string): boolean {
  return /(^|_)tl_(scratch|self)\./.test(table)
}

/** Whether a column of this name may be NULL in what is read; undefined where nothing that is read has such a column. */
function nullability(reads: readonly string[], project: CompiledProject): (column: string) => boolean | undefined {
  const parents = reads.map(name => project.models.get(name)?.columns ?? {})
  return name => {
    const found = parents.flatMap(columns => (columns[name] ? [columns[name]] : []))
    return found.length === 0 ? undefined : found.some(column => column.isNullable)
  }
}

function offsetOf(text: string, line: number, column: number): number {
  let offset = 0
  for (let at = 1; at < line; at++) offset = text.indexOf('\n', offset) + 1
  return offset + column - 1
}
