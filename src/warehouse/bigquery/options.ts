import { bigquery } from '../../compile/dialect/bigquery.ts'

/** `options (description = 'One row per session.', labels = [('team', 'growth')])` */
export function optionsClause({
  description,
  labels = {},
}: {
  readonly description: string
  readonly labels?: Readonly<Record<string, string>>
}): string {
  const pairs = Object.entries(labels).map(([key, value]) => `(${bigquery.text(key)}, ${bigquery.text(value)})`)
  const options = [`description = ${bigquery.text(description)}`]
  if (pairs.length > 0) options.push(`labels = [${pairs.join(', ')}]`)
  return `options (${options.join(', ')})`
}
