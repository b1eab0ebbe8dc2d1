import type { z } from 'zod'
import type { Definition } from '../../authoring/definition.ts'
import type { UnitTest } from '../../authoring/tests.ts'
import type { CompileInput } from '../../compile/compile-input.ts'
import type { Problem } from '../../problems/problem.ts'
import type { Named, Project } from '../../project/project.ts'
import { problemOf } from './problem.ts'

/** What a unit test's model is compiled with: definitions by section, sources that are on by name. */
export type UnitTestSettings = Pick<CompileInput, 'definitions' | 'sources'>

export interface ReadSettings {
  readonly settings: UnitTestSettings
  /** Sections that have no default and are not defined by the test. */
  readonly missing: readonly string[]
  readonly problems: readonly Problem[]
}

/** The settings of a unit test: what it defines, parsed by the schemas; all other definitions have their defaults, all other sources are off. */
export function settingsOf(test: Named<UnitTest>, project: Project): ReadSettings {
  const definitions: Record<string, unknown> = {}
  const sources: Record<string, unknown> = {}
  const problems: Problem[] = []
  const parse = (schema: z.ZodType, value: unknown, word: string, what: string): unknown => {
    const parsed = schema.safeParse(value)
    if (parsed.success) return parsed.data
    for (const { path, message } of parsed.error.issues) {
      const key = path.map(String).join('.')
      problems.push(
        problemOf(test, word, { message: `${what} is not as it should be: ${key === '' ? '' : `${key}: `}${message}` }),
      )
    }
    return undefined
  }
  for (const { of, value } of test.value.definitions) {
    if (of.kind === 'definition') {
      definitions[of.section] = parse(of.schema, value, nameOfDefinition(of, project), `the section '${of.section}'`)
      continue
    }
    const name = project.names.source(of)
    if (name === undefined)
      problems.push(problemOf(test, 'defined', { message: 'defines a source that the project does not have' }))
    else sources[name] = parse(of.settings, value, name, `the source '${name}'`)
  }
  const missing = addDefaults(definitions, project)
  return { settings: { definitions, sources }, missing, problems }
}

function nameOfDefinition(of: Definition, project: Project): string {
  return project.definitions.get(of.section)?.name ?? of.section
}

/** Gives the sections that have none. */
function addDefaults(definitions: Record<string, unknown>, project: Project): readonly string[] {
  const missing: string[] = []
  for (const { value } of project.definitions.values()) {
    if (value.section in definitions) continue
    const parsed = value.schema.safeParse(undefined)
    if (parsed.success) definitions[value.section] = parsed.data
    else missing.push(value.section)
  }
  return missing
}
