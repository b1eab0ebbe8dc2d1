import { z } from 'zod'
import { identifierName, size } from './values.ts'

/** Engines that are planned for; a target of theirs is refused with a word of its own. */
const futureEngines: readonly string[] = ['bigquery', 'snowflake']

/** Whether `engine` is one that a later version builds in, not this one. */
export function isFutureEngine(engine: unknown): boolean {
  return typeof engine === 'string' && futureEngines.includes(engine)
}

/** A target as it is written, before `extends`: every key may come from the target that it extends. */
export const targetSchema = z.strictObject({
  extends: z.string().min(1).optional().describe('Another target, whose keys hold here unless given again.'),
  engine: z
    .enum(['duckdb'], {
      error: issue =>
        isFutureEngine(issue.input)
          ? `this version builds in duckdb only, not in ${String(issue.input)}: write engine: duckdb`
          : undefined,
    })
    .optional()
    .describe('The warehouse that builds the models: duckdb.'),
  path: z
    .string()
    .min(1)
    .optional()
    .describe(
      "The database's file, relative to this file's folder, or :memory:. Default: .throughline/<project>.duckdb.",
    ),
  schema: identifierName()
    .optional()
    .describe("Put before every layer's schema name, so that developers build beside each other."),
  memory_limit: size().optional().describe('The most memory that the database may use, like 4 GB.'),
  threads: z.int().min(1).optional().describe('How many threads the database may use.'),
  publish_to: z
    .string()
    .min(1)
    .optional()
    .describe(
      "A copy of the database for readers, made after a run; relative to this file's folder. Not taken over by a target that extends this one.",
    ),
})

/** The sections that the engine itself reads. Every other section is a definition of the project. */
export const engineSections = {
  project: identifierName().default('warehouse').describe('The name of the project.'),
  default_target: z.string().min(1).optional().describe('The target that is built where none is named.'),
  targets: z.record(identifierName(), targetSchema).default({}).describe('Where the models are built, by name.'),
  exclude: z
    .array(z.string().min(1))
    .default([])
    .describe('Models to leave out, by name or by the path of the file, like models/journeys/sessions.ts.'),
} as const

/** What editors say about the section `sources`, whose settings have the schemas that the systems declare. */
export const sourcesDescription = 'The systems whose data is read, by name. What is not named here is off.'

/** The top-level keys that no definition may take. */
export const engineKeys: readonly string[] = ['project', 'default_target', 'targets', 'sources', 'exclude']
