/**
 * The lines of a text that comes in pieces, without their `\n`. That alone ends a line: U+2028 and U+2029, at which readline ends one too, stand in
 * JSON as they are.
 */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begun: string[] = []
  for await (const piece of pieces) {
    const [rest = '', ...lines] = piece.split('\n')
    begun.push(rest)
    for (const line of lines) {
      yield begun.join('')
      begun = [line]
    }
  }
  const last = begun.join('')
  if (last !== '') yield last
}
