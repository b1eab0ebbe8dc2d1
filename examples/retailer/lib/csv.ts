/** Fields as a line of CSV: RFC 4180 quoting, only where it must be. */
export function csvLine(fields: readonly string[]): string {
  let line = ''
  for (let index = 0; index < fields.length; index++) line += (index === 0 ? '' : ',') + csvField(fields[index] ?? '')
  return `${line}\n`
}

function csvField(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
