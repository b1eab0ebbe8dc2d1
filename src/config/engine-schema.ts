import { z } from 'zod'
import { targetSchema } from './target-schema.ts'
import { identifierName } from './values.ts'

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
