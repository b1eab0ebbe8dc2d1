import { parseSql } from '../../src/compile/portable/parse.ts'
import { ident, nameParts, node } from '../../src/compile/portable/tree.ts'

/** The names of all functions that a statement for Snowflake calls; none where it does not parse. The parser must be ready. */
export function functionsIn(sql: string): readonly string[] {
  const result = parseSql(sql, 'snowflake')
  const names: string[] = []
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look)
    else
      for (const [key, within] of Object.entries(node(value))) {
        if (key === 'Function') names.push(ident(nameParts(node(within).name).at(-1)).value.toLowerCase())
        look(within)
      }
  }
  if (result.kind === 'parsed') look(result.statements)
  return names
}
