import { InvalidArgumentError, Option } from 'commander'
import type { OutputForm } from './terminal.ts'

/** How a command answers. */
export interface CommonOptions {
  readonly output?: OutputForm
  readonly color: boolean
}

export const configOption = (): Option =>
  new Option('-c, --config <file>', "the project's config; default: warehouse.config.yaml in this folder")

export const targetOption = (): Option =>
  new Option('-t, --target <name>', 'one of the targets in the config; default: its default_target')

export const outputOption = (): Option =>
  new Option('-o, --output <form>', 'text for people, json for programs: one object a line')
    .choices(['text', 'json'])
    .default('text')

export const noColorOption = (): Option => new Option('--no-color', 'no colours; NO_COLOR=1 does the same')

export const selectOption = (): Option =>
  new Option('-s, --select <criteria...>', 'these nodes alone: sessions, +sessions, sessions+, layer:journeys, tag:x …')

export const excludeOption = (): Option =>
  new Option('-e, --exclude <criteria...>', 'not these nodes; the same criteria as --select')

export const stateOption = (): Option =>
  new Option('--state <folder>', 'of an earlier manifest.json, which state:modified and state:new compare with')

export const threadsOption = (): Option =>
  new Option('--threads <count>', 'nodes worked on at a time').argParser(positiveInteger).default(4)

const failFastOption = (): Option => new Option('-x, --fail-fast', 'begin nothing new after the first failure')

export const storeFailuresOption = (): Option =>
  new Option('--store-failures [schema]', "keep the rows that fail a test in this schema, after the target's prefix")
    .preset('test_failures')
    .argParser(schemaName)

/** What each command takes that works on nodes of the warehouse. */
export const workOptions = (): readonly Option[] => [
  configOption(),
  targetOption(),
  selectOption(),
  excludeOption(),
  stateOption(),
  threadsOption(),
  failFastOption(),
  outputOption(),
]

export const limitOption = (): Option =>
  new Option('-n, --limit <count>', 'rows at most').argParser(positiveInteger).default(10)

export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 1.')
  return Number(text)
}

function schemaName(text: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(text)) {
    throw new InvalidArgumentError('It must be lower-case letters, digits and _, starting with a letter.')
  }
  return text
}
