// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hints show what to write in a template.
import { expressionAdvice } from './advice.ts'
import { checkConversion } from './check-conversion.ts'
import { checkCall } from './check-function.ts'
import { checkLiteral } from './check-literal.ts'
import { checkOperation } from './check-operator.ts'
import type { Refusal } from './findings.ts'
import { mixed, mustBeBoolean, spoken } from './kinds.ts'
import { checkSpelling, checkUnreserved } from './names.ts'
import { bare, bodyOf, columnsIn, ident, list, node, otherField, plainColumn, startOf, variant } from './tree.ts'
import { isInputColumn, type Kind, namedColumn, type Site, typeOfColumn, typeOfColumnOf, type Walk } from './walk.ts'

/** Refuses what in an expression does not mean the same on every engine; gives its type where that is plain. */
export function checkExpression(walk: Walk, expression: unknown, site: Site): Kind {
  const { name, body } = variant(expression)
  const check = checks[name]
  if (check) return check(walk, body, site, expression)
  const word = openings[name]
  if (word === undefined) walk.findings.at([expression, site.near], expressionAdvice(name))
  else walk.findings.before(word, startOf(expression) ? expression : site.near, expressionAdvice(name))
  return undefined
}

type Check = (walk: Walk, body: unknown, site: Site, expression: unknown) => Kind

/** What these forms begin with, where the tree has no place for it. */
const openings: Readonly<Record<string, string>> = {
  Array: '[',
  Dictionary: '{',
  Map: 'map',
  Struct: 'struct',
  Tuple: '(',
  Subquery: '(',
  Interval: 'interval',
  Extract: 'extract',
  Trim: 'trim',
  Substring: 'substr',
  Position: 'position',
  Overlay: 'overlay',
  Ceil: 'ceil',
  Floor: 'floor',
}

/** The forms of expression of the portable core; there are no others. */
const checks: Readonly<Record<string, Check>> = {
  Identifier: checkColumn,
  CompoundIdentifier: checkColumnOfTable,
  Value: checkLiteral,
  Nested: (walk, body, site) => checkExpression(walk, body, site),
  BinaryOp: (walk, body, site) => checkOperation(walk, node(body), operand => checkExpression(walk, operand, site)),
  UnaryOp: checkUnary,
  IsNull: checkNullTest,
  IsNotNull: checkNullTest,
  InList: checkInList,
  Between: checkBetween,
  Like: checkLike,
  Case: checkCase,
  Cast: checkCast,
  Exists: checkExists,
  Function: (walk, body, site) => checkCall(walk, node(body), site, part => checkExpression(walk, part, site)),
}

function checkColumn(walk: Walk, body: unknown, site: Site): Kind {
  if (!checkUnreserved(walk, body, site.near)) return undefined
  const { value } = ident(body)
  const stands = site.aliases.get(value)
  if (value === namedColumn) return undefined
  if (stands === undefined) return typeOfColumn(value, site.scope)
  const isInput = isInputColumn(value, site, walk) ?? mentions(stands, value)
  if (site.clause === 'select' || site.clause === 'where') {
    if (!isInput) walk.findings.at([body], aliasReused(value))
  } else if (isInput && plainColumn(stands) !== value) walk.findings.at([body], ambiguous(value, site.clause))
  return undefined
}

const aliasReused = (name: string): Refusal => [
  `the alias '${name}' is used in the same select: BigQuery does not see it there`,
  `compute ${name} one CTE earlier; if it is a column of the input, write it with the table's alias`,
]

const ambiguous = (name: string, clause: string): Refusal => [
  `'${name}' in \`${clause}\` is both an alias of this select and a column that it reads, and the engines choose differently`,
  `compute ${name} one CTE earlier, or give it another name`,
]

function mentions(expression: unknown, name: string): boolean {
  let found = false
  columnsIn(expression, (_, column) => {
    found ||= column === name
  })
  return found
}

