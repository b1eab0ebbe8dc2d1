import { describe, expect, it } from 'vitest'
import { brief, load, problemsOf } from './support.ts'

const two = [
  'project: acme',
  'default_target: local',
  'targets:',
  '  local: { engine: duckdb, path: data/acme.duckdb, memory_limit: 4 GB, threads: 2, publish_to: acme.duckdb }',
  '  dev: { extends: local, path: ":memory:", schema: ann }',
].join('\n')

describe('targets', () => {
  it('are local and its file in .throughline where the config names none', () => {
    expect(load('project: acme').target).toEqual({
      name: 'local',
      engine: 'duckdb',
      path: '/shop/.throughline/acme.duckdb',
    })
  })

  it('build in the default one, its paths starting at the folder of the config', () => {
    const config = load(two)
    expect(config.targets).toEqual(['local', 'dev'])
    expect(config.target).toEqual({
      name: 'local',
      engine: 'duckdb',
      path: '/shop/data/acme.duckdb',
      memoryLimitBytes: 4_000_000_000,
      threads: 2,
      publishTo: '/shop/acme.duckdb',
    })
  })

  it('build in the one that was asked for, which inherits what it does not give', () => {
    expect(load(two, { target: 'dev' }).target).toEqual({
      name: 'dev',
      engine: 'duckdb',
      path: ':memory:',
      schema: 'ann',
      memoryLimitBytes: 4_000_000_000,
      threads: 2,
      publishTo: undefined,
    })
  })

  it('inherit through several, the nearest winning', () => {
    const text =
      'default_target: c\ntargets:\n  a: { engine: duckdb, threads: 1, schema: a }\n  b: { extends: a, threads: 2 }\n  c: { extends: b }\n'
    expect(load(text).target).toMatchObject({ name: 'c', threads: 2, schema: 'a' })
  })

  it('need no default where there is one only, or one is called local', () => {
    expect(load('targets: { only: { engine: duckdb } }').target.name).toBe('only')
    expect(load('targets: { other: { engine: duckdb }, local: { engine: duckdb } }').target.name).toBe('local')
  })

  it('need a default where there are several, unless one is asked for', () => {
    const text = 'project: acme\ntargets: { a: { engine: duckdb }, b: { engine: duckdb } }\n'
    const problems = problemsOf(text)
    expect(brief(problems)).toEqual(['1:1 default_target: missing'])
    expect(problems[0]).toMatchObject({ expected: 'one of a, b' })
    expect(load(text, { target: 'b' }).target.name).toBe('b')
  })

  it('are listed when an unknown one is asked for, with the nearest', () => {
    const problems = problemsOf(two, { target: 'lcoal' })
    expect(brief(problems)).toEqual(['3:1 --target: unknown target lcoal'])
    expect(problems[0]).toMatchObject({ expected: 'one of local, dev', suggestion: 'local' })
    expect(problemsOf('', { target: 'prod' })[0]).toMatchObject({ expected: 'local' })
  })

  it('are listed when the default or an extends names an unknown one', () => {
    const problems = problemsOf(
      'default_target: dve\ntargets:\n  dev: { engine: duckdb }\n  mine: { extends: devv }\n  whole: 3\n',
    )
    expect(brief(problems)).toEqual([
      '1:17 default_target: unknown target dve',
      '4:20 targets.mine.extends: unknown target devv',
      '5:10 targets.whole: cannot be 3',
    ])
    expect(problems.map(problem => problem.suggestion)).toEqual(['dev', 'dev', undefined])
  })

  it('cannot extend each other in a circle, which is told once', () => {
    expect(
      brief(
        problemsOf(
          'default_target: a\ntargets:\n  a: { extends: b }\n  b: { extends: c }\n  c: { extends: b }\n  d: { extends: d }\n',
        ),
      ),
    ).toEqual([
      '4:17 targets.b.extends: targets extend each other in a circle: b -> c -> b',
      '6:17 targets.d.extends: targets extend each other in a circle: d -> d',
    ])
  })

  it("do not take over the readers' copy of a target that they extend", () => {
    const text = 'targets:\n  local: { engine: duckdb, publish_to: a.duckdb }\n  dev: { extends: local, schema: dev }\n'
    expect(load(text, { target: 'local' }).target).toMatchObject({ publishTo: expect.stringMatching(/a\.duckdb$/) })
    expect(load(text, { target: 'dev' }).target).toMatchObject({ publishTo: undefined })
  })

  it('say their engine, or extend one that does', () => {
    expect(brief(problemsOf('targets:\n  local: { path: x.duckdb }\n'))).toEqual(['2:3 targets.local.engine: missing'])
  })

  it('of engines that there are not are refused', () => {
    const problems = problemsOf('targets:\n  odd: { engine: duckbd }\n')
    expect(brief(problems)).toEqual(['2:18 targets.odd.engine: cannot be "duckbd"'])
    expect(problems[0]).toMatchObject({ suggestion: 'duckdb', expected: 'one of duckdb, bigquery, snowflake' })
  })

  it('have no keys but those that act, each checked', () => {
    const problems = problemsOf(
      'targets:\n  local:\n    engine: duckdb\n    memory_limit: 4GB\n    threads: 0\n    schema: My Own\n    memry_limit: 4 GB\n    publish_to: ""\n',
    )
    expect(brief(problems)).toEqual([
      '4:19 targets.local.memory_limit: "4GB" is not a size, like 4 GB, 500 MB or 1.5 TB',
      '5:14 targets.local.threads: cannot be 0',
      '6:13 targets.local.schema: is not a name of letters, digits and _, a letter first, like dev_alice',
      '7:5 targets.local.memry_limit: unknown key memry_limit',
      '8:17 targets.local.publish_to: cannot be ""',
    ])
    expect(problems[1]?.expected).toBe('at least 1')
    expect(problems[3]?.suggestion).toBe('memory_limit')
    expect(problems[4]?.expected).toBe('at least 1 character')
  })

  it('are told of the keys of their own engine alone', () => {
    const [problem] = problemsOf('targets:\n  local: { engine: duckdb, pth: a.duckdb }\n')
    expect(problem).toMatchObject({ suggestion: 'path' })
    expect(problem?.expected).toMatch(
      /^one of extends, engine, path, memory_limit, threads, publish_to, schema, models$/,
    )
    const snow = 'engine: snowflake, account: acme-prod, user: A, password: p, database: D, schema: S, warehouse: W'
    const tags = `targets:\n  local: { ${snow}, policy_tags: { email: 34 } }\n`
    expect(brief(problemsOf(tags)).filter(told => told.includes('policy_tags'))).toEqual([
      expect.stringMatching(/targets\.local\.policy_tags: is a key of bigquery, and this target is of snowflake$/),
    ])
    const models = `targets:\n  local: { ${snow}, models: { events: { warehous: BIG } } }\n`
    expect(problemsOf(models)[0]).toMatchObject({
      expected: 'one of warehouse, retention_days',
      suggestion: 'warehouse',
    })
  })

  it('cannot publish onto the database itself', () => {
    expect(
      brief(problemsOf('targets:\n  local: { engine: duckdb, path: a.duckdb, publish_to: ./a.duckdb }\n')),
    ).toEqual(['2:56 targets.local.publish_to: is the database itself'])
  })
})
