import { distinctProblems } from '../problems/distinct.ts'
import type { Problem } from '../problems/problem.ts'

/** A problem, and in what SQL it was found. */
export interface Found {
  /** The `id` of the authored query. */
  readonly of: string
  readonly problem: Problem
  /** `syntax`: the text is no SQL; nothing else can be said of it. `function`: there is no such function. `not verified`: nobody can tell here. */
  readonly kind: 'syntax' | 'function' | 'not verified' | 'other'
}

/**
 * What the engine's binder and the portable core say, each fault once: text that is no SQL in the words of the core where it knows what to write
 * instead, else in those of the binder; a function that there is not in the words of the binder, with the advice of the core.
 */
export function merged(bound: readonly Found[], portable: readonly Found[]): readonly Found[] {
  const advised = new Set(portable.filter(({ kind }) => kind !== 'syntax').map(({ of }) => of))
  const unreadable = new Set(bound.filter(({ kind }) => kind === 'syntax').map(({ of }) => of))
  const functions = bound.filter(({ kind }) => kind === 'function')
  const adviceOn = (found: Found) =>
    found.kind === 'function' ? portable.find(other => isAt(other.problem, found.problem)) : undefined
  return [
    ...bound
      .filter(({ kind, of }) => kind !== 'syntax' || !advised.has(of))
      .map(found => withHint(found, adviceOn(found)?.problem.hint)),
    ...portable.filter(({ kind, of, problem }) => {
      if (kind === 'syntax') return !unreadable.has(of)
      if (isOfTypes(problem) && bound.some(other => wantsCast(other.problem) && isInLineOf(other.problem, problem)))
        return false
      return !functions.some(other => isAt(other.problem, problem))
    }),
  ]
}

function withHint(found: Found, hint: string | undefined): Found {
  const { problem } = found
  return hint === undefined || problem.suggestion !== undefined ? found : { ...found, problem: { ...problem, hint } }
}

/** Two types that meet: the core finds them by the contract, and the binder where it does not convert. */
const isOfTypes = ({ message }: Problem): boolean => message.includes(' mixed in `')
const wantsCast = ({ message }: Problem): boolean => message.endsWith('an explicit cast is required')

function isInLineOf({ place: a }: Problem, { place: b }: Problem): boolean {
  return a !== undefined && a.file === b?.file && a.line === b.line
}

function isAt({ place: a }: Problem, { place: b }: Problem): boolean {
  return a !== undefined && a.file === b?.file && a.line === b.line && a.column === b.column
}

/** One fault in a macro or shared fragment shows in every model that uses it, and is told once. */
export function distinct(found: readonly Found[]): readonly Problem[] {
  return distinctProblems(found.map(({ problem }) => problem))
}
