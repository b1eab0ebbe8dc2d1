/** Rows as CSV text (RFC 4180 quoting, a header, UTF-8), in chunks large enough to write and small enough to forget. */
export function* csvChunks(header: readonly string[], rows: Iterable<readonly string[]>): Generator<string> {
  let chunk = csvLine(header)
  for (const row of rows) {
    chunk += csvLine(row)
    if (chunk.length >= 64 * 1024) {
      yield chunk
      chunk = ''
    }
  }
  yield chunk
}

function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}\n`
}

function csvField(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
