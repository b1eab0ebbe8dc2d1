// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hints show what to write in a template.
import { quoted } from './names.ts'
import { list, node, text, variant } from './tree.ts'
import type { Kind, Walk } from './walk.ts'

/** Refuses literals that the engines read differently. */
export function checkLiteral(walk: Walk, body: unknown): Kind {
  const { name, body: value } = variant(node(body).value)
  switch (name) {
    case 'Null':
      return undefined
    case 'Boolean':
      return 'boolean'
    case 'Number':
      checkNumber(walk, list(value), body)
      return 'integer'
    case 'SingleQuotedString':
      checkText(walk, text(value), body)
      return 'text'
    case 'DoubleQuotedString':
      walk.findings.at([body], quoted)
      return undefined
    default:
      walk.findings.at(
        [body],
        [
          'this form of literal is not on every engine',
          "write text in 'single quotes', or interpolate a value: ${value}",
        ],
      )
      return undefined
  }
}

function checkNumber(walk: Walk, [digits, isLong]: readonly unknown[], body: unknown): void {
  if (isLong === true || !/^\d+$/.test(text(digits))) {
    walk.findings.at(
      [body],
      [
        `the number ${text(digits)}: a fraction is a decimal in DuckDB and Snowflake and a float in BigQuery`,
        "interpolate it: ${0.5} is a double, ${decimal('0.5')} an exact decimal",
      ],
    )
  } else if (BigInt(text(digits)) > 9_223_372_036_854_775_807n) {
    walk.findings.at([body], ['an integer past 64 bits: Snowflake has those, the others fail', "write ${decimal('…')}"])
  }
}

function checkText(walk: Walk, value: string, body: unknown): void {
  if (value.includes('\\')) {
    walk.findings.at(
      [body],
      [
        'a backslash in text: BigQuery and Snowflake read it as an escape, DuckDB does not',
        "interpolate the text: ${'…'} is written as each engine needs it",
      ],
    )
  }
  if (value.includes('\n')) {
    walk.findings.at(
      [body],
      ['text over several lines: BigQuery refuses it, and the margin of the template is cut', 'interpolate the text'],
    )
  }
}
