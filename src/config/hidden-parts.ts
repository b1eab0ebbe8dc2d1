import { isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml'
import { z } from 'zod'
import { nearest } from '../problems/nearest.ts'
import { engineKeys, engineSections } from './engine-schema.ts'
import type { Span } from './hidden-text.ts'
import { reference, valueAfterName, wordsOf } from './hidden-words.ts'
import { keyText } from './key-text.ts'
import { isSecretName } from './secret-keys.ts'
import { isSecretText, keysOf, unwrapped } from './secret-text.ts'
import { isSecretKey, looksSecret } from './secrets.ts'

/** What of a config's text is secret: where it stands, and the values. */
export interface HiddenParts {
  readonly spans: readonly Span[]
  readonly values: readonly string[]
}

/** YAML as nodes; `resolve` gives the one that an alias names. */
interface Nodes {
  readonly text: string
  readonly root: Node | null
  resolve(node: Node): Node | undefined
}

type Schema = z.core.$ZodType | undefined

/**
 * The secrets that stand in a config as they are, whether the rest of it is right or wrong: in every target, in the settings of sources, and in
 * sections that nobody knows. A reference to a variable is none.
 */
export function hiddenParts(nodes: Nodes, definitions: readonly string[]): HiddenParts {
  const search = new Search(nodes)
  const { root } = nodes
  if (!isMap(root)) search.look(root, undefined, [])
  else {
    for (const pair of root.items) {
      const section = keyText(pair.key) ?? ''
      const value = pair.value as Node | null
      if (section === 'targets') search.look(value, engineSections.targets, [])
      else if (section === 'sources') search.lookAtSources(value)
      else if (!engineKeys.includes(section) && !definitions.includes(section)) search.lookAtPair(pair, undefined, [])
    }
  }
  return { spans: search.spans, values: search.values }
}

class Search {
  readonly spans: Span[] = []
  readonly values: string[] = []

  constructor(private readonly nodes: Nodes) {}

  /** Looks for secrets in what should be of this schema; of none, by the names of keys. */
  look(node: Node | null, schema: Schema, ancestors: readonly Node[]): void {
    const actual = this.actual(node, ancestors)
    if (actual === undefined) return
    const inside = [...ancestors, actual]
    const inner = schema && unwrapped(schema)
    if (isMap(actual)) for (const pair of actual.items) this.lookAtPair(pair, inner, inside)
    if (isSeq(actual)) for (const item of actual.items) this.look(item as Node | null, ofEach(inner) ?? inner, inside)
    if (isScalar(actual)) {
      // Where several forms are allowed and this is none of them, it may be what another form holds.
      const isOfNoForm = inner instanceof z.ZodUnion && !inner.safeParse(actual.value).success
      if (isOfNoForm || looksSecret(String(actual.value))) this.hide(actual)
      else if (isOfKeys(inner)) this.hideAfterName(actual)
    }
  }

  lookAtPair(
    pair: { readonly key: unknown; readonly value: unknown },
    schema: Schema,
    ancestors: readonly Node[],
  ): void {
    const name = keyText(pair.key) ?? ''
    const value = pair.value as Node | null
    const known = keysOf(schema ?? z.unknown())
    const own = Object.hasOwn(known, name) ? known[name] : undefined
    const each = ofEach(schema)
    if (isOfKeys(schema) || isOfKeys(each)) this.hideAfterName(pair.key)
    // Where a map of keys belongs and none is, the key was meant for one level below.
    const isJudgedByName = own === undefined && (each === undefined || (isOfKeys(each) && !this.isMap(value)))
    if (own === undefined ? isJudgedByName && isSecretName(name) : isSecretText(own)) {
      this.hideAll(value, ancestors)
      this.hideBefore(pair.key, value)
    } else if (own === undefined && isStrange(name, Object.keys(known))) this.hidePlace(value?.range)
    else this.look(value, own ?? each, ancestors)
  }

  /** Of a system's settings those count whose keys sound secret; what else they hold are names of columns and the like. */
  lookAtSources(sources: Node | null): void {
    for (const settings of this.valuesOf(sources)) {
      const actual = this.actual(settings, [])
      if (!isMap(actual)) continue
      for (const { key, value } of actual.items) {
        if (isSecretKey(keyText(key) ?? '')) this.hideAll(value as Node | null, [actual])
      }
    }
  }

  private hideAll(node: Node | null, ancestors: readonly Node[]): void {
    const actual = this.actual(node, ancestors)
    if (isScalar(actual)) this.hide(actual)
    else if (actual === undefined && isAlias(node)) this.hideText(node.range)
    else if (actual !== undefined)
      for (const value of this.valuesOf(actual)) this.hideAll(value, [...ancestors, actual])
  }

  private hide({ value, source, range }: Scalar): void {
    if (value === null || typeof value === 'boolean' || !range) return
    const written = this.nodes.text.slice(range[0], range[1])
    const isReference = /^["'|>+\s-]*$/.test(written.replaceAll(reference, '')) && written.includes('${')
    if (isReference || isTornReference(this.nodes.text, range)) return
    this.spans.push({ start: range[0], end: range[1] })
    const text = String(value)
    this.values.push(...text.split(reference).map(part => part.replaceAll('$${', '${')))
    if (source !== undefined && typeof value !== 'string') this.values.push(source)
  }

  /** A secret that begins with `&` or `!` is no value to YAML, but its name or kind. */
  private hideBefore(key: unknown, value: Node | null): void {
    const start = isScalar(key) ? key.range?.[1] : undefined
    if (start === undefined || !value?.range) return
    const between = this.nodes.text.slice(start, value.range[0])
    const from = between.search(/[&!]/)
    if (from >= 0) this.hideText([start + from, value.range[0]])
  }

  private hideText(range: readonly number[] | null | undefined): void {
    if (!range) return
    this.hidePlace(range)
    this.values.push(...wordsOf(this.nodes.text.slice(range[0], range[1])))
  }

  /** There alone: it may be any word. */
  private hidePlace(range: readonly number[] | null | undefined): void {
    if (range) this.spans.push({ start: range[0] ?? 0, end: range[1] ?? 0 })
  }

  /** Of `password:secret`, where the space is missing that would make it a key and its value. */
  private hideAfterName(node: unknown): void {
    if (!isScalar(node) || !node.range) return
    const [start, end] = node.range
    const written = this.nodes.text.slice(start, end)
    const value = valueAfterName(written)
    if (value === undefined) return
    this.hideText([start + value, end])
  }

  private valuesOf(node: Node | null): readonly (Node | null)[] {
    const actual = this.actual(node, [])
    if (isMap(actual)) return actual.items.map(({ value }) => value as Node | null)
    return isSeq(actual) ? actual.items.map(item => item as Node | null) : []
  }

  private isMap(node: Node | null): boolean {
    return isMap(this.actual(node, []))
  }

  /** Undefined where there is nothing, or what it stands in itself. */
  private actual(node: Node | null | undefined, ancestors: readonly Node[]): Node | undefined {
    const actual = node ? this.nodes.resolve(node) : undefined
    return actual === undefined || ancestors.includes(actual) ? undefined : actual
  }
}

/** `${NAME}` without quotes within braces, of which YAML makes `$` and a map. */
function isTornReference(text: string, [start, end]: readonly number[]): boolean {
  return text.slice(start, end) === '$' && text[end ?? 0] === '{'
}

/** Whether it is like none of the keys that may stand there, so that nobody knows what it holds. */
function isStrange(name: string, known: readonly string[]): boolean {
  return known.length > 0 && nearest(name, known) === undefined
}

function ofEach(schema: Schema): Schema {
  return schema instanceof z.ZodRecord ? schema.valueType : undefined
}

/** Whether it has keys with names of their own, or nothing is known of it. */
function isOfKeys(schema: Schema): boolean {
  return schema === undefined || Object.keys(keysOf(schema)).length > 0
}
