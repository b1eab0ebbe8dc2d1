import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { createInterface } from 'node:readline/promises'
import type { Effects, TextOutput } from './effects.ts'
import { packageRoot } from './package-root.ts'

/** The world of this process. */
export function processEffects(): Effects {
  return {
    stdout: outputTo(process.stdout),
    stderr: outputTo(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    stock: packageRoot,
    now: () => new Date(),
    ask: process.stdin.isTTY && process.stdout.isTTY ? ask : undefined,
    process: `${hostname()}, process ${process.pid}`,
    newToken: () => randomBytes(3).toString('hex'),
    onInterrupt,
    every: (milliseconds, act) => {
      const timer = setInterval(act, milliseconds)
      return () => clearInterval(timer)
    },
  }
}

function outputTo(stream: NodeJS.WriteStream): TextOutput {
  // Who reads may stop reading (`throughline build | head`): then there is nobody left to tell, and the work goes on.
  stream.on('error', error => {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error
  })
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      // A terminal that does not know its size says 0.
      return stream.columns > 0 ? stream.columns : undefined
    },
    write: text => {
      stream.write(text)
    },
  }
}

async function ask(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  // Ctrl-C and Ctrl-D close it, and the question would wait for ever.
  const left = new AbortController()
  lines.once('close', () => left.abort())
  try {
    return await lines.question(question, { signal: left.signal })
  } catch (error) {
    if (left.signal.aborted) return undefined
    throw error
  } finally {
    lines.close()
  }
}

/** By shell custom, 128 and the signal's number. */
const killed = { SIGINT: 130, SIGTERM: 143 } as const

function onInterrupt(stop: () => void): () => void {
  let isStopping = false
  const listener = (signal: keyof typeof killed): void => {
    if (isStopping) process.exit(killed[signal])
    isStopping = true
    stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, listener)
  return () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, listener)
  }
}
