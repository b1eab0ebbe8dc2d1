import { rmSync } from 'node:fs'
import type { Target } from '../../config/targets.ts'
import type { Kit } from '../../conformance/kit.ts'
import { Meter } from '../../conformance/meter.ts'
import { type CheckName, checkNames, type KitBudget, type KitReport } from '../../conformance/report.ts'
import { estimateKit, runKit } from '../../conformance/run-kit.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { DuckDBWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { CommonOptions } from '../options.ts'
import { packageVersion } from '../package-root.ts'
import { shortPath } from '../report/problem-text.ts'
import { listed } from '../report/words.ts'
import { canBeOpened, dialectOf, namingOf, openTarget, placeOf } from '../target.ts'
import type { Terminal } from '../terminal.ts'
import { readProject, type WorkspaceOptions } from '../workspace.ts'
import { buildDoomed } from './doomed-build.ts'
import { loadRetailer, loadShop, shopFolderIn } from './kit-projects.ts'
import { namesOf } from './names.ts'
import { targetIn } from './place.ts'
import { reportFile, writeReport } from './report-file.ts'
import { reportWithoutNames, withoutNames } from './without-names.ts'
import { begunWords, budgetWords, checkLines, estimateWords, summaryLines } from './words.ts'

export interface ConformanceOptions extends CommonOptions, WorkspaceOptions {
  readonly only?: readonly CheckName[]
  readonly report: string
  readonly budgetBytes: number
  readonly budgetMinutes: number
  readonly grantee?: string
  readonly threads: number
}

/** Carries out the kit, tells of it, and writes its report. */
export async function conformance(options: ConformanceOptions, terminal: Terminal): Promise<ExitCode> {
  const { effects } = terminal
  const { config } = readProject(options, terminal)
  const { target } = config
  const file = reportFile(options.report, effects.cwd)
  const names = namesOf({ target, folder: config.folder, grantee: options.grantee }, effects.env)
  const only = options.only ?? checkNames
  const prefix = `tl_conformance_${effects.newToken()}`
  const budget: KitBudget = {
    bytes: target.engine === 'bigquery' ? options.budgetBytes : undefined,
    minutes: options.budgetMinutes,
  }
  const stop = new AbortController()
  const kit = kitOf(options, { target, folder: config.folder, prefix, stop, budget }, terminal)
  const estimate = estimateKit(kit, only, { dialect: dialectOf(target) })
  const startedAt = effects.now().toISOString()
  const isNewFile = !canBeOpened(target)
  tellStart({ target, prefix, only, estimate, budget }, terminal)
  mustFit(estimate, budget)

  const undo = effects.onInterrupt(() => {
    stop.abort()
    terminal.notice('Stopping, and dropping what was made; again Ctrl-C to leave it there')
  })
  const endTimer = effects.every(budget.minutes * 60_000, () => stop.abort())
  try {
    const outcome = await runKit(kit, only, {
      begun: check => terminal.form === 'json' && terminal.emit({ type: 'check_started', check }),
      ended: report => {
        if (terminal.form === 'json') terminal.emit({ type: 'check_finished', ...report })
        else for (const line of checkLines(report, terminal.colors)) terminal.print(line)
      },
    })
    const { checks, stoppedBecause, leftBehind } = outcome
    if (isNewFile && leftBehind.length === 0) removeDatabase(target)
    const hasDifferences = checks.some(({ status }) => status === 'differs')
    const report: KitReport = {
      report: 'throughline conformance',
      version: 1,
      engine: target.engine,
      throughline: packageVersion(),
      node: process.version,
      startedAt,
      finishedAt: effects.now().toISOString(),
      status: stoppedBecause === undefined ? (hasDifferences ? 'differs' : 'agrees') : 'stopped',
      estimate,
      budget,
      cost: kit.meter.total(),
      place: prefix,
      ...outcome,
    }
    const told = reportWithoutNames(report, text => withoutNames(names, terminal.mask(text)))
    const failure = writeReport(told, file)
    tellEnd(report, failure === undefined ? file : undefined, terminal)
    if (failure !== undefined) throw failure
    if (report.status === 'stopped') return exitCodes.notCarriedOut
    return hasDifferences ? exitCodes.failed : exitCodes.good
  } finally {
    endTimer()
    undo()
  }
}

