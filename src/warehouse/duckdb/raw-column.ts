import type { ColumnType } from '../../authoring/column-type.ts'
import { nearest } from '../../problems/nearest.ts'
import type { Problem } from '../../problems/problem.ts'
import { misfit, type RawType, suitable } from './physical-types.ts'

/** A column of the raw rows. */
export interface RawColumn extends RawType {
  readonly name: string
}

/** A column that is read, and whether the raw rows may lack it. */
export interface DeclaredColumn {
  readonly type: ColumnType
  readonly isOptional: boolean
}

/** The columns that are read, by their raw names. */
export type DeclaredColumns = Readonly<Record<string, DeclaredColumn>>

/** What is wrong with the raw columns: those that are missing, stand twice, or are of types that do not suit. */
export function columnProblems(where: string, present: readonly RawColumn[], declared: DeclaredColumns): Problem[] {
  const names = present.map(column => column.name)
  return Object.entries(declared).flatMap(([name, { type, isOptional }]): Problem[] => {
    const found = present.filter(column => column.name === name)
    const [first] = found
    if (!first) return isOptional ? [] : [missing(where, name, names)]
    if (found.length > 1) {
      const message = `${where} has ${found.length} columns named "${name}"`
      return [{ kind: 'data', message, expected: 'one' }]
    }
    const wrong = misfit(type, first)
    if (!wrong) return []
    const message = `column "${name}${wrong.path}" of ${where} has changed in type: it is ${wrong.engineType}`
    const hint = 'mend the data, or the type declared for it'
    return [{ kind: 'data', message, expected: suitable(wrong.type), hint }]
  })
}

function missing(where: string, name: string, names: readonly string[]): Problem {
  const message = `${where} has no column "${name}"`
  return { kind: 'data', message, suggestion: nearest(name, names), hint: `its columns: ${names.join(', ')}` }
}
