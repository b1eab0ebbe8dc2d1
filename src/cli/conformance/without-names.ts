import type { Difference, KitReport, Skipped } from '../../conformance/report.ts'
import type { AccountName } from './names.ts'

/**
 * The report without what names the account, so that it can be sent to others: `<project>` stands for the project's. It is taken out of what an
 * engine said and of SQL alone; the names of checks, macros and models are not the account's.
 */
export function reportWithoutNames(report: KitReport, mask: (text: string) => string): KitReport {
  const skip = ({ about, because }: Skipped): Skipped => ({ about, because: mask(because) })
  const differ = ({ where, expected, got, sql, ...rest }: Difference): Difference => ({
    ...rest,
    where: mask(where),
    expected: mask(expected),
    got: mask(got),
    ...(sql === undefined ? {} : { sql: mask(sql) }),
  })
  return {
    ...report,
    checks: report.checks.map(check => ({
      ...check,
      differences: check.differences.map(differ),
      skipped: check.skipped.map(skip),
    })),
    leftBehind: report.leftBehind.map(mask),
  }
}

/** Every account has them, or its maker names them so: they tell nothing of whose it is. */
const everybodys = new Set(
  'public accountadmin orgadmin sysadmin securityadmin useradmin compute_wh snowflake memory'.split(' '),
)

/** Words of SQL and of every shop, which may well stand in a query for something else. */
const plainWords = new Set(
  (
    'all and as asc avg between boolean by case cast column columns count cross current customer customers data database date day desc distinct ' +
    'else end event events exists false first from group having hour in inner integer is join key last left like limit list map max min minute ' +
    'month name not null number on or order orders outer over partition right role row rows schema second select session sessions source sum ' +
    'table test text then time timestamp true type union user users using value values view warehouse week when where with year'
  ).split(' '),
)

/** Google's service accounts, whichever they are. */
const serviceAccount = /[\w.+-]+@[\w.-]+\.gserviceaccount\.com/gi

/** Takes names out of a text: the longest first, for a shorter one may be a part of it. */
export function withoutNames(names: readonly AccountName[], text: string): string {
  const longestFirst = names.toSorted((a, b) => b.value.length - a.value.length)
  const masked = longestFirst.reduce((rest, { key, ...name }) => rest.replaceAll(patternOf(name), `<${key}>`), text)
  return masked.replaceAll(serviceAccount, '<service account>')
}

const nothing = /(?!)/g

/**
 * Where a name stands, whole and in capitals or not. A word of one or two letters, or one of SQL's, is taken for a name only where it is written
 * as one: in quotation marks, after what it is (`role BI`), or before a schema of the kit's own (`dw.tl_conformance_…`).
 */
function patternOf({ kind, value }: Pick<AccountName, 'kind' | 'value'>): RegExp {
  const escaped = value.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const name = value.toLowerCase()
  if (kind === 'address') {
    if (value.length < 3) return nothing
    // A path is one from its beginning; `/srv` is no part of https://shop.example/srv.
    const before = value.startsWith('/') ? 'A-Za-z0-9_./-' : 'A-Za-z0-9_'
    return new RegExp(`(?<![${before}])${escaped}(?![A-Za-z0-9_])`, 'gi')
  }
  if (everybodys.has(name)) return nothing
  if (value.length < 3 || plainWords.has(name)) {
    const quoted = `(?<=(["'\`]))${escaped}(?=\\1)`
    const called = `(?<=\\b(?:account|user|role|warehouse|database)[\\s:=]+)${escaped}(?![A-Za-z0-9_./@-])`
    const above = `(?<![A-Za-z0-9_])${escaped}(?=["\`]?\\.["\`]?tl_conformance_)`
    return new RegExp(`${quoted}|${called}|${above}`, 'gi')
  }
  return new RegExp(`(?<![A-Za-z0-9_./@-])${escaped}(?![A-Za-z0-9_/@-])`, 'gi')
}
