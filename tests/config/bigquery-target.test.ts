import { describe, expect, it } from 'vitest'
import { brief, load, problemsOf } from './support.ts'

const prod = [
  'default_target: prod',
  'targets:',
  '  prod:',
  '    engine: bigquery',
  '    project: acme-analytics',
  '    location: EU',
  '    dataset: journeys',
  '    datasets: { kpis: marketing, staging: other-project.staging }',
  '    labels: { team: growth }',
  '    priority: batch',
  '    job_timeout: 30 minutes',
  '    maximum_bytes_billed: 500 GB',
  '    key_file: keys/acme.json',
  '    impersonate: builder@acme.iam.gserviceaccount.com',
].join('\n')

describe('A target in BigQuery', () => {
  it('says where it builds, under which limits, and how it signs in', () => {
    expect(load(prod).target).toEqual({
      name: 'prod',
      engine: 'bigquery',
      project: 'acme-analytics',
      location: 'EU',
      dataset: 'journeys',
      datasets: { kpis: 'marketing', staging: 'other-project.staging' },
      labels: { team: 'growth' },
      priority: 'batch',
      jobTimeoutSeconds: 1800,
      maximumBytesBilled: 500e9,
      models: {},
      policyTags: {},
      budget: undefined,
      usdPerTib: 6.25,
      keyFile: '/shop/keys/acme.json',
      credentials: undefined,
      impersonate: 'builder@acme.iam.gserviceaccount.com',
      apiEndpoint: undefined,
    })
  })

  it('needs a project, a location and a dataset, each missing one told', () => {
    expect(brief(problemsOf('targets:\n  prod: { engine: bigquery, location: EU }\n'))).toEqual([
      '2:3 targets.prod.project: missing',
      '2:3 targets.prod.dataset: missing',
    ])
  })

  it('says of one model what holds for it in the place of that', () => {
    const models =
      '{ events: { maximum_bytes_billed: 2 TB, labels: { use: web } }, sessions: { priority: interactive, job_timeout: 1 hour } }'
    expect(load(`${prod}\n    models: ${models}\n`).target).toMatchObject({
      models: {
        events: { maximumBytesBilled: 2e12, labels: { use: 'web' } },
        sessions: { priority: 'interactive', jobTimeoutSeconds: 3600, labels: {} },
      },
    })
  })

  it('says nothing of a model that no engine knows, nor what another engine does', () => {
    const briefOf = (models: string) => brief(problemsOf(`${prod}\n    models: ${models}\n`))
    expect(briefOf('{ events: { priorty: batch } }')).toEqual([
      '15:25 targets.prod.models.events.priorty: unknown key priorty',
    ])
    expect(briefOf('{ events: { priority: soon } }')[0]).toMatch(/^15:35 targets\.prod\.models\.events\.priority: /)
    const local = 'targets:\n  local: { engine: duckdb, models: { events: { priority: batch } } }\n'
    expect(brief(problemsOf(local))).toEqual([
      '2:48 targets.local.models.events.priority: is a key of bigquery, and this target is of duckdb',
    ])
  })

  it('names the policy tags of classes of columns, in full', () => {
    const tag = 'projects/acme/locations/eu/taxonomies/12/policyTags/34'
    expect(load(`${prod}\n    policy_tags: { email: ${tag} }\n`).target).toMatchObject({ policyTags: { email: tag } })
    expect(
      brief(problemsOf(`${prod}\n    policy_tags: { email: 34, E-mail: ${tag}, phone: policyTags/34 }\n`)),
    ).toEqual([
      expect.stringMatching(/^15:27 targets\.prod\.policy_tags\.email: /),
      expect.stringMatching(/^15:31 targets\.prod\.policy_tags\.E-mail: /),
      expect.stringMatching(/^15:\d+ targets\.prod\.policy_tags\.phone: is not a policy tag, like projects\//),
    ])
  })

  it('may have a budget, in dollars, in bytes or both', () => {
    const budgetOf = (budget: string) => load(`${prod}\n    budget: ${budget}\n`).target
    expect(budgetOf('{ usd: 5 }')).toMatchObject({ budget: { usd: 5 } })
    expect(budgetOf('{ bytes: 500 GB, usd: 2.5 }')).toMatchObject({ budget: { bytes: 500e9, usd: 2.5 } })
  })

  it('has no budget that limits nothing, nor one that nothing could keep', () => {
    const briefOf = (budget: string) => brief(problemsOf(`${prod}\n    budget: ${budget}\n`))
    expect(briefOf('{}')).toEqual([
      expect.stringMatching(/^15:13 targets\.prod\.budget: says no limit: write \{ usd: 5 \}/),
    ])
    expect(briefOf('{ usd: 0 }')).toEqual([expect.stringMatching(/^15:20 targets\.prod\.budget\.usd: /)])
    expect(briefOf('{ bytes: much }')).toEqual([expect.stringMatching(/^15:22 targets\.prod\.budget\.bytes: /)])
    const local = 'targets:\n  local:\n    engine: duckdb\n    budget: { usd: 5 }\n'
    expect(brief(problemsOf(local))).toEqual([
      '4:5 targets.local.budget: is a key of bigquery and snowflake, and this target is of duckdb',
    ])
  })

  it('has no keys of DuckDB, and DuckDB none of its', () => {
    const text = [
      'default_target: local',
      'targets:',
      '  local: { engine: duckdb, location: EU }',
      '  prod: { engine: bigquery, project: acme, location: EU, dataset: j, memory_limit: 4 GB }',
    ].join('\n')
    expect(brief(problemsOf(text))).toEqual([
      '3:28 targets.local.location: is a key of bigquery, and this target is of duckdb',
      '4:70 targets.prod.memory_limit: is a key of duckdb, and this target is of bigquery',
    ])
  })

  it('is told where schema is written for dataset', () => {
    const text = 'targets:\n  prod: { engine: bigquery, project: acme, location: EU, dataset: j, schema: x }\n'
    expect(problemsOf(text)[0]?.hint).toBe('Write dataset: to name the datasets.')
  })

  it('that extends another with a dataset of its own builds in none of the datasets that are named there', () => {
    const dev = load(`${prod}\n  dev: { extends: prod, dataset: ann }\n`, { target: 'dev' }).target
    expect(dev).toMatchObject({ project: 'acme-analytics', dataset: 'ann', datasets: {} })
    const night = load(`${prod}\n  night: { extends: prod, priority: interactive }\n`, { target: 'night' }).target
    expect(night).toMatchObject({ datasets: { kpis: 'marketing', staging: 'other-project.staging' } })
  })

  it('keeps its scratch apart, which every build empties', () => {
    const text = prod.replace('kpis: marketing', 'kpis: marketing, tl_scratch: marketing')
    expect(brief(problemsOf(text))).toEqual([
      '8:46 targets.prod.datasets.tl_scratch: another layer stands there too, and every build empties the dataset of scratch',
    ])
  })

  it('hides the credentials that stand in the environment', () => {
    const text = `${prod.replace('key_file: keys/acme.json', 'credentials: ${ACME}')}\n`
    const config = load(text, { env: { ACME: '{"type":"service_account"}' } })
    expect(config.target).toMatchObject({ credentials: '{"type":"service_account"}' })
    expect(config.secrets.mask('it is {"type":"service_account"}')).toBe('it is ***')
  })

  it('names projects, locations, datasets and labels as Google does', () => {
    const text = [
      'targets:',
      '  prod:',
      '    engine: bigquery',
      '    project: Acme Analytics',
      '    location: europe west',
      '    dataset: my-journeys',
      '    labels: { Team: growth }',
    ].join('\n')
    expect(brief(problemsOf(text)).map(line => line.split(/: | is not/)[0])).toEqual([
      '4:14 targets.prod.project',
      '5:15 targets.prod.location',
      '6:14 targets.prod.dataset',
      '7:15 targets.prod.labels.Team',
    ])
  })
})
