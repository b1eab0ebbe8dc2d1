import { decimal, identifier, join, type Sql, sql, values, z } from 'throughline'
import { globPattern } from './channels'
import { patternProblem } from './pattern'
import { matchesPattern } from './text'

/** Events by name and by what their columns say. Conditions all hold. */
export interface Match {
  readonly events: readonly string[]
  readonly where: readonly Condition[]
}

/** What one column of an event must be. */
export type Condition =
  | { readonly kind: 'text'; readonly column: string; readonly any: readonly string[]; readonly isNegated: boolean }
  | { readonly kind: 'number'; readonly column: string; readonly any: readonly number[]; readonly isNegated: boolean }
  | { readonly kind: 'boolean'; readonly column: string; readonly is: boolean }
  | {
      readonly kind: 'bound'
      readonly column: string
      readonly comparison: 'at_least' | 'at_most'
      readonly bound: number
    }

const textColumns = [
  'system',
  'raw_event_name',
  'platform',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_content',
  'utm_term',
  'click_id_kind',
  'referrer_host',
  'page_host',
  'page_path',
  'device_category',
  'operating_system',
  'browser',
  'country',
  'region',
  'given_channel',
  'place_channel',
  'currency',
] as const
const numberColumns = ['revenue', 'original_amount'] as const
const booleanColumns = ['is_customer_action'] as const

const eventNames = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .transform(given => [given].flat())
  .describe("An event's name in the company's own words, or a list of names: any of them.")

const textValue = z
  .string()
  .min(1)
  .superRefine((value, context) => {
    const problem = isPattern(value) ? patternProblem(value.slice(1, -1)) : undefined
    if (problem !== undefined) context.addIssue({ code: 'custom', message: `the pattern ${value} ${problem}` })
  })
const oneOrMore = <T extends z.ZodType>(value: T) => z.union([value, z.array(value).min(1)])
const textTest = z
  .union([oneOrMore(textValue), z.strictObject({ not: oneOrMore(textValue) })])
  .describe('A value, a list of values, or { not: … }. * stands for any text; /…/ is a regular expression.')

const amount = z.number().min(-1e15).max(1e15)
const numberTest = z
  .union([
    oneOrMore(amount),
    z
      .strictObject({ at_least: amount.optional(), at_most: amount.optional(), not: oneOrMore(amount).optional() })
      .refine(test => Object.keys(test).length > 0, 'at least one of at_least, at_most, not'),
  ])
  .describe('A number, a list of numbers, or { at_least, at_most, not }.')

const optional = <N extends string, T extends z.ZodType>(names: readonly N[], test: T) =>
  Object.fromEntries(names.map(name => [name, test.optional()])) as Record<N, z.ZodOptional<T>>

/** What columns of an event must be, as a company writes it. */
export const whereSchema = z
  .strictObject({
    ...optional(textColumns, textTest),
    ...optional(numberColumns, numberTest),
    ...optional(booleanColumns, z.boolean()),
  })
  .transform((tests): readonly Condition[] =>
    Object.entries(tests).flatMap(([column, test]) => (test === undefined ? [] : conditionsOf(column, test))),
  )
  .describe('What columns of the event must be; all of them hold.')

/** `event` and `where`, for a section whose entries have other keys beside them; `matchOf` makes the match of what was parsed. */
export const matchKeys = { event: eventNames, where: whereSchema.optional() }

/** The match of an entry that was parsed with `matchKeys`. */
export function matchOf(parsed: {
  readonly event: readonly string[]
  readonly where?: readonly Condition[] | undefined
}): Match {
  return { events: [...new Set(parsed.event)], where: parsed.where ?? [] }
}

/** Which events are meant: a name, a list of names, or `{ event, where }`. */
export const matchSchema = z
  .union([eventNames.transform(event => matchOf({ event })), z.strictObject(matchKeys).transform(matchOf)])
  .describe('An event, a list of events, or { event, where }.')

/** Whether the row of `events` called `alias` is of a match. Never NULL. */
export function isMatch({ events, where: conditions }: Match, alias: string): Sql {
  return sql`(${column(alias, 'event_name')} in (${values(events)}) and ${meets(conditions, alias)})`
}

/** Whether the row of `events` called `alias` meets all conditions; with none, it does. Never NULL: no value meets nothing but a `not`. */
export function meets(conditions: readonly Condition[], alias: string): Sql {
  return conditions.length === 0
    ? sql`true`
    : sql`${join(
        conditions.map(condition => conditionSql(condition, alias)),
        ' and ',
      )}`
}

function conditionSql(condition: Condition, alias: string): Sql {
  const value = column(alias, condition.column)
  switch (condition.kind) {
    case 'boolean':
      return condition.is ? sql`coalesce(${value}, false)` : sql`not coalesce(${value}, false)`
    case 'bound':
      return condition.comparison === 'at_least'
        ? sql`coalesce(${value} >= ${exact(condition.bound)}, false)`
        : sql`coalesce(${value} <= ${exact(condition.bound)}, false)`
    case 'number':
      return negatedOrNot(sql`${value} in (${join(condition.any.map(exact), ', ')})`, condition.isNegated)
    case 'text': {
      const any = join(
        condition.any.map(text => textSql(value, text)),
        ' or ',
      )
      return negatedOrNot(condition.any.length === 1 ? sql`${any}` : sql`(${any})`, condition.isNegated)
    }
  }
}

const negatedOrNot = (holds: Sql, isNegated: boolean): Sql =>
  isNegated ? sql`not coalesce(${holds}, false)` : sql`coalesce(${holds}, false)`

const column = (alias: string, name: string) => identifier(alias, name)
const exact = (number: number) => decimal(number.toFixed(9))
const isPattern = (text: string): boolean => text.length > 2 && text.startsWith('/') && text.endsWith('/')

function textSql(value: ReturnType<typeof column>, text: string): Sql {
  if (isPattern(text)) return sql`${matchesPattern(value, text.slice(1, -1))}`
  if (/^\*+$/.test(text)) return sql`${value} is not null`
  return text.includes('*') ? sql`${matchesPattern(value, globPattern(text))}` : sql`${value} = ${text}`
}

type Test = z.output<typeof textTest> | z.output<typeof numberTest> | boolean

function conditionsOf(name: string, test: Test): readonly Condition[] {
  if (typeof test === 'boolean') return [{ kind: 'boolean', column: name, is: test }]
  if (typeof test !== 'object' || Array.isArray(test)) return [anyOf(name, [test].flat(), false)]
  const { not } = test as { readonly not?: string | number | readonly (string | number)[] }
  const bounds = (['at_least', 'at_most'] as const).flatMap((comparison): readonly Condition[] => {
    const bound = (test as Partial<Record<typeof comparison, number>>)[comparison]
    return bound === undefined ? [] : [{ kind: 'bound', column: name, comparison, bound }]
  })
  return not === undefined ? bounds : [...bounds, anyOf(name, [not].flat(), true)]
}

function anyOf(name: string, any: readonly (string | number)[], isNegated: boolean): Condition {
  return (numberColumns as readonly string[]).includes(name)
    ? { kind: 'number', column: name, any: any as readonly number[], isNegated }
    : { kind: 'text', column: name, any: any as readonly string[], isNegated }
}
