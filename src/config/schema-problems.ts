import type { z } from 'zod'
import { nearest } from '../problems/nearest.ts'
import { pathText } from '../problems/path-text.ts'
import type { Problem } from '../problems/problem.ts'
import type { ConfigDocument, ConfigPath, Told } from './config-document.ts'

type Issue = z.core.$ZodIssue

/** Stands before messages of ours, so that a message that a schema's author wrote is told as it is. */
const ownMark = '\u0000'

/** To parse with: lets every issue keep its input and, for an unknown key, the keys that are known. */
export const telling: z.core.ParseContext<Issue> = {
  reportInput: true,
  error: issue => ownMark + (issue.code === 'unrecognized_keys' ? JSON.stringify(knownKeys(issue.inst)) : ''),
}

/** Of the keys that a schema knows at a path, those that are of use there. */
export type KnownAt = (path: ConfigPath, keys: readonly string[]) => readonly string[]

/** What a schema found wrong, as problems at the lines of the config. `base` is the path of what was parsed. */
export function schemaProblems(
  issues: readonly Issue[],
  base: ConfigPath,
  document: ConfigDocument,
  mask: (text: string) => string,
  knownAt: KnownAt = (_, keys) => keys,
): readonly Problem[] {
  return issues.flatMap(issue => {
    const path = [...base, ...issue.path]
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map(key => unknownKey(document, [...path, key], knownAt(path, keysIn(issue.message)), 'key'))
      case 'invalid_key':
        return [document.problem(document.placeOfKey(path), told(path, keyIssue(issue), mask))]
      case 'invalid_union': {
        const branch = isOwn(issue) ? matchingBranch(issue.errors) : undefined
        if (branch !== undefined) return schemaProblems(branch, path, document, mask, knownAt)
      }
    }
    return [document.problem(document.placeOf(path), told(path, issue, mask))]
  })
}

/** A key (or a source, a section) that nobody knows, at the place of its name. */
export function unknownKey(
  document: ConfigDocument,
  path: ConfigPath,
  known: readonly string[],
  noun: string,
): Problem {
  const word = String(path.at(-1))
  return document.problem(document.placeOfKey(path), {
    message: `${pathText(path)}: unknown ${noun} ${word}`,
    expected: known.length === 0 ? `no ${noun} at all` : oneOf(known),
    suggestion: nearest(word, known),
  })
}

/** `a`, or `one of a, b, c`. */
export function oneOf(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : `one of ${names.join(', ')}`
}

function told(path: ConfigPath, issue: Issue, mask: (text: string) => string): Told {
  const subject = pathText(path)
  if (!isOwn(issue)) return { message: `${subject}: ${issue.message}` }
  const expected = expectation(issue)
  const input = blamed(issue)
  if (input === undefined) return { message: `${subject}: missing`, expected }
  return {
    message: `${subject}: cannot be ${shown(input, mask)}`,
    expected,
    suggestion: typeof input === 'string' ? nearest(input, permitted(issue)) : undefined,
  }
}

/** The value that an issue's path ends in; where a key decides between forms, zod keeps the map around it. */
function blamed(issue: Issue): unknown {
  if (issue.code !== 'invalid_union' || !('discriminator' in issue) || issue.discriminator === undefined)
    return issue.input
  return (issue.input as Readonly<Record<string, unknown>> | undefined)?.[issue.discriminator]
}

/** What would have been right. */
function expectation(issue: Issue): string {
  // The building blocks of values say `"x" is not a duration, ...`: only its end says what was expected.
  if (!isOwn(issue)) return issue.message.replace(/^.* is not |^missing: write /, '')
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected
    case 'invalid_value':
      return oneOf(issue.values.map(String))
    case 'too_small':
      return bounded(issue.exact ? 'exactly' : issue.inclusive ? 'at least' : 'more than', issue.minimum, issue.origin)
    case 'too_big':
      return bounded(issue.exact ? 'exactly' : issue.inclusive ? 'at most' : 'less than', issue.maximum, issue.origin)
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'invalid_format':
      return issue.format === 'regex' ? `text like ${issue.pattern}` : `text of the format ${issue.format}`
    case 'invalid_union': {
      if ('options' in issue && issue.options !== undefined) return oneOf(issue.options.map(String))
      const choices = new Set(issue.errors.flatMap(branch => branch.slice(0, 1).map(expectation)))
      return [...choices].join(', or ') || 'only one of the forms that it has'
    }
    default:
      return 'another value'
  }
}

const typeNames: { readonly [type: string]: string } = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map of keys and values',
  record: 'a map of names and values',
}

function bounded(bound: string, limit: number | bigint, origin: string): string {
  const one = origin === 'string' ? 'character' : origin === 'array' ? 'entry' : origin === 'object' ? 'key' : undefined
  if (one === undefined) return `${bound} ${limit}`
  const many = one === 'entry' ? 'entries' : `${one}s`
  return `${bound} ${limit} ${Number(limit) === 1 ? one : many}`
}

/** The values that are named in an issue, to find the nearest among. */
function permitted(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String)
  if (issue.code !== 'invalid_union') return []
  if ('options' in issue && issue.options !== undefined) return issue.options.map(String)
  return issue.errors.flatMap(branch => branch.filter(inner => inner.path.length === 0).flatMap(permitted))
}

/**
 * Of the forms that a value may have, the one that was meant: its own type fits, and fewest things are wrong inside.
 * None where the value is of no form's type.
 */
function matchingBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches
    .filter(issues => !issues.some(issue => issue.path.length === 0 && isOfAnotherType(issue)))
    .toSorted((a, b) => a.length - b.length)[0]
}

function isOfAnotherType(issue: Issue): boolean {
  if (issue.code === 'invalid_union') return matchingBranch(issue.errors) === undefined
  return issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_format'
}

/** A key's own issue says what the key should have been; the outer one says only that it is wrong. */
function keyIssue(issue: Extract<Issue, { code: 'invalid_key' }>): Issue {
  return issue.issues[0] ?? issue
}

function shown(value: unknown, mask: (text: string) => string): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  if (typeof value !== 'string') return String(value)
  // Masked before it is cut: half a secret would not be recognised.
  const masked = mask(value)
  return JSON.stringify(masked.length > 60 ? `${masked.slice(0, 57)}...` : masked)
}

function isOwn(issue: Issue): boolean {
  return issue.message.startsWith(ownMark)
}

function keysIn(message: string): readonly string[] {
  return message.startsWith(ownMark) ? (JSON.parse(message.slice(ownMark.length)) as string[]) : []
}

function knownKeys(schema: unknown): readonly string[] {
  const shape = (schema as z.core.$ZodObject | undefined)?._zod.def.shape
  return shape === undefined ? [] : Object.keys(shape)
}
