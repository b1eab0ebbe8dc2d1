/**
 * What is wrong with a regular expression for use on all engines, said as the end of a sentence; undefined if it may be used.
 * BigQuery and DuckDB read RE2, Snowflake POSIX extended expressions with `\d \D \s \S \w \W \b \B`
 * (docs.snowflake.com/sql-reference/functions-regexp): groups that do not capture, lazy repetition, look-around and
 * back-references exist on some only. An expression that the empty text matches would match every text, and they differ on it.
 */
export function patternProblem(pattern: string): string | undefined {
  if (pattern === '') return 'is empty: it would match every text'
  if (/[\n\r\t\0]/.test(pattern)) return 'holds a line break, a tab or NUL: write one line of visible characters'
  const unshared = unsharedSyntax(pattern)
  if (unshared !== undefined) return unshared
  try {
    return new RegExp(pattern).test('')
      ? 'matches the empty text, and so every text: ask for at least one character'
      : undefined
  } catch (error) {
    return `is not a regular expression: ${error instanceof Error ? error.message : String(error)}`
  }
}

function unsharedSyntax(pattern: string): string | undefined {
  const withoutEscapes = pattern.replaceAll(/\\[^A-Za-z0-9]/g, '~')
  const letter = /\\[A-Za-z0-9]/g
  const unknown = withoutEscapes.match(letter)?.find(escaped => !/[dDsSwWbB]$/.test(escaped))
  if (unknown !== undefined) {
    return `uses ${unknown}, which not every engine knows: of letters only \\d \\D \\s \\S \\w \\W \\b \\B are shared`
  }
  if (withoutEscapes.endsWith('\\')) return 'ends with a lone backslash: write \\\\ for the character itself'
  if (/\[\^?(\]|[^\]]*\[)/.test(withoutEscapes))
    return 'has a bracket within a class, which is its end to some engines and a sign of its own to others: write \\[ or \\]'
  const withoutClasses = withoutEscapes.replaceAll(letter, '~').replaceAll(/\[\^?\]?[^\]]*\]/g, '~')
  if (withoutClasses.includes('(?'))
    return 'uses a group that begins with (?, which Snowflake does not know: use a plain group, and lowered(…) to ignore case'
  if (/[*+?}][?+]/.test(withoutClasses))
    return 'uses a lazy or possessive repetition, which Snowflake does not know: match a class such as [^/]* instead'
  return undefined
}
