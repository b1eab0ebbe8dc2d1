import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtEngine } from './built-engine.ts'
import { writeModels } from './thousand-models.ts'

/**
 * CPU seconds of loading a thousand models, cold and again with what was stripped before, each in a process of its own; and of compiling
 * and checking them. Fails where cold loading takes more than its budget.
 */
const budgetSeconds = 1.6
const count = Number(process.argv[2] ?? 1000)

interface Step {
  readonly cpuSeconds: number
  readonly wallSeconds: number
}
type Measured = Readonly<Record<'load' | 'compile' | 'check', Step>>

const engine = builtEngine()
const project = mkdtempSync(join(tmpdir(), 'throughline-models-'))
try {
  writeModels(project, count)
  const measure = (steps: 'load' | 'all', cache = join(project, 'stripped.json')): Measured => {
    const script = fileURLToPath(new URL('measure-loading.mjs', import.meta.url))
    return JSON.parse(execFileSync(process.execPath, [script, engine, project, cache, steps], { encoding: 'utf8' }))
  }
  const cold = [1, 2, 3].map(run => measure('load', join(project, `stripped-${run}.json`)).load)
  const again = [1, 2, 3].map(run => measure('load', join(project, `stripped-${run}.json`)).load)
  const { compile, check } = measure('all', join(project, 'stripped-1.json'))
  const least = (steps: readonly Step[]) => steps.reduce((a, b) => (a.cpuSeconds < b.cpuSeconds ? a : b))
  const rows: readonly (readonly [string, Step])[] = [
    ['load, cold', least(cold)],
    ['load, again', least(again)],
    ['compile', compile],
    ['check', check],
  ]
  console.log(`${count} models of 13 columns, seconds`)
  for (const [step, { cpuSeconds, wallSeconds }] of rows) {
    console.log(
      `${step.padEnd(12)}  CPU ${cpuSeconds.toFixed(2).padStart(6)}  wall ${wallSeconds.toFixed(2).padStart(6)}`,
    )
  }
  const found = least(cold).cpuSeconds
  if (count === 1000 && found > budgetSeconds) {
    console.error(`loading cold took ${found.toFixed(2)} s of CPU, and its budget is ${budgetSeconds} s`)
    process.exitCode = 1
  }
} finally {
  rmSync(project, { recursive: true, force: true })
}
