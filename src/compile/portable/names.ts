import { reservedIn } from './reserved-words.ts'
import { ident } from './tree.ts'
import type { Walk } from './walk.ts'

/** A name that stands alone: an alias, a CTE, a column without a table. False where it was refused. */
export function checkUnreserved(walk: Walk, name: unknown, near: unknown): boolean {
  if (!checkSpelling(walk, name, near)) return false
  const { value } = ident(name)
  const engines = reservedIn(value)
  if (engines.length === 0) return true
  const message = `'${value}' is a reserved word of ${engines.join(', ').replace(/, (?=[^,]*$)/, ' and ')}`
  walk.findings.at([name, near], [message, `give it a name that no engine reserves, like ${value}_value`])
  return false
}

/** A name after a dot, or any other. False where it was refused. */
export function checkSpelling(walk: Walk, name: unknown, near: unknown): boolean {
  const { value, quote } = ident(name)
  if (quote !== undefined) {
    walk.findings.at([name, near], quote === "'" ? textAsName : quoted)
    return false
  }
  if (/^[a-z][a-z0-9_]*$/.test(value)) return true
  walk.findings.at(
    [name, near],
    [
      `the name '${value}' is not lower-case snake_case: Snowflake folds names to upper case, BigQuery keeps them`,
      `write ${snakeCase(value)}`,
    ],
  )
  return false
}

export const quoted = [
  'a quoted name: BigQuery reads "x" as text and quotes with backticks, and Snowflake tells "x" from X',
  "write names unquoted in lower case, and text in 'single quotes'",
] as const

const textAsName = [
  'text in single quotes stands where a name is expected',
  'write the name unquoted, in lower case',
] as const

function snakeCase(name: string): string {
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_')
  return snake.replace(/^[^a-z]+/, '') || 'a name like first_touch'
}