interface Surroundings {
  readonly target: Target
  /** Of the user's project, whose macros are proven too. */
  readonly folder: string
  readonly prefix: string
  readonly stop: AbortController
  readonly budget: KitBudget
}

function kitOf(
  { threads, grantee }: ConformanceOptions,
  { target, folder, prefix, stop, budget }: Surroundings,
  { effects }: Terminal,
): Kit {
  const retailer = loadRetailer(effects.stock, folder)
  const there = (place: string) => targetIn(target, `${prefix}_${place}`)
  let runs = 0
  return {
    engine: target.engine,
    open: place => openTarget(there(place)),
    openReference: () => DuckDBWarehouse.open({ path: ':memory:' }),
    naming: place => namingOf(there(place)),
    threads,
    signal: stop.signal,
    meter: new Meter(budget, stop),
    macros: [...retailer.project.macros].map(([name, macro]) => ({ name, macro })),
    retailer,
    shopFolder: shopFolderIn(effects.stock),
    loadShop,
    grantee,
    buildDoomed: isShared(target)
      ? build => buildDoomed({ ...build, target: there('kills') }, effects.env, stop.signal)
      : undefined,
    every: effects.every,
    newRunId: () => {
      runs += 1
      return `${prefix}-${runs}`
    },
  }
}

/** A file that only the kit has made, and that holds nothing. */
function removeDatabase(target: Target): void {
  if (target.engine !== 'duckdb') return
  for (const file of [target.path, `${target.path}.wal`]) rmSync(file, { force: true })
}

/** Whether another process can build there. */
function isShared(target: Target): boolean {
  return target.engine !== 'duckdb' || target.path !== ':memory:'
}

function mustFit({ bytesBilled }: KitReport['estimate'], { bytes }: KitBudget): void {
  if (bytes === undefined || bytesBilled === undefined || bytesBilled <= bytes) return
  const message = 'the estimate is above the budget, and nothing was begun'
  throw new ProblemsError([{ kind: 'project', message, hint: 'raise --budget-bytes, or do less with --only' }])
}

function tellStart(
  {
    target,
    prefix,
    only,
    estimate,
    budget,
  }: Pick<Surroundings, 'target' | 'prefix' | 'budget'> &
    Pick<KitReport, 'estimate'> & { readonly only: readonly CheckName[] },
  terminal: Terminal,
): void {
  if (terminal.form === 'json')
    return terminal.emit({
      type: 'conformance_started',
      engine: target.engine,
      place: prefix,
      checks: only,
      estimate,
      budget,
    })
  terminal.print(
    `Trying the target ${target.name} (${placeOf(target, terminal.effects.cwd)}): ${listed(only.map(begunWords))}`,
  )
  terminal.print(`Everything lies in schemas that begin with ${prefix}, and is dropped at the end`)
  terminal.print(`It takes ${estimateWords(estimate, target.engine)}; its budget is ${budgetWords(budget)}\n`)
}

/** `file` is where the report is, where it could be written. */
function tellEnd(report: KitReport, file: string | undefined, terminal: Terminal): void {
  const { status, leftBehind, cost } = report
  if (terminal.form === 'json')
    return terminal.emit({ type: 'conformance_finished', status, cost, leftBehind, report: file })
  for (const line of summaryLines(report, terminal.colors)) terminal.print(line)
  if (file === undefined) return
  terminal.print(`The report is in ${shortPath(file, terminal.effects.cwd)}; it names no account. Please send it to us`)
}
