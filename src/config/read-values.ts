import { isMap, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml'
import { pathText } from '../problems/path-text.ts'
import type { Problem } from '../problems/problem.ts'
import type { ConfigDocument, ConfigPath } from './config-document.ts'
import { keyText } from './key-text.ts'
import { isSecretKey, isSecretVariable } from './secrets.ts'

/** Environment variables by name. */
export interface Environment {
  readonly [name: string]: string | undefined
}

/** The config as plain values, with the environment's values in their places. */
export interface Reading {
  readonly value: unknown
  readonly problems: readonly Problem[]
  /** Whether the text at `path` still holds a reference that could not be replaced, so that its value says nothing. */
  isUnresolved(path: ConfigPath): boolean
  /** Values from the environment that must not be printed. */
  readonly secrets: readonly string[]
}

/**
 * Plain values out of the nodes, `${NAME}` replaced inside strings only, after parsing: no value of the environment can become YAML.
 * A variable that is not set is a problem where `isStrict`; elsewhere its reference stays as it was written.
 */
export function readValues(
  document: ConfigDocument,
  env: Environment,
  isStrict: (path: ConfigPath) => boolean,
): Reading {
  const problems: Problem[] = []
  const secrets: string[] = []
  const unresolved = new Set<string>()

  const report = (offset: number, message: string, hint: string) => {
    problems.push(document.problem(document.placeAt(offset), { message, hint }))
  }

  const readNode = (node: Node | null, path: ConfigPath, ancestors: readonly Node[]): unknown => {
    if (node === null) return null
    const actual = document.resolve(node)
    const start = node.range?.[0] ?? 0
    if (actual === undefined) {
      report(
        start,
        `${pathText(path)}: the alias names no anchor`,
        'A value that begins with * is written in quotes, as "*.csv"; for an alias, mark what it should repeat with &name.',
      )
      return undefined
    }
    if (ancestors.includes(actual)) {
      report(start, `${pathText(path)}: the alias stands inside the value that it names`, 'Write the value out.')
      return undefined
    }
    const inside = [...ancestors, actual]
    if (isMap(actual)) return readMap(actual, path, inside)
    if (isSeq(actual)) return actual.items.map((item, index) => readNode(item as Node | null, [...path, index], inside))
    if (isScalar(actual)) return typeof actual.value === 'string' ? readText(actual, actual.value, path) : actual.value
    return undefined
  }

  const readMap = (map: YAMLMap, path: ConfigPath, ancestors: readonly Node[]): object => {
    const entries = new Map<string, unknown>()
    for (const pair of map.items) {
      const offset = (pair.key as Node | null)?.range?.[0] ?? 0
      const key = keyText(pair.key)
      const inKey = path.length === 0 ? '' : `${pathText(path)}: `
      if (key === undefined || key === '__proto__') {
        report(offset, `${inKey}${key ?? 'a list or a map'} cannot be a key`, 'Write a plain name before the colon.')
      } else if (entries.has(key)) {
        const first = document.placeOfKey([...path, key])
        report(offset, `${inKey}key ${key} is given twice`, `The first is in line ${first.line}: keep one of them.`)
      } else {
        entries.set(key, readNode(pair.value as Node | null, [...path, key], ancestors))
      }
    }
    return Object.fromEntries(entries)
  }

  const readText = (node: Scalar, text: string, path: ConfigPath): string => {
    const [start, end] = node.range ?? [0, 0]
    let searched = start
    const offsetOf = (reference: string): number => {
      const offset = document.text.slice(0, end).indexOf(reference, searched)
      if (offset < 0) return start
      searched = offset + reference.length
      return offset
    }
    const leave = (reference: string): string => {
      unresolved.add(spot(path))
      return reference
    }
    return text.replaceAll(/\$\$\{|\$\{[^{}]*\}?/g, reference => {
      const offset = offsetOf(reference)
      if (reference === '$${') return '${'
      const name = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/.exec(reference)?.[1]
      if (name === undefined) {
        report(
          offset,
          `${pathText(path)}: ${reference} names no environment variable`,
          'Write ${NAME}, of letters, digits and _; for the two characters themselves write $${.',
        )
        return leave(reference)
      }
      const value = Object.hasOwn(env, name) ? env[name] : undefined
      if (value === undefined) {
        if (isStrict(path)) {
          report(
            offset,
            `${pathText(path)}: environment variable ${name} is not set`,
            `Set it before the run: export ${name}=...`,
          )
        }
        return leave(reference)
      }
      if (isSecretVariable(name) || path.some(step => isSecretKey(String(step)))) secrets.push(value)
      return value
    })
  }

  const value = readNode(document.root, [], [])
  return { value, problems, isUnresolved: path => unresolved.has(spot(path)), secrets }
}

/** A path as one string that no other path has. */
function spot(path: ConfigPath): string {
  return JSON.stringify(path.map(String))
}
