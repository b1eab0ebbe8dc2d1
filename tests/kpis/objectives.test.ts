import { describe, expect, it } from 'vitest'
import { compileProject } from '../../src/compile/compile-project.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { naming } from '../../src/compile/naming.ts'
import { loadConfig } from '../../src/config/load-config.ts'
import { describeProblem, ProblemsError } from '../../src/problems/problem.ts'
import { stockProject } from '../support/world.ts'

/** What a user reads who has this config. */
function problemsWith(text: string): readonly string[] {
  const project = stockProject()
  const sections = Object.fromEntries(
    [...project.definitions.values()].map(({ value }) => [value.section, value.schema]),
  )
  const whole = `project: acme\ntargets: { local: { engine: duckdb, path: a.duckdb } }\n${text}`
  try {
    const config = loadConfig({ file: 'warehouse.config.yaml', text: whole, env: {}, sections, sources: {} })
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
    return problems.map(describeProblem)
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems.map(describeProblem)
    throw error
  }
}

describe('Objectives', () => {
  it('may be for every KPI that the conversions and funnels make, in its unit', () => {
    expect(
      problemsWith(`
objectives:
  - { kpi: checkout_conversion_rate, at_least: 0.12 }
  - { kpi: purchase_rate, at_least: 3 %, period: month }
  - { kpi: purchase_rate, at_least: 2 %, period: week }
  - { kpi: purchase_rate, at_least: 5 %, segment: channel, segment_value: Email }
  - { kpi: purchase_revenue, at_least: 50000, period: month }
  - { kpi: purchase_time, at_most: 3 days }
`),
    ).toEqual([])
  })

  it('may be for stages, offline journeys and what ads bring and cost', () => {
    expect(
      problemsWith(`
stages: { aware: page_viewed, customer: order_placed }
objectives:
  - { kpi: customer_stage_rate, at_least: 5 %, segment: channel }
  - { kpi: purchase_offline_share, at_least: 10 % }
  - { kpi: purchase_roas, at_least: 4 }
  - { kpi: purchase_cost, at_most: 12.5, segment: channel, segment_value: Paid Search }
`),
    ).toEqual([])
  })

  it('for what ads bring are refused by another segment than the channel, and for a stage that there is not', () => {
    const problems = problemsWith(`
segments: [channel, country]
objectives:
  - { kpi: purchase_roas, at_least: 4, segment: country }
  - { kpi: customer_stage_rate, at_least: 5 % }
`)
    expect(problems.map(problem => problem.split('\n')[0])).toEqual([
      'warehouse.config.yaml:6:49  objectives[0].segment: purchase_roas is not told by country',
      expect.stringContaining('warehouse.config.yaml:7:12  objectives[1].kpi: there is no KPI customer_stage_rate'),
    ])
    expect(problems[0]).toContain('expected: channel')
  })

  it('for a KPI that there is not are refused at their line, with the nearest name', () => {
    const [problem, ...others] = problemsWith(`
objectives:
  - { kpi: purchase_rate, at_least: 3 % }
  - { kpi: checkout_convresion_rate, at_least: 0.12 }
`)
    expect(others).toEqual([])
    expect(problem).toContain(
      'warehouse.config.yaml:6:12  objectives[1].kpi: there is no KPI checkout_convresion_rate; did you mean checkout_conversion_rate?',
    )
    expect(problem).toContain('expected: one of sessions, people, purchase_rate, purchase_person_rate')
  })

  it('are refused all at once where goals are of another unit, segments are not declared, or a number has two goals', () => {
    const problems = problemsWith(`
objectives:
  - { kpi: purchase_rate, at_least: 3 }
  - { kpi: purchase_time, at_most: 3 }
  - { kpi: purchase_revenue, at_least: 3 % }
  - { kpi: checkout_conversion_rate, at_least: 3 days }
  - { kpi: purchase_count, at_least: 10, segment: country }
  - { kpi: purchase_rate, at_most: 50 %, period: month }
`)
    expect(problems.map(problem => problem.split('\n')[0])).toEqual([
      'warehouse.config.yaml:5:37  objectives[0].at_least: 3 is no goal for purchase_rate',
      'warehouse.config.yaml:6:36  objectives[1].at_most: 3 is no goal for purchase_time',
      'warehouse.config.yaml:7:40  objectives[2].at_least: 3 % is no goal for purchase_revenue',
      'warehouse.config.yaml:8:48  objectives[3].at_least: 3 days is no goal for checkout_conversion_rate',
      'warehouse.config.yaml:9:51  objectives[4].segment: country is not among segments',
      'warehouse.config.yaml:10:5  objectives[5]: sets purchase_rate a second goal beside objectives[0]',
    ])
    expect(problems[0]).toContain('Did you mean 3 %?')
    expect(problems[1]).toContain('expected: a duration, like 3 days or 45 minutes')
  })

  it('have one goal, which is a number, a rate or a duration', () => {
    expect(problemsWith('objectives: [{ kpi: purchase_rate }]').join()).toContain('one goal: at_least or at_most')
    expect(problemsWith('objectives: [{ kpi: purchase_rate, at_least: much }]').join()).toContain('"much" is no goal')
    expect(problemsWith('objectives: [{ kpi: purchase_rate, reduce_by: 20 % }]').join()).toContain(
      'unknown key reduce_by',
    )
  })
})

describe('A segment by stage', () => {
  it('is refused where there are no stages', () => {
    expect(problemsWith('segments: [channel, stage]').map(problem => problem.split('\n')[0])).toEqual([
      'warehouse.config.yaml:3:21  segments[1]: there are no stages to tell people apart by',
    ])
    expect(problemsWith('segments: [channel, stage]\nstages: { aware: page_viewed }')).toEqual([])
  })
})

describe('A conversion and a stage', () => {
  it('that would make one KPI of one name are refused', () => {
    expect(
      problemsWith(`
conversions: { aware_stage: { event: order_placed } }
stages: { aware: page_viewed }
`).map(problem => problem.split('\n')[0]),
    ).toEqual([
      'warehouse.config.yaml:4:29  conversions.aware_stage: makes the KPI aware_stage_rate, which stages.aware makes too',
    ])
  })
})

describe('A conversion and a funnel', () => {
  it('that would make one KPI of one name are refused', () => {
    expect(
      problemsWith(`
conversions: { checkout_conversion: { event: order_placed } }
`).map(problem => problem.split('\n')[0]),
    ).toEqual([
      'warehouse.config.yaml:4:37  conversions.checkout_conversion: makes the KPI checkout_conversion_rate, which funnels.checkout makes too',
    ])
  })
})
