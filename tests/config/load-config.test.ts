import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadConfig } from '../../src/config/load-config.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { brief, load, problemsOf } from './support.ts'

describe('a config that is right', () => {
  it('is complete when the file is empty: one local target, every section at its defaults', () => {
    const { project, target, targets, sources, definitions, exclude, file, folder } = load('')
    expect({ project, target, targets, sources, definitions, exclude, file, folder }).toEqual({
      project: 'warehouse',
      target: { name: 'local', engine: 'duckdb', path: '/shop/.throughline/warehouse.duckdb' },
      targets: ['local'],
      sources: {},
      definitions: {
        reporting: { timezone: 'UTC' },
        sessions: { timeout: 1800 },
        stages: {},
        attribution: undefined,
        funnels: {},
      },
      exclude: [],
      file: '/shop/warehouse.config.yaml',
      folder: '/shop',
    })
  })

  it('hands every section over parsed', () => {
    const config = load(
      [
        'project: acme',
        'exclude: [sessions, journeys/paths]',
        'sources:',
        '  ga4:',
        '  shopify: { file: orders.csv }',
        'sessions: { timeout: 1 hour }',
        'stages: { aware: [ad_clicked, page_viewed], bought: { event: order_placed } }',
        'attribution: { lookback: 30 days, goal: 20 %, models: { decay: { credit: time_decay, half_life: 7 days } } }',
      ].join('\n'),
    )
    expect(config.project).toBe('acme')
    expect(config.exclude).toEqual(['sessions', 'journeys/paths'])
    expect(config.sources).toEqual({ ga4: { dataset: 'analytics' }, shopify: { file: 'orders.csv' } })
    expect(config.definitions).toEqual({
      reporting: { timezone: 'UTC' },
      sessions: { timeout: 3600 },
      stages: { aware: ['ad_clicked', 'page_viewed'], bought: { event: 'order_placed' } },
      attribution: {
        lookback: 2_592_000,
        goal: 0.2,
        models: { decay: { credit: 'time_decay', half_life: 604_800 } },
      },
      funnels: {},
    })
  })

  it('takes a section or a system whose keys are all commented out for one that says nothing', () => {
    const config = load('targets:\n  # prod: {}\nsources:\n  ga4:\n    # dataset: x\nsessions:\n')
    expect(config.targets).toEqual(['local'])
    expect(config.sources).toEqual({ ga4: { dataset: 'analytics' } })
    expect(config.definitions.sessions).toEqual({ timeout: 1800 })
  })

  it('repeats an anchored value at its alias', () => {
    const config = load('stages:\n  first: &ads [ad_clicked]\n  second: *ads\n')
    expect(config.definitions.stages).toEqual({ first: ['ad_clicked'], second: ['ad_clicked'] })
  })

  it('reads lines that end as Windows ends them, after a byte order mark', () => {
    expect(load('\uFEFFproject: acme\r\nexclude: [a]\r\n').project).toBe('acme')
    expect(brief(problemsOf('\uFEFFprojct: acme\r\nexclude: 1\r\n'))).toEqual([
      '1:1 projct: unknown section projct',
      '2:10 exclude: cannot be 1',
    ])
  })
})

