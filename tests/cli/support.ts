import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Effects } from '../../src/cli/effects.ts'
import { throughline } from '../../src/cli/program.ts'
import { DuckDBWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts'
import type { Row } from '../../src/warehouse/warehouse.ts'
import { folderOf } from '../support/project.ts'

export interface Answer {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface World {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly now?: string
  /** The width of the terminal; undefined: a file. */
  readonly terminal?: number
  /** Ctrl-C is pressed when stdout says this. */
  readonly interruptAt?: string
  /** Somebody sits at the terminal, and answers these, one question after the other; then they leave. */
  readonly answers?: readonly string[]
  /** The stock layer; default: an empty one. */
  readonly stock?: string
}

/** What a command line answers, typed in `folder`: the whole program in this process, with a world made for it and no stock layer. */
export async function type(folder: string, args: readonly string[], world: World = {}): Promise<Answer> {
  const { effects, told } = effectsOf(folder, world)
  const exitCode = await throughline(args, effects)
  return { exitCode, ...told }
}

/** A world for a command typed in `folder`, and what it is told. */
export function effectsOf(
  folder: string,
  world: World = {},
): { readonly effects: Effects; readonly told: { stdout: string; stderr: string } } {
  const told = { stdout: '', stderr: '' }
  let interrupt = (): void => undefined
  const output = (name: 'stdout' | 'stderr') => ({
    isTerminal: world.terminal !== undefined,
    columns: world.terminal,
    write: (text: string) => {
      told[name] += text
      if (name === 'stdout' && world.interruptAt !== undefined && text.includes(world.interruptAt)) interrupt()
    },
  })
  const effects: Effects = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    env: { ORDERS_FILE: 'data/orders.csv', ...world.env },
    cwd: folder,
    stock: world.stock ?? folderOf({}),
    now: () => new Date(world.now ?? '2026-06-01T12:00:00.000Z'),
    ask: asking(world.answers, text => output('stdout').write(text)),
    process: 'a-computer, process 1',
    newToken: () => 'abc123',
    onInterrupt: stop => {
      interrupt = stop
      return () => undefined
    },
    every: () => () => undefined,
  }
  return { effects, told }
}

function asking(answers: World['answers'], write: (text: string) => void): Effects['ask'] {
  if (answers === undefined) return undefined
  const left = [...answers]
  return async question => {
    const answer = left.shift()
    write(`${question}${answer ?? ''}\n`)
    return answer
  }
}

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const loader = import.meta.resolve('tsx')

type Meanwhile = (text: string, kill: (signal: NodeJS.Signals) => void) => void

/** The same in a process of its own, as a user has it, over the stock layer; `meanwhile` is called with each piece of stdout. */
export function typeForReal(folder: string, args: readonly string[], meanwhile?: Meanwhile): Promise<Answer> {
  return inProcess(main, folder, args, meanwhile)
}

/** In a process of its own, without a stock layer. */
export function typeBare(folder: string, args: readonly string[], meanwhile?: Meanwhile): Promise<Answer> {
  return inProcess(fileURLToPath(new URL('bare-main.ts', import.meta.url)), folder, args, meanwhile)
}

function inProcess(
  program: string,
  folder: string,
  args: readonly string[],
  meanwhile: Meanwhile = () => undefined,
): Promise<Answer> {
  const child = spawn(process.execPath, ['--import', loader, program, ...args], {
    cwd: folder,
    env: { ...process.env, ORDERS_FILE: 'data/orders.csv', NO_COLOR: '', FORCE_COLOR: '' },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text: Buffer) => {
    stdout += text.toString()
    meanwhile(text.toString(), signal => child.kill(signal))
  })
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString()
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => resolve({ exitCode: code ?? -1, stdout, stderr }))
  })
}

/** Text with what differs from machine to machine replaced: times, versions. */
export function steady(text: string): string {
  return text.replaceAll(/ {0,8}\d+\.\d+ s/g, ' 0.00 s')
}

/** JSON lines, read. */
export function objectsOf(stdout: string): readonly Readonly<Record<string, unknown>>[] {
  return stdout
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Record<string, unknown>)
}

/** What another reader finds in a DuckDB file. */
export async function rowsIn(file: string, query: string): Promise<readonly Row[]> {
  const warehouse = await DuckDBWarehouse.open({ path: file })
  const session = await warehouse.connect()
  try {
    return await session.query(query)
  } finally {
    session.close()
    await warehouse.close()
  }
}

export function artifact(folder: string, target: string, name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(join(folder, '.throughline/target', target, name), 'utf8')) as Record<string, unknown>
}
