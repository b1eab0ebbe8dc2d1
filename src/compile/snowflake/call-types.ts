import { argumentOf, bodyOf, ident, list, type Node, node, text, variant } from '../portable/tree.ts'
import { snowflakeFunctions } from './function-list.ts'
import { dateParts, type Parameter, type Signature, type Wanted } from './snowflake-function.ts'
import type { SnowflakeType } from './snowflake-type.ts'

/** An argument as a call has it. */
export interface GivenArgument {
  readonly name: string | undefined
  readonly expression: unknown
  /** Undefined where it is not known, and for NULL, which is of every type. */
  readonly type: SnowflakeType | undefined
  readonly isLambda: boolean
}

export interface CallTyping {
  readonly type: SnowflakeType | 'rows' | undefined
  /** Why nobody vouches for the call. */
  readonly fault: string | undefined
}

/** What a call gives by the list of functions, or why it is not one that the list has. */
export function callTyping(
  name: string,
  given: readonly GivenArgument[],
  within: SnowflakeType | undefined | 'none',
  hasWindow: boolean,
): CallTyping {
  const entry = snowflakeFunctions.get(name)
  if (entry === undefined) return { type: undefined, fault: `${name}() is not in the list of Snowflake's functions` }
  const { over, signatures } = entry
  if (hasWindow ? !over.includes('window') : over === 'window') {
    return {
      type: undefined,
      fault: `${name}() ${hasWindow ? 'over a window' : 'without a window'} is not in the list`,
    }
  }
  for (const signature of signatures) {
    const bound = bind(signature, given, within)
    if (bound !== 'no') return { type: signature.gives === 'T' ? bound : signature.gives, fault: undefined }
  }
  const shown = given.map(({ type, isLambda }) => (isLambda ? 'a lambda' : (type ?? 'something'))).join(', ')
  return { type: undefined, fault: `${name}(${shown}) is not among the ways to call it that the list has` }
}

/** What `T` is (undefined where it is not known), or no. */
function bind(
  { takes, isOpen, within: order }: Signature,
  given: readonly GivenArgument[],
  within: SnowflakeType | undefined | 'none',
): SnowflakeType | undefined | 'no' {
  if (isOpen ? given.length < takes.length : given.length !== takes.length) return 'no'
  if ((order === undefined) !== (within === 'none')) return 'no'
  let any: SnowflakeType | undefined
  for (const [index, argument] of given.entries()) {
    const parameter = takes[Math.min(index, takes.length - 1)]!
    if (argument.name !== parameter.name || !fits(parameter, argument)) return 'no'
    if (parameter.wants !== 'T' || argument.type === undefined) continue
    const both = any === undefined ? argument.type : commonType(any, argument.type)
    if (both === undefined) return 'no'
    any = both
  }
  if (order === undefined || within === 'none') return any
  return isOf(order, within) ? (order === 'T' ? within : any) : 'no'
}

function fits({ wants, isConstant }: Parameter, { type, expression, isLambda }: GivenArgument): boolean {
  if (wants.startsWith('lambda'))
    return isLambda && (wants === 'lambda any' || type === 'boolean' || type === undefined)
  if (isLambda) return false
  if (wants === 'part') return dateParts.has(literalText(expression) ?? '')
  return isOf(wants, type) && (!isConstant || isLiteral(expression))
}

function isOf(wants: Wanted, type: SnowflakeType | undefined): boolean {
  if (wants === 'any' || wants === 'T' || type === undefined || type === wants) return true
  // A NUMBER is taken for a FLOAT, and an ARRAY for a VARIANT, as they are.
  return (wants === 'float' && type === 'number') || (wants === 'variant' && type === 'array')
}

/** The one type that both can be taken for without a cast; undefined where there is none. */
export function commonType(a: SnowflakeType, b: SnowflakeType): SnowflakeType | undefined {
  if (a === b) return a
  const isNumeric = (type: SnowflakeType) => type === 'number' || type === 'float'
  return isNumeric(a) && isNumeric(b) ? 'float' : undefined
}

function isLiteral(expression: unknown): boolean {
  const { name, body } = variant(expression)
  return name === 'Value' || (name === 'UnaryOp' && isLiteral(node(body).expr))
}

function literalText(expression: unknown): string | undefined {
  const value = bodyOf(node(bodyOf(expression, 'Value')).value, 'SingleQuotedString')
  return typeof value === 'string' ? value : undefined
}

/** A call as the tree has it, those that the parser gives a form of their own among them: `substr(a, 1)` and `trim(a, ' ')`. */
export interface Call {
  readonly name: string
  readonly arguments: readonly { readonly name: string | undefined; readonly expression: unknown }[]
  /** What `within group` orders by. */
  readonly within: readonly unknown[]
  readonly over: unknown
  /** A clause within or after the call that is not in the list. */
  readonly clause: string | undefined
}

export function callOf(form: string, body: unknown): Call | undefined {
  const parts = node(body)
  const plain = { within: [], over: undefined, clause: undefined }
  const positional = (...expressions: readonly unknown[]) =>
    expressions
      .filter(given => given !== null && given !== undefined)
      .map(expression => ({ name: undefined, expression }))
  if (form === 'Function') return functionCall(parts)
  if (form === 'Substring')
    return { ...plain, name: 'substr', arguments: positional(parts.expr, parts.substring_from, parts.substring_for) }
  if (form !== 'Trim') return undefined
  const clause = parts.trim_where || parts.trim_what ? 'from' : undefined
  return { ...plain, name: 'trim', arguments: positional(parts.expr, ...list(parts.trim_characters)), clause }
}

function functionCall(call: Node): Call {
  const { args, clauses, duplicate_treatment: distinct } = node(bodyOf(call.args, 'List'))
  const name = list(call.name).map(part => ident(bodyOf(part, 'Identifier')).value.toLowerCase())
  const isCount = name.length === 1 && name[0] === 'count'
  return {
    name: name.join('.'),
    arguments: list(args).map(argument => {
      const named = node(bodyOf(argument, 'Named'))
      if (named.operator === 'RightArrow')
        return { name: ident(named.name).value, expression: bodyOf(named.arg, 'Expr') }
      return { name: undefined, expression: argumentOf(argument).body ?? 'Wildcard' }
    }),
    within: list(call.within_group).map(order => node(order).expr),
    over: call.over,
    clause: clauseOf(call, list(clauses), isCount ? undefined : distinct),
  }
}

function clauseOf(call: Node, clauses: readonly unknown[], distinct: unknown): string | undefined {
  if (call.filter) return 'filter (where …)'
  if (call.null_treatment) return text(call.null_treatment)
  if (distinct) return 'distinct'
  return clauses.length > 0 ? variant(clauses[0]).name : undefined
}
