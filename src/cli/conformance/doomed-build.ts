import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Target } from '../../config/targets.ts'
import type { DoomedBuild } from '../../conformance/kit.ts'

/** What the other process is told. It hears it from this one, so that no secret of the target is in a file or in its arguments. */
export interface Order extends DoomedBuild {
  readonly target: Target
}

/** What the other process answers where it lives to tell. */
export type Word = { readonly kind: 'finished' } | { readonly kind: 'failed'; readonly message: string }

/** The same file, whether it runs as TypeScript or compiled. */
const program = fileURLToPath(new URL(`doomed-process${import.meta.url.slice(-3)}`, import.meta.url))

/** Has another process build, which kills itself on the way, or is killed when the kit is stopped; says how it ended. */
export function buildDoomed(order: Order, env: NodeJS.ProcessEnv, stop: AbortSignal): Promise<string> {
  const child = fork(program, [], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced' })
  const kill = (): void => {
    child.kill('SIGKILL')
  }
  stop.addEventListener('abort', kill, { once: true })
  let words = 'it said nothing'
  child.on('message', (word: Word) => {
    words = word.kind === 'finished' ? 'it finished' : word.message
  })
  child.send(order)
  if (stop.aborted) kill()
  return new Promise<string>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (_code, signal) => resolve(signal === 'SIGKILL' ? 'killed' : words))
  }).finally(() => stop.removeEventListener('abort', kill))
}