function checkColumnOfTable(walk: Walk, body: unknown, site: Site): Kind {
  const parts = list(body)
  if (!parts.every(part => checkSpelling(walk, part, parts))) return undefined
  if (parts.length > 2) {
    walk.findings.at(parts, [
      'a column by a longer path than alias.column: fields of structs differ in everything',
      'write alias.column',
    ])
    return undefined
  }
  const table = ident(parts[0]).value
  if (!site.mayCorrelate && isOuter(table, site)) walk.findings.at(parts, correlated)
  const { value: name } = ident(parts[1])
  return name === namedColumn ? undefined : typeOfColumnOf(table, name, site.scope)
}

/** Whether a table's alias is one of the select around an `exists`. */
export function isOuter(table: string, { scope }: Site): boolean {
  if (scope.items.has(table)) return false
  for (let outer = scope.outer; outer; outer = outer.outer) if (outer.items.has(table)) return true
  return false
}

const correlated: Refusal = [
  'a column of the select around `exists`, other than in an equality with a column of its own: correlated subqueries are limited',
  'within exists write where inner.x = outer.y, and put every other condition on outer columns outside it',
]

/** Refuses what is no condition, and in a condition what the engines do not share. */
export function checkCondition(walk: Walk, condition: unknown, site: Site): void {
  mustBeBoolean(walk, checkExpression(walk, condition, site), condition)
}

function checkUnary(walk: Walk, body: unknown, site: Site): Kind {
  const { op, expr } = node(body)
  const kind = checkExpression(walk, expr, site)
  if (op === 'Not') {
    mustBeBoolean(walk, kind, expr)
    return 'boolean'
  }
  if (op === 'Minus' || op === 'Plus') return kind
  walk.findings.at(
    [expr],
    ['this operator is not on every engine', 'write it with + - * and comparisons, or use a macro'],
  )
  return undefined
}

function checkNullTest(walk: Walk, body: unknown, site: Site): Kind {
  checkExpression(walk, body, site)
  return 'boolean'
}

function checkInList(walk: Walk, body: unknown, site: Site): Kind {
  const { expr, list: items } = node(body)
  let kind = checkExpression(walk, expr, site)
  for (const item of list(items)) kind = mixed(walk, kind, checkExpression(walk, item, site), item, 'in')
  return 'boolean'
}

function checkBetween(walk: Walk, body: unknown, site: Site): Kind {
  const { expr, low, high } = node(body)
  const kind = mixed(walk, checkExpression(walk, expr, site), checkExpression(walk, low, site), low, 'between')
  mixed(walk, kind, checkExpression(walk, high, site), high, 'between')
  return 'boolean'
}

function checkLike(walk: Walk, body: unknown, site: Site): Kind {
  const { expr, pattern, escape_char: escapeWith, any } = node(body)
  const kind = checkExpression(walk, expr, site)
  checkExpression(walk, pattern, site)
  if (kind !== undefined && kind !== 'text')
    walk.findings.at(
      [expr],
      [`\`like\` of ${spoken(kind)}: DuckDB and Snowflake convert, BigQuery refuses`, 'cast it to text, or compare it'],
    )
  const literal = bodyOf(node(bodyOf(bare(pattern), 'Value')).value, 'SingleQuotedString')
  if (any === true)
    walk.findings.at([pattern], ['`like any` is not on every engine', 'write several likes, joined by `or`'])
  else if (escapeWith !== null && escapeWith !== undefined) {
    walk.findings.at(
      [escapeWith],
      ['`like … escape` is not on BigQuery', 'use the macros containsText, startsWithText and endsWithText'],
    )
  } else if (literal === undefined) {
    walk.findings.at(
      [pattern],
      [
        '`like` with a pattern that is no literal: a backslash in it escapes in BigQuery and Snowflake, and not in DuckDB',
        'use the macros containsText, startsWithText and endsWithText',
      ],
    )
  }
  return 'boolean'
}

