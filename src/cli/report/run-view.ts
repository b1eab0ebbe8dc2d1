import { join } from 'node:path'
import type { CompiledModel, CompiledProject } from '../../compile/compiled.ts'
import type { Config } from '../../config/load-config.ts'
import type { NodeResult } from '../../run/result.ts'
import { configName } from '../config-file.ts'
import type { Effects } from '../effects.ts'
import type { Job } from '../work/job.ts'
import { shortPath } from './problem-text.ts'
import { widthOf } from './text-table.ts'

/** What a report knows of a run besides its events. */
export interface RunView {
  readonly command: Job['command']
  readonly compiled: CompiledProject
  /** Whether failing rows are kept. */
  readonly isKeepingFailures: boolean
  readonly cwd: string
  /** How the program is typed: `throughline`, or `npx throughline` where npm has started it and it may be on no path. */
  readonly program: string
  /** What to type after a command so that it is of this project and target: nothing, or ` --config … --target …`. */
  readonly config: string
  /** Whether what is left undone is kept for `retry`. */
  readonly isKeptForRetry: boolean
  /** The table furthest from the raw data, of those that are built. */
  readonly furthest: string | undefined
  /** Room for the longest label of a table or data test, as far as the terminal has it. */
  readonly labelWidth: number
}

/** Room that a line needs beside its label. */
const besideLabel = 53
const widestLabel = 60
const narrowestLabel = 20

export function viewOf(
  { command, workspace, selected, dataTests, storeFailures, onlyUnitTestsOn }: Job,
  { stdout, cwd, env }: Effects,
): RunView {
  const { compiled, config } = workspace
  const labels = [
    ...[...selected].map(name => labelOf(compiled, { kind: compiled.models.has(name) ? 'model' : 'source', name })),
    ...[...dataTests].map(name => labelOf(compiled, { kind: 'data-test', name })),
  ]
  const room = stdout.isTerminal ? Math.max(narrowestLabel, (stdout.columns ?? 80) - besideLabel) : widestLabel
  return {
    command,
    compiled,
    isKeepingFailures: storeFailures !== undefined,
    isKeptForRetry: onlyUnitTestsOn === undefined,
    cwd,
    program: env.npm_command === undefined ? 'throughline' : 'npx throughline',
    config: optionsFor(config, cwd),
    furthest: [...selected].findLast(name => isTable(compiled.models.get(name)?.materialization)),
    labelWidth: Math.min(room, Math.max(0, ...labels.map(widthOf))),
  }
}

function optionsFor({ file, target, targets }: Config, cwd: string): string {
  const ofConfig = file === join(cwd, configName) ? '' : ` --config ${shortPath(file, cwd)}`
  return targets.length === 1 ? ofConfig : `${ofConfig} --target ${target.name}`
}

function isTable(materialization: CompiledModel['materialization'] | undefined): boolean {
  return materialization !== undefined && materialization !== 'inline' && materialization !== 'seed'
}

/** What a node is called in a report, as `--select` takes it: `journeys.sessions`. */
export function labelOf(compiled: CompiledProject, { kind, name }: Pick<NodeResult, 'kind' | 'name'>): string {
  switch (kind) {
    case 'model': {
      const layer = compiled.models.get(name)?.layer
      return layer === undefined ? name : `${layer}.${name}`
    }
    case 'source':
      return name
    case 'data-test':
      return `data test ${name}`
    case 'unit-test':
      return `unit test ${name}`
  }
}
