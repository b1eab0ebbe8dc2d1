import type { Columns } from '../authoring/column.ts'
import { type ColumnType, describeType } from '../authoring/column-type.ts'
import { problemInQuery } from '../compile/sql-problem.ts'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import type { DescribedColumn } from '../warehouse/warehouse.ts'

/** What a problem without a place of its own is told of: a name in a file. */
export interface At {
  readonly file: string
  readonly name: string
}

/** The columns that a query (of this text) gives must be those of the contract, of its types; their order is the contract's in any case. */
export function compareColumns(
  found: readonly DescribedColumn[],
  columns: Columns,
  of: string,
  at: At,
  text: string,
): readonly Problem[] {
  const problems: Problem[] = []
  const misspelt = new Set<string>()
  const byName = new Map(found.map(column => [column.name, column]))
  const inContract = (name: string, words: Pick<Problem, 'message' | 'expected' | 'hint' | 'suggestion'>) =>
    problems.push(problemInQuery({ text: '', segments: [] }, undefined, { file: at.file, name }, words))
  for (const [name, column] of Object.entries(columns)) {
    const given = byName.get(name)
    if (given === undefined) {
      const others = found.map(other => other.name).filter(other => !(other in columns))
      const suggestion = nearest(name, others)
      if (suggestion !== undefined) misspelt.add(suggestion)
      inContract(name, {
        message: `the query of ${of} gives no column '${name}', which its contract has`,
        suggestion,
      })
      continue
    }
    if (fits(given, column.type)) continue
    const type = given.type === undefined ? given.engineType : describeType(given.type)
    inContract(name, {
      message: `the query of ${of} gives '${name}' as ${type}, and its contract says ${describeType(column.type)}`,
      hint: hintFor(column.type),
    })
  }
  for (const { name } of found) {
    // DuckDB numbers a name that stands twice, and the portable core says so: a name that nobody wrote is no column of the query.
    if (name in columns || misspelt.has(name) || !isWritten(name, text)) continue
    problems.push(
      problemInQuery({ text: '', segments: [] }, undefined, at, {
        message: `the query of ${of} gives a column '${name}', which its contract has not`,
      }),
    )
  }
  return problems
}

function isWritten(name: string, text: string): boolean {
  return /^\w+$/.test(name)
    ? new RegExp(`\\b${name}\\b`, 'i').test(text)
    : text.toLowerCase().includes(name.toLowerCase())
}

function hintFor({ kind }: ColumnType): string {
  const how = kind === 'list' || kind === 'record' ? 'make it so' : 'cast it'
  const cast = kind === 'list' || kind === 'record' ? '' : `: cast(… as \${type.${kind}})`
  return `${how} where it is computed${cast}, or change the contract`
}

/** Widening within integers, decimals of smaller scale, and text into JSON are silent. */
function fits({ type, engineType }: DescribedColumn, wanted: ColumnType): boolean {
  if (type === undefined) return false
  if (wanted.kind === 'number') {
    const scale = /^decimal\(\d+,\s*(\d+)\)$/.exec(engineType)?.[1]
    return type.kind === 'number' && (scale === undefined || Number(scale) <= 9)
  }
  if (wanted.kind === 'json' && type.kind === 'text') return true
  return describeType(type) === describeType(wanted)
}
