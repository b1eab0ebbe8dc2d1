import { readFileSync } from 'node:fs'
import jsTokens from 'js-tokens'
import type { CallSite } from '../authoring/call-site.ts'
import { lineAndColumn } from './text-file.ts'

/** A macro's declaration in its file. */
export interface DeclaredMacro {
  readonly file: string
  readonly text: string
  /** The constant that it is; undefined where that cannot be seen. */
  readonly name: string | undefined
  /** Of a part of the declaration, `['takes', 0]`, as far as it is written out there. */
  place(path: readonly (string | number)[]): { readonly line: number; readonly column: number }
}

/** The declaration on a line; undefined where the file is gone. */
export function declaredMacro({ file, line }: CallSite): DeclaredMacro | undefined {
  const text = textOf(file)
  if (text === undefined) return undefined
  const tokens = tokensOf(text)
  const call = tokens.findIndex(({ value, offset }, index) => {
    const isCall = value === 'macro' && tokens[index + 1]?.value === '('
    return isCall && lineAndColumn(text, offset).line === line
  })
  if (call < 0) return { file, text, name: undefined, place: () => ({ line, column: 1 }) }
  return {
    file,
    text,
    name: /\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=;]*)?=\s*$/.exec(text.slice(0, tokens[call]!.offset))?.[1],
    place: path => lineAndColumn(text, tokens[partOf(path, tokens, call + 2) ?? call]!.offset),
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

interface Token {
  readonly value: string
  readonly offset: number
}

/** What means something, in order. */
function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let offset = 0
  for (const { type, value } of jsTokens(text)) {
    if (!/^(WhiteSpace|LineTerminatorSequence|(Single|Multi)LineComment)$/.test(type)) tokens.push({ value, offset })
    offset += value.length
  }
  return tokens
}

/** The token at which a part of a value begins, or the nearest part around it that is written out; undefined where none is. */
function partOf(path: readonly (string | number)[], tokens: readonly Token[], value: number): number | undefined {
  const [step, ...rest] = path
  if (step === undefined) return value
  const opens = tokens[value]?.value
  if (opens !== (typeof step === 'number' ? '[' : '{')) return undefined
  const items = itemsOf(tokens, value)
  const item = typeof step === 'number' ? items[step] : items.find(at => nameAt(tokens, at) === step)
  if (item === undefined) return undefined
  if (typeof step === 'number') return partOf(rest, tokens, item) ?? item
  if (rest.length === 0) return item
  return tokens[item + 1]?.value === ':' ? (partOf(rest, tokens, item + 2) ?? item) : item
}

function nameAt(tokens: readonly Token[], at: number): string | undefined {
  return tokens[at]?.value.replaceAll(/^['"]|['"]$/g, '')
}

/** Where the items of a list or the properties of an object begin. */
function itemsOf(tokens: readonly Token[], opening: number): readonly number[] {
  const items: number[] = []
  let depth = 0
  let isNext = true
  for (let at = opening + 1; at < tokens.length; at++) {
    const { value } = tokens[at]!
    if (depth === 0 && /^[\])}]$/.test(value)) break
    if (isNext) items.push(at)
    isNext = depth === 0 && value === ','
    if (/^[[({]$|\$\{$/.test(value) && !value.startsWith('}')) depth++
    else if (/^[\])}]/.test(value) && !value.endsWith('${')) depth--
  }
  return items
}
