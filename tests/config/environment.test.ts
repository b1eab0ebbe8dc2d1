import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brief, load, problemsOf } from './support.ts'

const ofFile = (text: string, env: Record<string, string>) =>
  (load(`sources:\n  shopify: { file: ${text} }\n`, { env }).sources.shopify as { file: string }).file

describe('values of the environment', () => {
  it('stand for a whole text or a part of one, in any style of quotes', () => {
    const env = { FILE: 'orders.csv', DAY: '2026-01-02' }
    expect(ofFile('"${FILE}"', env)).toBe('orders.csv')
    expect(ofFile("'in/${DAY}/${FILE}'", env)).toBe('in/2026-01-02/orders.csv')
    expect(load('sources:\n  shopify:\n    file: a/${DAY}/b\n', { env }).sources.shopify).toEqual({
      file: 'a/2026-01-02/b',
    })
    expect(load('sources:\n  shopify:\n    file: >-\n      a/${DAY}\n', { env }).sources.shopify).toEqual({
      file: 'a/2026-01-02',
    })
  })

  it('are not put in where $${ escapes', () => {
    expect(ofFile('"$${FILE}/${FILE}/$FILE"', { FILE: 'x' })).toBe('${FILE}/x/$FILE')
  })

  it('are not replaced again inside themselves', () => {
    expect(ofFile('"${A}"', { A: '${B} $${C}', B: 'never' })).toBe('${B} $${C}')
  })

  it('arrive unchanged whatever is in them', () => {
    const awkward = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom('"', "'", '\n', '\r', ': ', '#', ' #', '{', '}', '$', '\\', '- ', '&', '*', '\t'),
      }),
    )
    fc.assert(
      fc.property(awkward, fc.constantFrom('', '"', "'"), (value, quote) => {
        const text = `sources:\n  shopify:\n    file: ${quote}<\${VALUE}>${quote}\n`
        expect(load(text, { env: { VALUE: value } }).sources).toEqual({ shopify: { file: `<${value}>` } })
      }),
    )
  })

  it('that are not set are told at the reference itself', () => {
    const problems = problemsOf('sources:\n  shopify:\n    file: "a/${DAY}/${FILE}"\n    password: ${PASS}\n', {
      env: { DAY: '1' },
    })
    expect(brief(problems)).toEqual([
      '3:21 sources.shopify.file: environment variable FILE is not set',
      '4:15 sources.shopify.password: environment variable PASS is not set',
    ])
    expect(problems[0]).toMatchObject({
      hint: 'Set it before the run: export FILE=...',
      excerpt: '    file: "a/${DAY}/${FILE}"\n                    ^',
    })
  })

  it('that every object has by birth are not taken for variables', () => {
    expect(brief(problemsOf('project: "${constructor}"'))).toEqual([
      '1:11 project: environment variable constructor is not set',
    ])
  })

  it('need a name that a variable can have', () => {
    expect(brief(problemsOf('project: "a_${A-b}_${}_${OPEN"'))).toEqual([
      '1:13 project: ${A-b} names no environment variable',
      '1:20 project: ${} names no environment variable',
      '1:24 project: ${OPEN names no environment variable',
    ])
  })

  it('are needed by the selected target and those it extends, not by the others', () => {
    const text = [
      'default_target: "${WHICH}"',
      'targets:',
      '  base: { engine: duckdb, schema: "${BASE}" }',
      '  dev: { extends: base, path: "${DEV_PATH}", memory_limit: "${MEMORY}" }',
      '  local: { engine: duckdb, path: x.duckdb }',
    ].join('\n')
    expect(load(text, { env: { WHICH: 'local' } }).target).toMatchObject({ path: '/shop/x.duckdb' })
    expect(load(text, { env: { WHICH: 'local', BASE: 'me' }, target: 'base' }).target).toMatchObject({ schema: 'me' })
    expect(brief(problemsOf(text, { env: { WHICH: 'dev', MEMORY: '4 GB' } }))).toEqual([
      '3:36 targets.base.schema: environment variable BASE is not set',
      '4:32 targets.dev.path: environment variable DEV_PATH is not set',
    ])
    expect(brief(problemsOf(text, { target: 'local' }))).toEqual([
      '1:18 default_target: environment variable WHICH is not set',
    ])
  })

  it('are checked like any other value', () => {
    const problems = problemsOf('sessions:\n  timeout: ${TIMEOUT}\n', { env: { TIMEOUT: 'soon' } })
    expect(brief(problems)).toEqual([
      '2:12 sessions.timeout: "soon" is not a duration, like 30 minutes, 7 days, 1 hour, 45 seconds or 2 weeks',
    ])
  })
})