describe('malformed YAML', () => {
  it('is told at the line and column of each mistake', () => {
    expect(brief(problemsOf('project: acme\nexclude: [a,\nstages: }\n'))).toEqual([
      '3:1 not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
      '3:9 not valid YAML: Unexpected flow-map-end token in YAML stream: "}"',
    ])
  })

  it('is a variable within braces without quotes, told alone and with how to write it', () => {
    const problems = problemsOf('targets:\n  local: { engine: duckdb, path: db-${NAME}/a.duckdb }\nproject: acme\n')
    expect(brief(problems)).toEqual(['2:37 not valid YAML: ${NAME} within { … } or [ … ] has to stand in quotes'])
    expect(problems[0]!.hint).toBe('Write "${NAME}", or each key on a line of its own.')
  })

  it('is a second document, an unknown tag, a list in place of sections', () => {
    expect(brief(problemsOf('project: acme\n---\nproject: other\n'))).toEqual([
      '2:1 not valid YAML: the file holds more than one document (a line of ---)',
    ])
    expect(brief(problemsOf('project: !secret acme\n'))).toEqual(['1:10 not valid YAML: Unresolved tag: !secret'])
    expect(brief(problemsOf('# mine\n- project\n'))).toEqual(['2:1 the config holds no sections'])
  })

  it('is a key given twice, told with the line of the first', () => {
    const problems = problemsOf('project: acme\nstages:\n  a: x\n  b: y\n  a: z\nproject: other\n')
    expect(brief(problems)).toEqual(['5:3 stages: key a is given twice', '6:1 key project is given twice'])
    expect(problems[0]?.hint).toBe('The first is in line 3: keep one of them.')
  })

  it('is a key that cannot be one, and an alias of nothing or of itself', () => {
    expect(brief(problemsOf('stages:\n  __proto__: x\n  ? [a]\n  : y\n  b: *nothing\n  c: &self [*self]\n'))).toEqual(
      expect.arrayContaining([
        '2:3 stages: __proto__ cannot be a key',
        '3:5 stages: a list or a map cannot be a key',
        '5:6 stages.b: the alias names no anchor',
        '6:13 stages.c[0]: the alias stands inside the value that it names',
      ]),
    )
  })
})

