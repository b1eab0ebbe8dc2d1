import { bodyOf, ident, list, node, text, variant } from '../portable/tree.ts'
import { type Call, callOf, callTyping, commonType, type GivenArgument } from './call-types.ts'
import { castFault, castTarget, elementType } from './conversions.ts'
import { columnsOfAlias, type Scope, type TypedColumns, typeOfColumn } from './scope.ts'
import type { SnowflakeType } from './snowflake-type.ts'

/** What goes along through one text. */
export interface Reading {
  /** Nobody vouches for this part of the tree, and why. */
  readonly fault: (part: unknown, message: string) => void
  readonly called: (name: string) => void
  /** A relation whose columns are known has no such column. */
  readonly unknownColumn: (
    part: unknown,
    column: { readonly name: string; readonly relation: string; readonly known: readonly string[] },
  ) => void
  /** The columns of a query within. */
  readonly query: (query: unknown, scope: Scope) => TypedColumns
}

/** The type of an expression, as far as the tree shows it; reports calls, casts and operators that the lists do not have. */
export function typeOfExpression(reading: Reading, expression: unknown, scope: Scope): SnowflakeType | undefined {
  const { name, body } = variant(expression)
  const type = (part: unknown) => typeOfExpression(reading, part, scope)
  const call = callOf(name, body)
  if (call !== undefined) return typeOfCall(reading, expression, call, scope)
  const parts = node(body)
  switch (name) {
    case 'Identifier':
      return typeOfColumn(ident(body).value.toLowerCase(), scope)
    case 'CompoundIdentifier': {
      const [relation, column, ...rest] = list(body).map(part => ident(part).value.toLowerCase())
      const columns = rest.length > 0 ? undefined : columnsOfAlias(relation!, scope)
      if (columns !== undefined && !columns.has(column!))
        reading.unknownColumn(list(body)[1], { name: column!, relation: relation!, known: [...columns.keys()] })
      return columns?.get(column!)
    }
    case 'Value':
      return typeOfLiteral(reading, body)
    case 'Nested':
      return type(body)
    case 'Cast':
      return typeOfCast(reading, expression, scope)
    case 'Case':
      return typeOfCase(reading, expression, scope)
    case 'BinaryOp':
      return typeOfOperation(reading, text(parts.op), [parts.left, parts.right], scope)
    case 'UnaryOp':
      return text(parts.op) === 'Not' ? boolean(type(parts.expr)) : type(parts.expr)
    case 'IsNull':
    case 'IsNotNull':
      return boolean(type(body))
    case 'IsDistinctFrom':
    case 'IsNotDistinctFrom':
      return compared(reading, list(body), scope)
    case 'InList':
      return compared(reading, [parts.expr, ...list(parts.list)], scope)
    case 'Between':
      return compared(reading, [parts.expr, parts.low, parts.high], scope)
    case 'Like':
      for (const part of [parts.expr, parts.pattern]) expect(reading, part, type(part), 'varchar', '`like`')
      return 'boolean'
    case 'Exists':
      reading.query(parts.subquery, scope)
      return 'boolean'
    default:
      reading.fault(expression, `an expression of the form ${name} is not among those that are vouched for`)
      return undefined
  }
}

const boolean = (_: SnowflakeType | undefined): SnowflakeType => 'boolean'

function typeOfLiteral(reading: Reading, body: unknown): SnowflakeType | undefined {
  const { name } = variant(node(body).value)
  if (name === 'Null') return undefined
  if (name === 'Number') return 'number'
  if (name === 'Boolean') return 'boolean'
  if (name === 'SingleQuotedString') return 'varchar'
  reading.fault(body, `a literal of the form ${name} is not among those that are vouched for`)
  return undefined
}

function typeOfCast(reading: Reading, expression: unknown, scope: Scope): SnowflakeType | undefined {
  const { kind, expr, data_type: dataType } = node(bodyOf(expression, 'Cast'))
  const from = typeOfExpression(reading, expr, scope)
  const to = castTarget(dataType)
  reading.called(kind === 'TryCast' ? 'try_cast' : 'cast')
  const fault = to === undefined ? 'a cast to a type that is not one of the contract' : castFault(text(kind), from, to)
  if (fault !== undefined) reading.fault(expr, fault)
  return to
}

function typeOfCase(reading: Reading, expression: unknown, scope: Scope): SnowflakeType | undefined {
  const { operand, conditions, else_result: otherwise } = node(bodyOf(expression, 'Case'))
  const branches = list(conditions).map(node)
  if (operand) compared(reading, [operand, ...branches.map(({ condition }) => condition)], scope)
  else
    for (const { condition } of branches)
      expect(reading, condition, typeOfExpression(reading, condition, scope), 'boolean', '`when`')
  const results = [...branches.map(({ result }) => result), ...(otherwise ? [otherwise] : [])]
  return unified(reading, results, scope, 'case')
}

