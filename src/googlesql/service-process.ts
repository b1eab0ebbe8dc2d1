import { spawn } from 'node:child_process'
import { createServer } from 'node:net'

/** The program as a process of ours. */
export interface ServiceProcess {
  readonly port: number
  /** Settles when the process is gone, with the end of what it said. */
  readonly gone: Promise<string>
  readonly isGone: () => boolean
  stop(): void
}

/**
 * Starts the program on a free port of this machine. A shell stands between: it ends the program as soon as its own input closes, and so also
 * when our process is killed and can end nothing itself.
 */
export async function startServiceProcess(program: string): Promise<ServiceProcess> {
  const port = await freePort()
  const guard =
    '"$0" "$@" </dev/null & served=$!; exec 3<&0; (cat <&3 >/dev/null; kill -9 $served) 2>/dev/null & wait $served'
  const child = spawn('/bin/sh', ['-c', guard, program, '127.0.0.1', String(port)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  const keep = (text: unknown): void => {
    said = (said + String(text)).slice(-2000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.stdin.on('error', () => undefined)
  let isGone = false
  const gone = new Promise<string>(resolve => {
    const end = (): void => {
      isGone = true
      child.stdin.destroy()
      resolve(said.trim())
    }
    child.once('exit', end)
    child.once('error', error => {
      keep(error.message)
      end()
    })
  })
  // The streams must not keep our process alive after its work is done.
  for (const stream of [child.stdout, child.stderr, child.stdin]) (stream as unknown as { unref(): void }).unref()
  child.unref()
  return { port, gone, isGone: () => isGone, stop: () => child.stdin.destroy() }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address === null || typeof address === 'string' ? reject() : resolve(address.port)))
    })
  })
}
