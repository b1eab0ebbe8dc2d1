import { describe, expect, test } from 'vitest'
import { compileProject } from '../../src/compile/compile-project.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { naming } from '../../src/compile/naming.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { stockProject } from '../support/world.ts'

/** What a user reads, and where, who has these lines under `identity`. */
function problemsWith(lines: string): readonly string[] {
  const project = stockProject()
  const text = `project: acme\ntargets: { local: { engine: duckdb, path: a.duckdb } }\nidentity:\n${lines}`
  const sections = Object.fromEntries(
    [...project.definitions.values()].map(({ value }) => [value.section, value.schema]),
  )
  const config = loadConfig({ file: 'warehouse.config.yaml', text, env: {}, sections, sources: {} })
  const { problems } = compileProject({
    project,
    dialect: duckdb,
    naming: naming(undefined),
    definitions: config.definitions,
    sources: {},
    exclude: [],
    startedAt: '2026-06-01 12:00:00',
    inConfig: config.problem,
  })
  return problems.map(problem => describeProblem(problem).split('\n')[0]!)
}

describe('the config that merges and keeps apart', () => {
  test('may do both, of different people', () => {
    expect(
      problemsWith(`
  merge:
    - [{ user_id: A17 }, { user_id: 18 }]
    - [{ email: ada@acme.example }, { user_id: A17 }]
  keep_apart:
    - [{ user_id: A17 }, { user_id: B }]
    - [{ email: office@acme.example }, { user_id: A17 }]`),
    ).toEqual([])
  })

  test('is refused, at its line, where it keeps apart what it merges, be it by a third and in another spelling', () => {
    expect(
      problemsWith(`
  merge:
    - [{ user_id: A17 }, { email: " Ada@ACME.example" }]
    - [{ email: ada@acme.example }, { user_id: 18 }]
  keep_apart:
    - [{ user_id: B }, { user_id: C }]
    - [{ user_id: "18" }, { user_id: A17 }]`),
    ).toEqual([
      'warehouse.config.yaml:10:7  identity.keep_apart[1]: keeps apart user_id 18 and user_id A17, which identity.merge makes one person',
    ])
  })

  test('is refused where it names what identifies nobody', () => {
    expect(
      problemsWith(`
  blocked: { email: ["*@spam.example"], phone: ["0049 0000000"] }
  phone_country: DE
  merge:
    - [{ user_id: guest }, { email: x@SPAM.example }]
    - [{ phone: "+49 0000-000" }, { phone: "12" }, { email: ada }]`),
    ).toEqual([
      'warehouse.config.yaml:8:19  identity.merge[0][0].user_id: guest identifies nobody: placeholder value',
      'warehouse.config.yaml:8:37  identity.merge[0][1].email: x@spam.example identifies nobody: blocked value',
      'warehouse.config.yaml:9:17  identity.merge[1][0].phone: +490000000 identifies nobody: blocked value',
      'warehouse.config.yaml:9:44  identity.merge[1][1].phone: 12 identifies nobody: not a phone number',
      'warehouse.config.yaml:9:61  identity.merge[1][2].email: ada identifies nobody: not an e-mail address',
    ])
  })

  test('is refused where it names one identifier twice', () => {
    expect(problemsWith(`  keep_apart: [[{ email: ada@acme.example }, { email: ADA@acme.example }]]`)).toEqual([
      'warehouse.config.yaml:4:55  identity.keep_apart[0][1].email: ada@acme.example stands there twice',
    ])
  })
})
