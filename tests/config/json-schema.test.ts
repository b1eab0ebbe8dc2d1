import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { configJsonSchema } from '../../src/config/json-schema.ts'
import { load, sections, sources } from './support.ts'

const schema = configJsonSchema(sections, sources)
const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema)

/** Where in the file an editor would draw a line, and why. */
const faults = (text: string) => {
  validate(parse(text))
  return (validate.errors ?? []).map(error => `${error.instancePath} ${error.keyword}`)
}

describe('the JSON Schema for editors', () => {
  it('accepts a right file, which the loader accepts too', () => {
    const right = [
      'project: acme',
      'default_target: local',
      'targets:',
      '  local: { engine: duckdb, memory_limit: 4 GB, threads: 2 }',
      '  dev: { extends: local, schema: "${USER}" }',
      'sources: { ga4: , shopify: { file: "${FILE}" } }',
      'exclude: [sessions]',
      'sessions: { timeout: 1 hour }',
      'stages: { aware: [ad_clicked], bought: { event: order_placed, at_least: 2 } }',
      'attribution: { lookback: 30 days, goal: 20 %, models: { a: { credit: first } } }',
    ].join('\n')
    expect(faults(right)).toEqual([])
    expect(load(right, { env: { FILE: 'x', USER: 'ann' } }).project).toBe('acme')
  })

  it('accepts an empty map: everything has a default', () => {
    expect(faults('{}')).toEqual([])
  })

  it('marks what the loader refuses', () => {
    expect(
      faults(
        [
          'projct: acme',
          'targets: { local: { engine: duckdb, memory_limit: 4GB }, Bad: { engine: duckdb } }',
          'sources: { gaa4: {} }',
          'sessions: { timeout: 30 min }',
          'reporting: { week_starts_on: friday }',
          'attribution: { models: {} }',
        ].join('\n'),
      ).sort(),
    ).toEqual([
      ' additionalProperties',
      '/attribution required',
      '/reporting/week_starts_on enum',
      '/sessions/timeout pattern',
      '/sources additionalProperties',
      '/targets pattern',
      '/targets propertyNames',
      '/targets/local/memory_limit pattern',
    ])
  })

  it('describes what a person writes, not what it is parsed to', () => {
    expect(schema).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      additionalProperties: false,
      properties: {
        project: { description: 'The name of the project.' },
        sessions: {
          additionalProperties: false,
          properties: {
            timeout: { type: 'string', default: '30 minutes', description: 'Idle time that ends a session.' },
          },
        },
      },
    })
  })
})
