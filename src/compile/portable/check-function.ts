// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hints show what to write in a template.
import { functionAdvice } from './advice.ts'
import { checkWindow } from './check-window.ts'
import type { Refusal } from './findings.ts'
import { mixed } from './kinds.ts'
import { argumentOf, type Ident, ident, list, type Node, nameParts, node, otherField, variant } from './tree.ts'
import { isMacro, type Kind, type Site, type Walk } from './walk.ts'

interface Allowed {
  readonly least: number
  readonly most: number
  /** Needs `over`; may have it; never has it. */
  readonly over: 'always' | 'may' | 'never'
  readonly gives: Kind | 'first argument'
}

const aggregate: Allowed = { least: 1, most: 1, over: 'may', gives: undefined }
const ranking: Allowed = { least: 0, most: 0, over: 'always', gives: 'integer' }

/** The functions of the portable core; there are no others. */
const functions: ReadonlyMap<string, Allowed> = new Map([
  ['count', { ...aggregate, gives: 'integer' }],
  ['sum', { ...aggregate, gives: 'first argument' }],
  ['min', { ...aggregate, gives: 'first argument' }],
  ['max', { ...aggregate, gives: 'first argument' }],
  ['row_number', ranking],
  ['rank', ranking],
  ['ntile', { ...ranking, least: 1, most: 1 }],
  ['lag', { least: 1, most: 3, over: 'always', gives: 'first argument' }],
  ['lead', { least: 1, most: 3, over: 'always', gives: 'first argument' }],
  ['first_value', { least: 1, most: 1, over: 'always', gives: 'first argument' }],
  ['last_value', { least: 1, most: 1, over: 'always', gives: 'first argument' }],
  ['coalesce', { least: 2, most: Number.POSITIVE_INFINITY, over: 'never', gives: 'first argument' }],
  ['nullif', { least: 2, most: 2, over: 'never', gives: 'first argument' }],
])

/** Their names, to suggest one. */
export const coreFunctions: readonly string[] = [...functions.keys()]

/** Refuses calls of anything but the core's functions and macros, and clauses that differ. `check` walks a part of the call. */
export function checkCall(walk: Walk, call: Node, site: Site, check: (part: unknown) => Kind): Kind {
  const parts = nameParts(call.name)
  const name = ident(parts.at(-1))
  const kinds = checkArguments(walk, call, check)
  const allowed = parts.length === 1 && name.quote === undefined ? functions.get(name.value.toLowerCase()) : undefined
  if (parts.length === 1 && isMacro(name.value)) {
    checkMacro(walk, call)
    return walk.typeOfMacro(name.value)
  }
  if (!allowed) {
    walk.findings.at(parts, functionAdvice(name.value.toLowerCase()))
    return undefined
  }
  checkClauses(walk, call, name)
  checkCount(walk, call, name, allowed, kinds.length)
  checkKinds(walk, call, name, kinds)
  checkOver(walk, call, name, allowed, site, check)
  return allowed.gives === 'first argument' ? kinds.find(kind => kind !== undefined) : allowed.gives
}

/** The arguments' kinds; `*` is undefined. */
function checkArguments(walk: Walk, call: Node, check: (part: unknown) => Kind): readonly Kind[] {
  return argumentsOf(call).map(argument => {
    const { name, body } = argumentOf(argument)
    if (name === 'Expr') return check(body)
    if (name === 'Named' || name === 'ExprNamed') {
      walk.findings.at(
        [argument, call.name],
        ['named arguments are not on every engine', 'give the arguments by position'],
      )
    } else if (name !== 'Wildcard' || ident(nameParts(call.name).at(-1)).value.toLowerCase() !== 'count') {
      walk.findings.at([argument, call.name], ['`*` stands in count(*) alone', 'name the columns'])
    }
    return undefined
  })
}

function argumentsOf(call: Node): readonly unknown[] {
  return list(node(variant(call.args).body).args)
}

function checkMacro(walk: Walk, call: Node): void {
  if (call.over) {
    walk.findings.at(
      [call.name],
      [
        '`over` after a macro: a macro stands for a longer expression, and the window would apply to its last part alone',
        'write the window function itself, or a macro whose rendering has the window',
      ],
    )
  }
  const { duplicate_treatment: distinct, clauses } = node(variant(call.args).body)
  if (
    call.filter ||
    list(call.within_group).length > 0 ||
    distinct ||
    list(clauses).length > 0 ||
    call.null_treatment
  ) {
    walk.findings.at(
      [call.name],
      ['a clause within or after a macro: it is not a function', 'give what it needs as arguments'],
    )
  }
}