describe('a wrong config', () => {
  it('is told whole: place, excerpt, expectation and the nearest right spelling of everything at once', () => {
    const problems = problemsOf(
      [
        'projct: acme',
        'sources: { shopfy: { file: x }, shopify: { fiel: x } }',
        'reporting: { week_starts_on: mondya }',
        'sessions:',
        '  timeot: 5 minutes',
      ].join('\n'),
    )
    expect(problems.map(describeProblem).join('\n')).toBe(
      [
        '/shop/warehouse.config.yaml:1:1  projct: unknown section projct; did you mean project?',
        '    projct: acme',
        '    ^',
        '  expected: one of project, default_target, targets, sources, exclude, reporting, sessions, stages, attribution, funnels',
        '/shop/warehouse.config.yaml:2:12  sources.shopfy: unknown source shopfy; did you mean shopify?',
        '    sources: { shopfy: { file: x }, shopify: { fiel: x } }',
        '               ^',
        '  expected: one of ga4, shopify',
        '/shop/warehouse.config.yaml:2:33  sources.shopify.file: missing',
        '    sources: { shopfy: { file: x }, shopify: { fiel: x } }',
        '                                    ^',
        '  expected: text',
        '/shop/warehouse.config.yaml:2:44  sources.shopify.fiel: unknown key fiel; did you mean file?',
        '    sources: { shopfy: { file: x }, shopify: { fiel: x } }',
        '                                               ^',
        '  expected: one of file, password, credentials',
        '/shop/warehouse.config.yaml:3:30  reporting.week_starts_on: cannot be "mondya"; did you mean monday?',
        '    reporting: { week_starts_on: mondya }',
        '                                 ^',
        '  expected: one of monday, sunday',
        '/shop/warehouse.config.yaml:5:3  sessions.timeot: unknown key timeot; did you mean timeout?',
        '      timeot: 5 minutes',
        '      ^',
        '  expected: timeout',
      ].join('\n'),
    )
  })

  it('is told in the words of a value that has its own, at the value', () => {
    expect(brief(problemsOf('sessions: { timeout: 30 min }\nreporting:\n  timezone: Berlin\n'))).toEqual([
      '1:22 sessions.timeout: "30 min" is not a duration, like 30 minutes, 7 days, 1 hour, 45 seconds or 2 weeks',
      '3:13 reporting.timezone: "Berlin" is not a time zone, named like Europe/Berlin, America/New_York or UTC; did you mean Europe/Berlin?',
    ])
  })

  it('is told inside the form that was meant, where a value may have several', () => {
    const problems = problemsOf('stages:\n  a: { evnt: x }\n  b: { event: x, at_least: 0.5 }\n  c: 3\n  D: x\n')
    expect(brief(problems)).toEqual([
      '2:3 stages.a.event: missing',
      '2:8 stages.a.evnt: unknown key evnt',
      '3:28 stages.b.at_least: cannot be 0.5',
      '4:6 stages.c: cannot be 3',
      '5:3 stages.D: "D" is not a name of lower-case letters, digits and _, a letter first, like last_click',
    ])
    expect(problems.map(problem => problem.expected)).toEqual([
      'text',
      'one of event, at_least',
      'a whole number',
      'text, or a list, or a map of keys and values',
      undefined,
    ])
  })

  it('is told by the key that decides between forms', () => {
    const problems = problemsOf('attribution:\n  lookback: 1 day\n  models:\n    a: { credit: frist }\n    b: {}\n')
    expect(brief(problems)).toEqual([
      '4:18 attribution.models.a.credit: cannot be "frist"',
      '5:5 attribution.models.b.credit: missing',
    ])
    expect(problems[0]).toMatchObject({ suggestion: 'first', expected: 'one of first, time_decay' })
  })

  it('is told at the nearest parent that exists where a key is missing', () => {
    expect(brief(problemsOf('project: acme\nattribution:\n  models: {}\n'))).toEqual([
      '2:1 attribution.lookback: missing: write a duration, like 30 minutes, 7 days, 1 hour, 45 seconds or 2 weeks',
    ])
  })

  it('is told at the key where a value is left empty', () => {
    expect(brief(problemsOf('stages:\n  aware:\n'))).toEqual(['2:3 stages.aware: cannot be empty'])
  })

  it("is told by a section's own rules at the value that breaks them", () => {
    const problems = problemsOf(
      'funnels:\n  checkout:\n    steps: [viewed, added]\n    ends_in: bought\n  tiny: { steps: [a], ends_in: a }\n',
    )
    expect(brief(problems)).toEqual([
      '4:14 funnels.checkout.ends_in: no step is called bought',
      '5:18 funnels.tiny.steps: cannot be a list',
    ])
    expect(problems[1]?.expected).toBe('at least 2 entries')
  })

  it('is a section without a default that the file leaves out', () => {
    const text = 'project: acme\nproject_owner: x'
    const needed = { goals: z.array(z.string()), owner: z.strictObject({ name: z.string() }) }
    expect(() => loadConfig({ file: 'c.yaml', text: 'project: acme', env: {}, sections: needed, sources: {} })).toThrow(
      'c.yaml:1:1  goals: missing\n    project: acme\n    ^\n  expected: a list\n' +
        'c.yaml:1:1  owner.name: missing\n    project: acme\n    ^\n  expected: text',
    )
    expect(() => loadConfig({ file: 'c.yaml', text, env: {}, sections: {}, sources: {} })).toThrow(
      'c.yaml:2:1  project_owner: unknown section project_owner',
    )
  })

  it('cannot have a definition called like a section of the engine', () => {
    expect(() =>
      loadConfig({ file: 'c.yaml', text: '', env: {}, sections: { targets: z.string() }, sources: {} }),
    ).toThrow("The section targets is the engine's own: name the definition otherwise.")
  })
})

describe('the place of a value', () => {
  const config = load('funnels:\n  checkout:\n    steps: [viewed, added]\n    ends_in: added\nstages: {}\n')

  it('is its line and column, by path', () => {
    expect(config.place(['funnels', 'checkout', 'steps', 1])).toEqual({
      file: '/shop/warehouse.config.yaml',
      line: 3,
      column: 21,
    })
    expect(config.place(['funnels', 'checkout', 'ends_in'])).toMatchObject({ line: 4, column: 14 })
  })

  it('is the key of the nearest parent where the value is not written', () => {
    expect(config.place(['funnels', 'checkout', 'window', 'days'])).toMatchObject({ line: 2, column: 3 })
    expect(config.place(['funnels', 'checkout', 'steps', 7])).toMatchObject({ line: 3, column: 5 })
    expect(config.place(['objectives'])).toMatchObject({ line: 1, column: 1 })
  })

  it('lets a later check tell a problem with its line', () => {
    const problem = config.problem(['funnels', 'checkout', 'steps', 0], { message: 'no event is called viewed' })
    expect(describeProblem(problem)).toBe(
      '/shop/warehouse.config.yaml:3:13  no event is called viewed\n' +
        '        steps: [viewed, added]\n' +
        '                ^',
    )
  })
})
