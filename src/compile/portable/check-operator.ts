// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hints show what to write in a template.
import type { Refusal } from './findings.ts'
import { isNumeric, mixed, mustBeBoolean, spoken, widest } from './kinds.ts'
import { type Node, text } from './tree.ts'
import type { Kind, Walk } from './walk.ts'

/** Refuses operators outside the core, and operands whose plain types differ. `check` walks an operand. */
export function checkOperation(walk: Walk, { left, op, right }: Node, check: (operand: unknown) => Kind): Kind {
  const a = check(left)
  const b = check(right)
  const operator = text(op)
  const symbol = comparisons.get(operator)
  if (symbol !== undefined) {
    if (operator === 'Eq' && walk.findings.precedes('==', right))
      walk.findings.before('==', right, ['`==` is DuckDB alone', 'write ='])
    mixed(walk, a, b, right, symbol)
    return 'boolean'
  }
  switch (operator) {
    case 'And':
    case 'Or':
      mustBeBoolean(walk, a, left)
      mustBeBoolean(walk, b, right)
      return 'boolean'
    case 'StringConcat':
      for (const [kind, part] of [
        [a, left],
        [b, right],
      ] as const) {
        if (kind !== undefined && kind !== 'text') {
          walk.findings.at(
            [part],
            [
              `\`||\` joins text, and this is ${spoken(kind)}: DuckDB converts, BigQuery refuses`,
              'cast it: cast(x as ${type.text})',
            ],
          )
        }
      }
      return 'text'
    case 'Multiply':
      if (a === 'number' && b === 'number') walk.findings.before('*', right, decimals)
      return arithmetic(walk, [a, left], [b, right])
    case 'Plus':
    case 'Minus':
      return arithmetic(walk, [a, left], [b, right])
    default:
      refuseOperator(walk, operator, right)
      return undefined
  }
}

const comparisons: ReadonlyMap<string, string> = new Map([
  ['Eq', '='],
  ['NotEq', '<>'],
  ['Lt', '<'],
  ['LtEq', '<='],
  ['Gt', '>'],
  ['GtEq', '>='],
])

function arithmetic(walk: Walk, ...operands: readonly [readonly [Kind, unknown], readonly [Kind, unknown]]): Kind {
  for (const [kind, part] of operands) {
    if (kind === 'date' || kind === 'timestamp') {
      walk.findings.at(
        [part],
        [
          `arithmetic on a ${kind} differs on each engine`,
          'use the macros addDays, daysBetween, plusSeconds and elapsedSeconds',
        ],
      )
      return undefined
    }
    if (kind !== undefined && !isNumeric(kind)) {
      walk.findings.at(
        [part],
        [`arithmetic on ${kind}: DuckDB converts, BigQuery refuses`, 'cast it: cast(x as ${type.integer})'],
      )
    }
  }
  const [[a], [b]] = operands
  return isNumeric(a) && isNumeric(b) ? widest(a, b) : undefined
}

const decimals: Refusal = [
  '`*` of two decimals: the digits that are kept, and when it is too large, differ',
  'use the macro timesDecimal',
]
const remainder: Refusal = ['remainders of negative numbers and by zero differ', 'use the macro remainder']
const bits: Refusal = ['operators on bits are not on every engine', 'use a macro']
const regexp: Refusal = ['regular expressions differ on each engine', 'use the macro matchesPattern']
const json: Refusal = ['reading into JSON differs on each engine', 'use a macro, or unpack it in a staging model']

const operators: Readonly<Record<string, readonly [symbol: string, refusal: Refusal]>> = {
  Divide: [
    '/',
    [
      '`/`: of integers it is a double on BigQuery and DuckDB and fixed point on Snowflake, and by zero it is an error, NULL or infinity',
      'use the macro ratio (NULL where the denominator is 0), or quotient for whole numbers',
    ],
  ],
  DuckIntegerDivide: ['//', ['`//` is DuckDB alone', 'use the macro quotient']],
  Modulo: ['%', remainder],
  BitwiseXor: ['^', bits],
  BitwiseAnd: ['&', bits],
  BitwiseOr: ['|', bits],
  PGBitwiseShiftLeft: ['<<', bits],
  PGBitwiseShiftRight: ['>>', bits],
  PGExp: ['^', ['powers are spelled differently', 'use the macro powerOfTwo, or a product']],
  PGRegexMatch: ['~', regexp],
  PGRegexIMatch: ['~*', regexp],
  PGRegexNotMatch: ['!~', regexp],
  PGRegexNotIMatch: ['!~*', regexp],
  Arrow: ['->', json],
  LongArrow: ['->>', json],
}

function refuseOperator(walk: Walk, operator: string, right: unknown): void {
  const [symbol, refusal] = operators[operator] ?? []
  if (symbol !== undefined && refusal) walk.findings.before(symbol, right, refusal)
  else
    walk.findings.at(
      [right],
      ['the operator before this is not on every engine', 'write it with + - * and comparisons, or use a macro'],
    )
}
