import { buildIn } from '../../conformance/build-in.ts'
import { projectOf } from '../../conformance/shop/build-shop.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { namingOf, openTarget } from '../target.ts'
import type { Order, Word } from './doomed-build.ts'
import { loadShop } from './kit-projects.ts'

/** The process that `buildDoomed` starts: builds as it is told, and kills itself after so many events, in whatever it is doing then. */
process.once('message', (order: Order) => {
  void build(order).then(tell, error => tell({ kind: 'failed', message: wordsOf(error) }))
})

/** Whoever ordered the build is gone, and would not drop what it makes. */
process.once('disconnect', die)

async function build({ target, folder, runId, threads, killAfterEvents, thenMilliseconds }: Order): Promise<Word> {
  const warehouse = await openTarget(target)
  let count = 0
  const emit = (): void => {
    count += 1
    if (count !== killAfterEvents) return
    if (thenMilliseconds === 0) die()
    setTimeout(die, thenMilliseconds)
  }
  const every = (milliseconds: number, act: () => void): (() => void) => {
    const timer = setInterval(act, milliseconds)
    return () => clearInterval(timer)
  }
  const { signal } = new AbortController()
  await buildIn(warehouse, projectOf({ loadShop }, { folder }), namingOf(target), {
    runId,
    threads,
    signal,
    every,
    emit,
  })
  await warehouse.close()
  return { kind: 'finished' }
}

function die(): void {
  process.kill(process.pid, 'SIGKILL')
}

function tell(word: Word): void {
  process.send?.(word, () => process.exit(0))
}

function wordsOf(error: unknown): string {
  if (error instanceof ProblemsError) return error.problems.map(({ message }) => message).join('; ')
  return error instanceof Error ? error.message : String(error)
}
