const comment = String.raw`(?:column\s+)?\w+\s+comment\s+'(?:[^'\\]|\\.|'')*'`
const ofSeveral = new RegExp(
  String.raw`^\s*(alter\s+table\s+\S+\s+alter)\s+(${comment}(?:\s*,\s*${comment})+)\s*$`,
  'is',
)

/** A statement that describes several columns as one for each of them, which is all that fakesnow takes; any other as it is. */
export function columnByColumn(sql: string): readonly string[] {
  const [, alter, comments] = ofSeveral.exec(sql) ?? []
  if (comments === undefined) return [sql]
  return [...comments.matchAll(new RegExp(comment, 'gis'))].map(([one]) => `${alter} ${one}`)
}
