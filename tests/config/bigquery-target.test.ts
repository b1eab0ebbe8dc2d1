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
