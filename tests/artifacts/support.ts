import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { TestContext } from 'vitest'
import type { ArtifactContext } from '../../src/artifacts/artifact-context.ts'
import type { TestProject } from '../support/project.ts'

const schemas = fileURLToPath(new URL('../../../shared/spec/dbt-artifacts/', import.meta.url))

export const contextOf = ({ project, compiled, input }: TestProject): ArtifactContext => ({
  projectName: 'acme',
  database: 'warehouse',
  dialect: input.dialect,
  project,
  compiled,
})

/** What dbt's published schema says against an artifact, each as `path message`. Skips the test where the schemas are absent. */
export function schemaErrors(context: TestContext, schema: string, artifact: unknown): readonly string[] {
  const file = `${schemas}${schema}`
  context.skip(!existsSync(file), `dbt's schemas are not in ${schemas}`)
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')))
  validate(JSON.parse(JSON.stringify(artifact)))
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}
