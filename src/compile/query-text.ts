import type { Columns } from '../authoring/column.ts'
import type { Query } from './compiled.ts'
import type { Dialect } from './dialect/dialect.ts'
import type { Segment } from './writer.ts'

/** Text of the engine and rendered queries one after the other; positions stay right. */
export function concat(parts: readonly (string | Query)[]): Query {
  let text = ''
  const segments: Segment[] = []
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part
      continue
    }
    for (const segment of part.segments) {
      segments.push({ ...segment, start: segment.start + text.length, end: segment.end + text.length })
    }
    text += part.text
  }
  return { text, segments }
}

/** The author's query within casts to the contract, columns in the contract's order; inline models stand before it as CTEs. */
export function contractQuery(
  authored: Query,
  columns: Columns,
  inlines: readonly InlineCte[],
  dialect: Dialect,
): Query {
  const casts = Object.entries(columns).map(
    ([name, column]) => `  cast(${name} as ${dialect.type(column.type)}) as ${name}`,
  )
  return concat([...ctes(inlines), `select\n${casts.join(',\n')}\nfrom (\n`, authored, '\n) as tl_query'])
}

/** The author's query with the inline models that it reads before it, and its columns as they come: for checking their types. */
export function uncastQuery(authored: Query, inlines: readonly InlineCte[]): Query {
  return concat([...ctes(inlines), 'select * from (\n', authored, '\n) as tl_query'])
}

export interface InlineCte {
  readonly name: string
  readonly query: Query
}

function ctes(inlines: readonly InlineCte[]): (string | Query)[] {
  const parts = inlines.flatMap(({ name, query }, index) => [
    index === 0 ? 'with ' : ',\n',
    `${inlineName(name)} as (\n`,
    query,
    '\n)',
  ])
  return parts.length === 0 ? [] : [...parts, '\n']
}

/** What an inline model is called within its readers; no contract name begins so. */
export function inlineName(model: string): string {
  return `tl_${model}`
}
