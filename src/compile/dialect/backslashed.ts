const escapes: Readonly<Record<string, string>> = {
  "'": "\\'",
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

/** A text literal with backslash escapes, as BigQuery and Snowflake read them. */
export function backslashed(value: string): string {
  return `'${value.replaceAll(/['\\\n\r\t]/g, found => escapes[found]!)}'`
}
