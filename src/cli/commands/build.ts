import { type Cli, declare } from '../cli.ts'
import { storeFailuresOption, workOptions } from '../options.ts'
import { type WorkOptions, work } from '../work/work.ts'

export function buildCommand(cli: Cli): void {
  declare(cli, 'build', {
    description: 'check, land raw tables, build, test and publish the models',
    notes:
      'Each model is built beside its table, tested there, and put in place in one step: a table has rows that passed, or its earlier ones.',
    examples: [
      ['build', 'everything, in the default target'],
      ['build --select +sessions', 'sessions, and all that it reads'],
      ['build --select state:modified+ --state last-build', 'what changed since an earlier build, and what reads it'],
    ],
    options: [...workOptions(), storeFailuresOption()],
  }).action((options: WorkOptions) => cli.carryOut(options, terminal => work('build', options, terminal)))
}
