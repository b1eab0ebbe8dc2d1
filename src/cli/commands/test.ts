import { Option } from 'commander'
import { ProblemsError } from '../../problems/problem.ts'
import { type Cli, declare } from '../cli.ts'
import type { ExitCode } from '../exit-code.ts'
import { storeFailuresOption, workOptions } from '../options.ts'
import type { Terminal } from '../terminal.ts'
import { offlineWithoutUnit, unitTestsAlone, unitTestsOffline } from '../work/unit-tests-alone.ts'
import { type WorkOptions, work } from '../work/work.ts'

interface TestOptions extends WorkOptions {
  readonly unit?: boolean
  readonly offline?: boolean
}

export function testCommand(cli: Cli): void {
  declare(cli, 'test', {
    description: 'test the published tables, and run the unit tests; build nothing',
    examples: [
      ['test', 'everything'],
      ['test --select sessions --store-failures', 'sessions alone; rows that fail are kept in test_failures'],
      ['test --unit', 'the unit tests alone, on DuckDB in memory, whatever the target'],
      ['test --unit --offline --target prod', "the same in BigQuery's SQL, on Google's evaluator, without an account"],
    ],
    options: [
      ...workOptions(),
      storeFailuresOption(),
      new Option('--unit', 'the unit tests alone; no target is opened').conflicts('storeFailures'),
      new Option('--offline', "with --unit and a target in BigQuery: in BigQuery's SQL, on Google's own evaluator"),
    ],
  }).action((options: TestOptions) => cli.carryOut(options, terminal => test(options, terminal)))
}

function test(options: TestOptions, terminal: Terminal): Promise<ExitCode> {
  const { unit = false, offline = false } = options
  if (offline && !unit) throw new ProblemsError([offlineWithoutUnit])
  if (offline) return unitTestsOffline(options, terminal)
  return unit ? unitTestsAlone(options, terminal) : work('test', options, terminal)
}
