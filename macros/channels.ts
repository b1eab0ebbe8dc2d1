import { join, type Sql, type SqlPart, sql, values } from 'throughline'
import { containsText, endsWithText, matchesPattern } from './text'

/** What a site is; `other` is a host under a listed one that is none of these, like mail.google.com. */
export const siteKinds = ['search', 'social', 'video', 'shopping', 'ai_assistant', 'other'] as const

/** What a rule may look at; every text in lower case, NULL where there is none. */
export const channelColumns = [
  'source',
  'medium',
  'campaign',
  'site_kind',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'click_id_kind',
  'referrer_host',
  'page_path',
] as const

export type ChannelColumn = (typeof channelColumns)[number]

/** A condition on what brought somebody. A column that is NULL meets none but `isAbsentOr`. */
export type ChannelCondition =
  | { readonly column: ChannelColumn; readonly is: readonly string[] }
  | { readonly column: ChannelColumn; readonly isAbsentOr: readonly string[] }
  | { readonly column: ChannelColumn; readonly isPresent: true }
  | { readonly column: ChannelColumn; readonly contains: string }
  | { readonly column: ChannelColumn; readonly endsWith: string }
  | { readonly column: ChannelColumn; readonly matches: string }
  | { readonly all: readonly ChannelCondition[] }
  | { readonly any: readonly ChannelCondition[] }

export interface ChannelRule {
  readonly channel: string
  readonly when: ChannelCondition
}

/** The channel of the first rule that holds, `Unassigned` where none does. `columns` says where each column stands. */
export function channelByRules(rules: readonly ChannelRule[], columns: Readonly<Record<ChannelColumn, Sql>>): Sql {
  if (rules.length === 0) return sql`'Unassigned'`
  const branches = rules.map(({ when, channel }) => sql`when ${conditionSql(when, columns)} then ${channel}`)
  return sql`
    case
      ${join(branches, '\n')}
      else 'Unassigned'
    end
  `
}

/** A rule as a company writes it: every key holds, each for any of its values; `*` stands for any text. */
export function ownRule(rule: {
  readonly channel: string
  readonly when: Readonly<Partial<Record<ChannelColumn, readonly string[] | undefined>>>
}): ChannelRule {
  const all = channelColumns.flatMap(column => {
    const texts = rule.when[column]?.map(text => text.trim().toLowerCase())
    return texts === undefined ? [] : [{ any: texts.map(text => globCondition(column, text)) }]
  })
  return { channel: rule.channel, when: { all } }
}

/** Whether a host is one of the domains or lies under one. NULL for NULL, where there are any domains. */
export function isHostOf(host: SqlPart, domains: readonly string[]): Sql {
  if (domains.length === 0) return sql`false`
  const isUnder = domains.map(domain => endsWithText(host, `.${domain}`))
  return sql`(${host} in (${values(domains)}) or ${join(isUnder, ' or ')})`
}

/** A regular expression that the whole of a text matches where it fits a pattern with `*` for any text. */
export function globPattern(glob: string): string {
  return `^${glob.split('*').map(escaped).join('.*')}$`
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&')

function globCondition(column: ChannelColumn, text: string): ChannelCondition {
  if (/^\*+$/.test(text)) return { column, isPresent: true }
  return text.includes('*') ? { column, matches: globPattern(text) } : { column, is: [text] }
}

function conditionSql(condition: ChannelCondition, columns: Readonly<Record<ChannelColumn, Sql>>): Sql {
  if ('all' in condition) return sql`${joined(condition.all, ' and ', columns)}`
  if ('any' in condition) return sql`${joined(condition.any, ' or ', columns)}`
  const column = columns[condition.column]
  if ('is' in condition) return sql`${column} in (${values(condition.is)})`
  if ('isAbsentOr' in condition) return sql`coalesce(${column}, '') in ('', ${values(condition.isAbsentOr)})`
  if ('isPresent' in condition) return sql`${column} is not null`
  if ('contains' in condition) return sql`${containsText(column, condition.contains)}`
  if ('endsWith' in condition) return sql`${endsWithText(column, condition.endsWith)}`
  return sql`${matchesPattern(column, condition.matches)}`
}

function joined(
  conditions: readonly ChannelCondition[],
  separator: string,
  columns: Readonly<Record<ChannelColumn, Sql>>,
): Sql {
  const parts = conditions.map(condition => conditionSql(condition, columns))
  return parts.length === 1 ? parts[0]! : sql`(${join(parts, separator)})`
}