function compared(reading: Reading, parts: readonly unknown[], scope: Scope): SnowflakeType {
  unified(reading, parts, scope, 'a comparison')
  return 'boolean'
}

/** The one type of several expressions. */
function unified(reading: Reading, parts: readonly unknown[], scope: Scope, place: string): SnowflakeType | undefined {
  let one: SnowflakeType | undefined
  for (const part of parts) {
    const type = typeOfExpression(reading, part, scope)
    if (one === undefined || type === undefined) {
      one ??= type
      continue
    }
    const both = commonType(one, type)
    if (both === undefined)
      reading.fault(part, `${one} and ${type} in ${place}: which is converted is left to Snowflake`)
    else one = both
  }
  return one
}

const comparisons: ReadonlySet<string> = new Set(['Eq', 'NotEq', 'Lt', 'LtEq', 'Gt', 'GtEq'])
const arithmetic: ReadonlySet<string> = new Set(['Plus', 'Minus', 'Multiply', 'Divide'])

function typeOfOperation(
  reading: Reading,
  operator: string,
  operands: readonly unknown[],
  scope: Scope,
): SnowflakeType | undefined {
  if (comparisons.has(operator)) return compared(reading, operands, scope)
  const types = operands.map(operand => typeOfExpression(reading, operand, scope))
  const all = (wanted: SnowflakeType) =>
    operands.forEach((operand, index) => {
      expect(reading, operand, types[index], wanted, `\`${operator}\``)
    })
  if (operator === 'And' || operator === 'Or') {
    all('boolean')
    return 'boolean'
  }
  if (operator === 'StringConcat') {
    all('varchar')
    return 'varchar'
  }
  if (!arithmetic.has(operator)) {
    reading.fault(operands[1], `the operator ${operator} is not among those that are vouched for`)
    return undefined
  }
  if (types.includes('float')) return 'float'
  all('number')
  return types.includes(undefined) ? undefined : 'number'
}

function expect(
  reading: Reading,
  part: unknown,
  type: SnowflakeType | undefined,
  wanted: SnowflakeType,
  place: string,
): void {
  if (type !== undefined && type !== wanted) reading.fault(part, `${type} in ${place}, where ${wanted} is wanted`)
}

function typeOfCall(reading: Reading, expression: unknown, call: Call, scope: Scope): SnowflakeType | undefined {
  const { type } = typedCall(reading, expression, call, scope)
  if (type !== 'rows') return type
  reading.fault(expression, `${call.name}() gives rows, and stands where one value is wanted`)
  return undefined
}

/** What a call gives; `rows` of a relation. */
export function typedCall(reading: Reading, expression: unknown, call: Call, scope: Scope) {
  const type = (part: unknown) => typeOfExpression(reading, part, scope)
  const given = call.arguments.map((argument): GivenArgument => {
    if (argument.expression === 'Wildcard') return { ...argument, type: undefined, isLambda: false }
    const lambda = bodyOf(argument.expression, 'Lambda')
    if (lambda === undefined) return { ...argument, type: type(argument.expression), isLambda: false }
    return { ...argument, type: typeOfLambda(reading, lambda, scope), isLambda: true }
  })
  const within = call.within.map(type)
  const window = node(bodyOf(call.over, 'WindowSpec'))
  for (const part of list(window.partition_by)) type(part)
  for (const order of list(window.order_by)) type(node(order).expr)
  reading.called(call.name)
  const typing = callTyping(call.name, given, within.length === 0 ? 'none' : within[0], Boolean(call.over))
  const fault =
    typing.fault ?? (call.clause === undefined ? undefined : `${call.name}(): ${call.clause} is not in the list`)
  if (fault !== undefined) reading.fault(expression, fault)
  return typing
}

function typeOfLambda(reading: Reading, lambda: unknown, scope: Scope): SnowflakeType | undefined {
  const { params, body } = node(lambda)
  const { name, data_type: dataType } = node(bodyOf(params, 'One'))
  const element = elementType({ data_type: dataType })
  if (element === undefined)
    reading.fault(lambda, 'a lambda of several elements, or of a type that is not one of the contract')
  const elements = new Map([...scope.elements, [ident(name).value.toLowerCase(), element] as const])
  return typeOfExpression(reading, body, { ...scope, elements })
}
