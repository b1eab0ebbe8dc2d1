import { type Cli, declare } from '../cli.ts'
import { workOptions } from '../options.ts'
import { type WorkOptions, work } from '../work/work.ts'

export function runCommand(cli: Cli): void {
  declare(cli, 'run', {
    description: 'build and publish the models without testing them',
    notes: 'For trying things out: what no test has seen is published. throughline build tests first.',
    examples: [['run --select sessions+', 'sessions, and all that reads it']],
    options: workOptions(),
  }).action((options: WorkOptions) => cli.carryOut(options, terminal => work('run', options, terminal)))
}
