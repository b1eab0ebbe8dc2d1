import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { secretsOf } from '../../src/config/secrets.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { load, problemsOf } from './support.ts'

describe('secrets', () => {
  it('are values in keys that sound secret, at any depth, and variables that do; others are not', () => {
    const env = {
      P: 'pass-in-key',
      U: 'user-in-credentials',
      FILE: 'orders.csv',
      API_KEY: 'key-by-name',
      REGION: 'europe',
    }
    const text = 'sources:\n  shopify: { file: "${FILE}", password: "p:${P}", credentials: { user: "${U}" } }\n'
    expect(load(text, { env }).secrets.mask('pass-in-key user-in-credentials orders.csv key-by-name europe')).toBe(
      '*** *** orders.csv *** europe',
    )
  })

  it('of a target that is not selected are masked too', () => {
    const text = 'default_target: a\ntargets:\n  a: { engine: duckdb }\n  b: { engine: duckdb, path: "${DB_TOKEN}" }\n'
    expect(load(text, { env: { DB_TOKEN: 'hunter22' } }).secrets.mask('at hunter22')).toBe('at ***')
  })

  it('are masked however they are escaped', () => {
    const { mask } = secretsOf(["pa\"ss\nwo/rd 'ä'"])
    expect(mask("pa\"ss\nwo/rd 'ä'!")).toBe('***!')
    expect(mask(JSON.stringify({ a: "pa\"ss\nwo/rd 'ä'" }))).toBe('{"a":"***"}')
    expect(mask("https://x/?a=pa%22ss%0Awo%2Frd%20'%C3%A4'&b=1")).toBe('https://x/?a=***&b=1')
    expect(mask('a=pa%22ss%0Awo%2Frd+%27%C3%A4%27&b=1')).toBe('a=***&b=1')
    expect(mask("'pa\"ss\nwo/rd ''ä'''")).toBe("'***'")
  })

  it('of several lines are masked line by line, so that an indented message does not show them', () => {
    const { mask } = secretsOf(['-----BEGIN KEY-----\nMIIEvQIBADAN\n-----END KEY-----\n'])
    expect(mask('  | -----BEGIN KEY-----\n  | MIIEvQIBADAN\n')).toBe('  | -----BEGIN KEY-----\n  | ***\n')
  })

  it('do not include what opens and closes every key in PEM, so that a hint can name it', () => {
    const hint = 'expected: PEM, from -----BEGIN PRIVATE KEY----- on'
    const body = 'MIIEvQIBADAN'
    for (const key of [
      `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`,
      `-----BEGIN PRIVATE KEY-----\\n${body}\\n-----END PRIVATE KEY-----`,
      '-----BEGIN PRIVATE KEY-----',
    ]) {
      expect(secretsOf([key]).mask(hint)).toBe(hint)
    }
    expect(secretsOf([`-----BEGIN PRIVATE KEY-----\\n${body}\\n-----END`]).mask(body)).toBe('***')
  })

  it('that are JSON are masked as a whole and in their secret values; what else is in them can be told', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----\n'
    const token = { type: 'service_account', token_uri: 'https://oauth2.example/token', private_key: key }
    const { mask } = secretsOf([JSON.stringify(token, undefined, 2)])
    expect(mask(JSON.stringify(token, undefined, 2))).toBe('***')
    expect(mask('request to https://oauth2.example/token failed: MIIEvQIBADAN')).toBe(
      'request to https://oauth2.example/token failed: ***',
    )
    expect(mask('{ "type": "service_account", …}')).toBe('{ "type": "service_account", …}')
  })

  it('leave nothing standing where one holds or overlaps another', () => {
    const { mask } = secretsOf(['abcd', 'abcdefgh', 'ghijkl'])
    expect(mask('abcdefgh')).toBe('***')
    expect(mask('<abcdefghijkl>')).toBe('<***>')
    expect(mask('abcdabcd')).toBe('******')
  })

  it('shorter than four characters, and words that switches hold, are left', () => {
    expect(secretsOf(['abc']).mask('abc')).toBe('abc')
    expect(secretsOf([], { TOKENIZERS_PARALLELISM: 'false', A_TOKEN: 'falsehood' }).mask('false falsehood')).toBe(
      'false ***',
    )
  })

  it('are never printed by a problem of the config', () => {
    const secret = `sk_live_${'0123456789'.repeat(8)}`
    const env = { API_TOKEN: secret }
    const problems = problemsOf(
      [
        'reporting: { timezone: "${API_TOKEN}", week_starts_on: "${API_TOKEN}" }',
        'sessions: { timeout: "x${API_TOKEN}" }',
        `funnels: { f: { steps: [a, b], ends_in: "\${API_TOKEN}" } }`,
        `project: ${secret}-written-out`,
      ].join('\n'),
      { env },
    )
    expect(problems).toHaveLength(5)
    const printed = problems.map(describeProblem).join('\n')
    expect(printed).not.toContain('sk_live')
    expect(printed).toContain('sessions.timeout: "x***" is not a duration')
    expect(printed).toContain('reporting.week_starts_on: cannot be "***"')
    expect(printed).toContain('funnels.f.ends_in: no step is called ***')
    expect(printed).toContain('    project: ***-written-out')
  })

  it('are never printed by malformed YAML', () => {
    const problems = problemsOf('project: "hunter22\n', { env: { MY_PASSWORD: 'hunter22' } })
    expect(problems.map(describeProblem).join('\n')).not.toContain('hunter22')
  })

  it('are gone from any text around any value', () => {
    const value = fc.string({ minLength: 4, unit: 'grapheme' }).filter(text => text.length >= 4 && !text.includes('*'))
    fc.assert(
      fc.property(value, fc.string(), fc.string(), (secret, before, after) => {
        const { mask } = secretsOf([secret])
        expect(mask(before + secret + after)).not.toContain(secret)
        expect(mask(JSON.stringify([before, secret, after]))).not.toContain(JSON.stringify(secret).slice(1, -1))
      }),
    )
  })
})
