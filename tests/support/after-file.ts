const waiting: (() => void | Promise<void>)[] = []

/** Has something put away when the tests of the file are done. */
export function afterFile(putAway: () => void | Promise<void>): void {
  waiting.push(putAway)
}

/** For the runner, after each file: all is put away, whichever fails. */
export async function putAwayAll(): Promise<void> {
  const failures: unknown[] = []
  for (const putAway of waiting.splice(0)) {
    try {
      await putAway()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
