/** Values by key, as warehouses label tables. */
export type Labels = Readonly<Record<string, string>>

/** What BigQuery takes, which is the narrowest: https://cloud.google.com/bigquery/docs/labels-intro#requirements */
const labelKey = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u
const labelValue = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u

/** Throws where a label is none. */
export function labelsOf(labels: unknown = {}): Labels {
  if (typeof labels !== 'object' || labels === null || Array.isArray(labels))
    throw new Error(`labels is a map: { domain: 'growth' }`)
  for (const [key, value] of Object.entries(labels)) {
    if (!labelKey.test(key))
      throw new Error(
        `labels: '${key}' is not a label: lower-case letters, digits, _ and -, a letter first, at most 63`,
      )
    if (typeof value !== 'string' || !labelValue.test(value))
      throw new Error(
        `labels.${key}: '${String(value)}' is not a label's value: lower-case letters, digits, _ and -, at most 63`,
      )
  }
  return labels as Labels
}
