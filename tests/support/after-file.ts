const waiting: (() => void | Promise<void>)[] = []

/** Has something put away when the tests of the file are done. */
export function afterFile(putAway: () => void | Promise<void>): void {
  waiting.push(putAway)
}

/** For the runner, after each file. */
export async function putAwayAll(): Promise<void> {
  for (const putAway of waiting.splice(0)) await putAway()
}
