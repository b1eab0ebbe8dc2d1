import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'

export const methods = ['name', 'tag', 'path', 'layer', 'source', 'state'] as const
export type Method = (typeof methods)[number]

/** One criterion of a selection: which nodes, and how far up and down the graph from them. */
export interface Criterion {
  /** As it was typed. */
  readonly text: string
  readonly method: Method
  readonly value: string
  /** Steps up, `+a` being without end; undefined for none. */
  readonly up: number | undefined
  /** Steps down. */
  readonly down: number | undefined
  /** `@a`: everything below, and all that those need. */
  readonly withParentsOfChildren: boolean
}

/** `@`, then `2+`, then `method:`, then a value, then `+2`. */
const grammar = /^(?<at>@)?(?:(?<up>\d*)\+)?(?:(?<method>[\w.]+):)?(?<value>[^+@]*)(?:\+(?<down>\d*))?$/

/** Reads one criterion of dbt's selector grammar, like `2+tag:nightly` or `@sessions`. */
export function parseCriterion(text: string): Criterion | Problem {
  const groups = grammar.exec(text)?.groups
  if (groups === undefined) return malformed(text, 'there is a + or @ in the middle of it')
  const { at, up, method, value, down } = groups
  if (!value) return malformed(text, method === undefined ? 'it names nothing' : `nothing stands after ${method}:`)
  if (at !== undefined && down !== undefined) {
    return malformed(text, '@ takes in all that comes after already: write it without the + at its end')
  }
  const known = method === undefined ? impliedMethod(value) : methods.slice(1).find(name => name === method)
  if (known === undefined) {
    const suggestion = nearest(method!, methods.slice(1))
    return {
      kind: 'project',
      message: `'${text}' cannot be selected: ${method} is no method`,
      expected: `one of ${methods
        .slice(1)
        .map(name => `${name}:`)
        .join(' ')} or a plain name`,
      suggestion: suggestion === undefined ? undefined : text.replace(`${method}:`, `${suggestion}:`),
    }
  }
  return {
    text,
    method: known,
    value,
    up: steps(up),
    down: steps(down),
    withParentsOfChildren: at !== undefined,
  }
}

/** A bare value with a slash, or that ends as a file does, is a path. */
function impliedMethod(value: string): Method {
  return value.includes('/') || value.endsWith('.ts') ? 'path' : 'name'
}

function steps(digits: string | undefined): number | undefined {
  if (digits === undefined) return undefined
  return digits === '' ? Number.POSITIVE_INFINITY : Number(digits)
}

function malformed(text: string, why: string): Problem {
  return {
    kind: 'project',
    message: `'${text}' cannot be read as a selection: ${why}`,
    expected: 'a name or a method:value, with + or 2+ before it and + or +2 after it, or @ before it',
    hint: "a space is 'or', a comma without spaces is 'and': --select 'a+ tag:nightly,layer:journeys'",
  }
}
