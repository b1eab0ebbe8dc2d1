import { InvalidArgumentError, Option } from 'commander'
import { size } from '../../config/values.ts'
import { type CheckName, checkNames } from '../../conformance/report.ts'
import { type Cli, declare } from '../cli.ts'
import { type ConformanceOptions, conformance } from '../conformance/conformance.ts'
import { configOption, outputOption, positiveInteger, targetOption, threadsOption } from '../options.ts'

export function conformanceCommand(cli: Cli): void {
  declare(cli, 'conformance', {
    description: 'prove on your own account that everything means there what it should',
    notes:
      'Runs every construct of the portable core and every example of every macro, builds every stock model over a small made-up retailer and compares the rows with those of DuckDB, changes the contracts of published tables, reads while ' +
      'they are published, and kills builds. All of it lies in schemas of its own, which are made and dropped; your own tables are neither read nor written. Writes a report that names no account, to be sent to us.',
    examples: [
      ['conformance --target prod', 'everything, within 60 minutes and 50 GB'],
      ['conformance --target prod --only macros', 'the examples of macros alone'],
      ['conformance --target snow --grantee REPORTER', 'with a role to which a published table is granted'],
    ],
    options: [
      configOption(),
      targetOption(),
      new Option('--only <checks>', `these alone: ${checkNames.join(',')}`).argParser(checks),
      new Option('--report <file>', 'where the report goes').default('throughline-conformance.json'),
      new Option('--budget-bytes <size>', 'the most that may be billed, where bytes are billed, like 20 GB')
        .argParser(bytes)
        .default(50e9, '50 GB'),
      new Option('--budget-minutes <count>', 'the longest that it may run, a day at most')
        .argParser(minutes)
        .default(60),
      new Option(
        '--grantee <who>',
        'who is granted a table of the kit: user:ben@example.com on BigQuery, a role on Snowflake; otherwise grants are not tried',
      ),
      threadsOption(),
      outputOption(),
    ],
  }).action((options: ConformanceOptions) => cli.carryOut(options, terminal => conformance(options, terminal)))
}

/** In the order in which they are carried out, whatever was typed. */
function checks(text: string): readonly CheckName[] {
  const asked = text.split(',').map(name => name.trim())
  const unknown = asked.find(name => !(checkNames as readonly string[]).includes(name))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no check ${unknown}: they are ${checkNames.join(', ')}.`)
  return checkNames.filter(name => asked.includes(name))
}

function minutes(text: string): number {
  const count = positiveInteger(text)
  if (count > 1440) throw new InvalidArgumentError('It must be 1440 at most: a day.')
  return count
}

function bytes(text: string): number {
  const parsed = size().safeParse(text)
  if (!parsed.success) throw new InvalidArgumentError('It must be a size, like 20 GB.')
  return parsed.data
}