const filter: Refusal = [
  '`filter (where …)` is not on BigQuery or Snowflake',
  'write sum(case when … then x end), or count(case when … then 1 end)',
]
const nulls: Refusal = [
  '`ignore nulls`: its place differs, and BigQuery has none for lag and lead',
  'number the rows that are not NULL in a CTE, or use max over a frame',
]
const ordered: Refusal = ['a clause within the call is not on every engine', 'use a macro']
const callFields: ReadonlySet<string> = new Set(['name', 'args', 'filter', 'null_treatment', 'over', 'within_group'])

function checkClauses(walk: Walk, call: Node, name: Ident): void {
  const { duplicate_treatment: distinct, clauses, args } = node(variant(call.args).body)
  const { findings } = walk
  if (call.filter) findings.before('filter', call.filter, filter)
  const hasNullClause = list(clauses).some(clause => variant(clause).name === 'IgnoreOrRespectNulls')
  if (call.null_treatment || hasNullClause) findings.at([call.name], nulls)
  else if (list(clauses).length > 0 || list(call.within_group).length > 0 || otherField(call, callFields))
    findings.at([call.name], ordered)
  if (!distinct) return
  if (name.value.toLowerCase() !== 'count') {
    findings.at([call.name], ['`distinct` stands in count(distinct x) alone', 'make the rows distinct in a CTE'])
  } else if (list(args).length > 1) {
    findings.at(
      [call.name],
      ['count(distinct a, b) is not on BigQuery', 'count the rows of a CTE with select distinct a, b'],
    )
  } else if (call.over) {
    findings.at(
      [call.name],
      ['count(distinct x) over (…) is limited on BigQuery and Snowflake', 'count in a CTE with group by, and join it'],
    )
  }
}

function checkCount(walk: Walk, call: Node, { value: name }: Ident, { least, most }: Allowed, count: number): void {
  const { duplicate_treatment: distinct } = node(variant(call.args).body)
  if ((count >= least && count <= most) || (distinct && count > most)) return
  const wanted =
    least === most ? String(least) : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`
  walk.findings.at(
    [call.name],
    [
      `${name}() with ${count} argument${count === 1 ? '' : 's'} is not on every engine`,
      `give it ${wanted}${name.toLowerCase() === 'count' ? ': count(*) or count(x)' : ''}`,
    ],
  )
}

function checkKinds(walk: Walk, call: Node, { value }: Ident, kinds: readonly Kind[]): void {
  const name = value.toLowerCase()
  const parts = argumentsOf(call)
  if (name === 'coalesce' || name === 'nullif') {
    kinds.reduce((kind, next, index) => mixed(walk, kind, next, parts[index], name), undefined)
  } else if ((name === 'sum' || name === 'min' || name === 'max') && kinds[0] === 'boolean') {
    walk.findings.at(
      [parts[0]],
      [
        'booleans in aggregates differ on each engine',
        'use the macros anyTrue and everyTrue, or sum(case when … then 1 else 0 end)',
      ],
    )
  } else if (name === 'lag' || name === 'lead' || name === 'ntile') {
    const count = name === 'ntile' ? parts[0] : parts[1]
    const isLiteral = variant(argumentOf(count).body).name === 'Value'
    if (count !== undefined && !isLiteral) {
      walk.findings.at(
        [count],
        [`${name}() by a count that is no literal is not on every engine`, 'write a whole number'],
      )
    }
    mixed(walk, kinds[0], kinds[2], parts[2], name)
  }
}

function checkOver(
  walk: Walk,
  call: Node,
  { value: name }: Ident,
  { over }: Allowed,
  site: Site,
  check: (part: unknown) => Kind,
): void {
  if (!call.over) {
    if (over === 'always')
      walk.findings.at([call.name], [`${name}() without a window`, `write ${name}(…) over (partition by … order by …)`])
    return
  }
  if (over === 'never')
    walk.findings.at([call.name], [`${name}() takes no window`, 'put the window on the function within it'])
  checkWindow(walk, call, name.toLowerCase(), site, check)
}
