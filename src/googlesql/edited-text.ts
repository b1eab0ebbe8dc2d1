/** A replacement of a part of a text; offsets are in UTF-8 bytes, as the parser counts. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A text after some replacements, that can tell where an offset of it stood before. */
export interface EditedText {
  readonly text: string
  /** UTF-16 offset in the first text for one in this; of a replacement it is the start of what was replaced. */
  originalOffset(offset: number): number
}

/** Edits do not overlap. */
export function editText(original: string, edits: readonly Edit[]): EditedText {
  if (edits.length === 0) return { text: original, originalOffset: offset => offset }
  const bytes = Buffer.from(original, 'utf8')
  const offsetOf = (byte: number): number => bytes.subarray(0, byte).toString('utf8').length
  const pieces: { readonly from: number; readonly at: number; readonly isReplaced: boolean }[] = []
  let text = ''
  let done = 0
  const copy = (until: number): void => {
    pieces.push({ from: offsetOf(done), at: text.length, isReplaced: false })
    text += bytes.subarray(done, until).toString('utf8')
  }
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    copy(edit.start)
    pieces.push({ from: offsetOf(edit.start), at: text.length, isReplaced: true })
    text += edit.text
    done = edit.end
  }
  copy(bytes.length)
  const originalOffset = (offset: number): number => {
    const piece = pieces.findLast(({ at }) => at <= offset)!
    return piece.isReplaced ? piece.from : piece.from + offset - piece.at
  }
  return { text, originalOffset }
}
