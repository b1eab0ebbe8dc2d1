import { writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Option } from 'commander'
import { configJsonSchema } from '../../config/json-schema.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { type Cli, declare } from '../cli.ts'
import { configFile } from '../config-file.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { type CommonOptions, configOption } from '../options.ts'
import { loadProjectOf, schemasOf } from '../project-files.ts'
import { shortPath } from '../report/problem-text.ts'
import type { Terminal } from '../terminal.ts'

interface SchemaOptions extends CommonOptions {
  readonly config?: string
  readonly to?: string
}

export function schemaCommand(cli: Cli): void {
  declare(cli, 'schema', {
    description: "print the config's JSON Schema, by which editors complete and check it",
    notes: 'With the sections and sources of your own project in it. The config itself is not read.',
    examples: [['schema --to warehouse.config.schema.json', 'write it beside the config, whose first line names it']],
    options: [new Option('--to <file>', 'write it to this file, not to stdout'), configOption()],
  }).action((options: SchemaOptions) => cli.carryOut(options, async terminal => schema(options, terminal)))
}

function schema(options: SchemaOptions, terminal: Terminal): ExitCode {
  const { cwd, stock } = terminal.effects
  const { project, problems } = loadProjectOf(dirname(configFile(options.config, cwd)), stock)
  if (problems.length > 0) throw new ProblemsError(problems)
  const { sections, sources } = schemasOf(project)
  const text = `${JSON.stringify(configJsonSchema(sections, sources), null, 2)}\n`
  if (options.to === undefined) {
    terminal.write(text)
    return exitCodes.good
  }
  const file = resolve(cwd, options.to)
  try {
    writeFileSync(file, text)
  } catch (error) {
    const message = `${shortPath(file, cwd)} cannot be written: ${(error as Error).message}`
    throw new ProblemsError([{ kind: 'project', message }], { cause: error })
  }
  terminal.print(`Wrote ${shortPath(file, cwd)}`)
  return exitCodes.good
}