function checkCase(walk: Walk, body: unknown, site: Site): Kind {
  const { operand, conditions, else_result: otherwise } = node(body)
  let compared = operand ? checkExpression(walk, operand, site) : undefined
  let kind: Kind
  for (const branch of list(conditions)) {
    const { condition, result } = node(branch)
    const tested = checkExpression(walk, condition, site)
    if (operand) compared = mixed(walk, compared, tested, condition, 'case')
    else mustBeBoolean(walk, tested, condition)
    kind = mixed(walk, kind, checkExpression(walk, result, site), result, 'case')
  }
  return otherwise ? mixed(walk, kind, checkExpression(walk, otherwise, site), otherwise, 'case') : kind
}

const castFields: ReadonlySet<string> = new Set(['kind', 'expr', 'data_type'])

/** How each type of the contract is written in the author's text, and what it is. */
const types: ReadonlyMap<string, Exclude<Kind, undefined>> = new Map([
  ['"Text"', 'text'],
  ['{"BigInt":null}', 'integer'],
  ['{"Decimal":{"PrecisionAndScale":[38,9]}}', 'number'],
  ['{"Double":"None"}', 'real'],
  ['"Boolean"', 'boolean'],
  ['{"Timestamp":[null,"None"]}', 'timestamp'],
  ['"Date"', 'date'],
  ['"JSON"', 'json'],
])

function checkCast(walk: Walk, body: unknown, site: Site): Kind {
  const cast = node(body)
  const from = checkExpression(walk, cast.expr, site)
  const kind = types.get(JSON.stringify(cast.data_type, (_, value) => value ?? null))
  if (cast.kind === 'DoubleColon') {
    walk.findings.after('::', cast.expr, [
      '`::` is not on BigQuery',
      'write cast(x as ${type.integer}), with the type of the contract',
    ])
  } else if (cast.kind !== 'Cast') {
    walk.findings.before(cast.kind === 'SafeCast' ? 'safe_cast' : 'try_cast', cast.expr, [
      'try_cast and safe_cast: Snowflake takes text only, and the name differs',
      'write cast of values that are known to fit, or use a macro',
    ])
  } else if (kind === undefined) {
    walk.findings.before('cast', cast.expr, [
      'a cast to a type that is not one of the contract: its name or meaning differs',
      'write cast(x as ${type.text}), or integer, number, real, boolean, timestamp, date, json',
    ])
  } else if (otherField(cast, castFields)) {
    walk.findings.at([cast.expr], ['a cast with a format is not on every engine', 'use a macro'])
  } else if (bodyOf(cast.expr, 'Value') === undefined) checkConversion(walk, from, kind, cast.expr)
  else if (kind === 'real' && isNoNumber(cast.expr)) walk.findings.at([cast.expr], noNumber)
  return kind
}

function checkExists(walk: Walk, body: unknown, site: Site): Kind {
  const { subquery } = node(body)
  if (site.clause !== 'where') walk.findings.before('exists', subquery, existsElsewhere)
  else if (site.mayExist !== true) walk.findings.before('exists', subquery, existsWithin)
  walk.existsQuery(subquery, site)
  return 'boolean'
}

const existsElsewhere: Refusal = [
  '`exists` outside `where`: Snowflake takes it in `where` alone',
  'left join the rows of a CTE that is distinct by the key, or filter in `where`',
]
const existsWithin: Refusal = [
  '`exists` within another condition: Snowflake takes it as a condition of its own, joined to others by `and` alone',
  'left join the rows of a CTE that is distinct by the key, and ask whether its key is null',
]

function isNoNumber(literal: unknown): boolean {
  const written = bodyOf(node(bodyOf(literal, 'Value')).value, 'SingleQuotedString')
  return typeof written === 'string' && /^\s*[+-]?(nan|inf|infinity)\s*$/i.test(written)
}

const noNumber: Refusal = [
  'NaN and infinity: the engines compare and order them differently',
  'write NULL for what is no number',
]
