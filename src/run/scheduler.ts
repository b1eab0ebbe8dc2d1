/** A piece of work; it starts when all that it waits for is done. */
export interface Task {
  readonly id: string
  readonly waitsFor: readonly string[]
  /** How long it took in an earlier run; undefined where that is not known. */
  readonly seconds?: number | undefined
  /** What it does; resolves to whether it went well. It may not throw. */
  work(): Promise<boolean>
  /** Told once where the task will not run because `cause` (a task's id) failed or was itself skipped; undefined where the run was stopped. */
  skip(cause: string | undefined): void
}

export interface ScheduleOptions {
  /** At most so many at a time. */
  readonly threads: number
  /** Start nothing new after the first failure. */
  readonly failFast: boolean
  readonly signal: AbortSignal
}

/**
 * Runs tasks, as many at a time as there are threads, those first from which the longest path leads on (ties by id). A failure skips what
 * waits for it, directly or not, and nothing else.
 */
export async function schedule(tasks: readonly Task[], options: ScheduleOptions): Promise<void> {
  const open = new Map(tasks.map(task => [task.id, task]))
  const lengths = pathLengths(tasks)
  const waiting = new Map(tasks.map(task => [task.id, new Set(task.waitsFor.filter(id => open.has(id)))]))
  const readers = readersOf(tasks)
  const running = new Set<Promise<void>>()
  let stopped = false

  const skip = (id: string, cause: string | undefined): void => {
    if (!waiting.delete(id)) return
    open.get(id)!.skip(cause)
    for (const reader of readers.get(id) ?? []) skip(reader, cause)
  }
  const start = (task: Task): void => {
    waiting.delete(task.id)
    const work = task.work().then(isGood => {
      running.delete(work)
      for (const reader of readers.get(task.id) ?? []) {
        if (isGood) waiting.get(reader)?.delete(task.id)
        else skip(reader, task.id)
      }
      if (!isGood && options.failFast) stopped = true
    })
    running.add(work)
  }

  while (waiting.size > 0 || running.size > 0) {
    if (options.signal.aborted) stopped = true
    const ready = stopped ? [] : [...waiting].filter(([, open]) => open.size === 0).map(([id]) => open.get(id)!)
    ready.sort((a, b) => lengths.get(b.id)! - lengths.get(a.id)! || (a.id < b.id ? -1 : 1))
    for (const task of ready.slice(0, Math.max(0, options.threads - running.size))) start(task)
    if (running.size === 0) break
    await Promise.race(running)
  }
  for (const id of [...waiting.keys()]) skip(id, undefined)
}

function readersOf(tasks: readonly Task[]): Map<string, string[]> {
  const readers = new Map<string, string[]>()
  for (const task of tasks) {
    for (const id of task.waitsFor) readers.set(id, [...(readers.get(id) ?? []), task.id])
  }
  return readers
}

/** The seconds of the longest path from each task on; a task of unknown length counts as the mean of the others. */
function pathLengths(tasks: readonly Task[]): Map<string, number> {
  const readers = readersOf(tasks)
  const known = tasks.flatMap(({ seconds }) => (seconds === undefined ? [] : [seconds]))
  const usual = known.length === 0 ? 1 : known.reduce((a, b) => a + b, 0) / known.length
  const own = new Map(tasks.map(({ id, seconds }) => [id, seconds ?? usual]))
  const lengths = new Map<string, number>()
  const lengthOf = (id: string): number => {
    const found = lengths.get(id)
    if (found !== undefined) return found
    const length = (own.get(id) ?? usual) + Math.max(0, ...(readers.get(id) ?? []).map(lengthOf))
    lengths.set(id, length)
    return length
  }
  for (const task of tasks) lengthOf(task.id)
  return lengths
}
