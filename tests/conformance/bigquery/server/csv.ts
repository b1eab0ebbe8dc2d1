/** A field of a CSV file, and whether it stood in quotes: an empty one in quotes is no NULL. */
export interface CsvField {
  readonly text: string
  readonly isQuoted: boolean
}

/** The records of a CSV file; a quoted field may hold line breaks. https://www.rfc-editor.org/rfc/rfc4180 */
export function csvRecords(text: string, delimiter: string, quote: string): readonly (readonly CsvField[])[] {
  const records: CsvField[][] = []
  let record: CsvField[] = []
  let field = ''
  let isQuoted = false
  let isOpen = false
  const endField = (): void => {
    record.push({ text: field, isQuoted })
    field = ''
    isQuoted = false
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (isOpen) {
      if (character !== quote) field += character
      else if (text[at + 1] === quote) {
        field += quote
        at += 1
      } else isOpen = false
    } else if (character === quote && field === '') {
      isOpen = true
      isQuoted = true
    } else if (character === delimiter) endField()
    else if (character === '\n') {
      endField()
      records.push(record)
      record = []
    } else if (character !== '\r' || text[at + 1] !== '\n') field += character
  }
  if (field !== '' || isQuoted || record.length > 0) {
    endField()
    records.push(record)
  }
  return records
}
