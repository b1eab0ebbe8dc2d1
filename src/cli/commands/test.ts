import { type Cli, declare } from '../cli.ts'
import { storeFailuresOption, workOptions } from '../options.ts'
import { type WorkOptions, work } from '../work/work.ts'

export function testCommand(cli: Cli): void {
  declare(cli, 'test', {
    description: 'test the published tables, and run the unit tests; build nothing',
    examples: [
      ['test', 'everything'],
      ['test --select sessions --store-failures', 'sessions alone; rows that fail are kept in test_failures'],
    ],
    options: [...workOptions(), storeFailuresOption()],
  }).action((options: WorkOptions) => cli.carryOut(options, terminal => work('test', options, terminal)))
}
