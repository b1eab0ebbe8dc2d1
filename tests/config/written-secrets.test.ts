import { describe, expect, it } from 'vitest'
import { describeProblem, type Problem } from '../../src/problems/problem.ts'
import { load, problemsOf } from './support.ts'

const secret = 'hUsh-9f8e7d6c5b4a'
/** Each key of a target that holds a secret, and its engine. */
const keys = [
  ['oauth_token', 'snowflake'],
  ['programmatic_access_token', 'snowflake'],
  ['private_key', 'snowflake'],
  ['private_key_passphrase', 'snowflake'],
  ['password', 'snowflake'],
  ['mfa_passcode', 'snowflake'],
  ['credentials', 'bigquery'],
] as const
const needed = {
  snowflake: 'engine: snowflake, account: a-b, user: U, database: D, schema: S',
  bigquery: 'engine: bigquery, project: acme, location: EU, dataset: d',
}
const printed = (problems: readonly Problem[]) =>
  `${problems.map(describeProblem).join('\n')}\n${JSON.stringify(problems)}`
const told = (text: string, target?: string) => {
  const problems = problemsOf(text, { target })
  expect(problems).not.toEqual([])
  return printed(problems)
}
const hidden = (text: string, target?: string) => {
  const all = told(text, target)
  expect(all).not.toContain(secret)
  expect(all).not.toContain(secret.slice(-8))
  return all
}

describe.each(keys)('A secret that is written out as %s of a target in %s', (key, engine) => {
  const keysOf = needed[engine]

  it('is not shown beside a key that nobody knows, on its line or before it', () => {
    expect(hidden(`targets: { t: { ${keysOf}, ${key}: ${secret}, acount: x } }`)).toContain(
      `, ${key}: ***, acount: x } }\n`,
    )
    hidden(`targets: { t: { acount: x, ${keysOf}, ${key}: '${secret}' } }`)
  })

  it('is not shown where it is of another type, or a list, or a map', () => {
    expect(hidden(`targets:\n  t: { ${keysOf}, ${key}: [${secret}] }`)).toContain(`${key}: cannot be a list`)
    expect(hidden(`targets:\n  t: { ${keysOf}, ${key}: { a: ${secret}, b: [${secret}] } }`)).toContain(
      'cannot be a map',
    )
    const number = told(`targets:\n  t: { ${keysOf}, ${key}: 0123456789 }`)
    expect(number).toContain(`${key}: cannot be ***`)
    expect(number).not.toContain('123456789')
  })

  it('is not shown where the file is no YAML', () => {
    expect(hidden(`targets:\n  t: { ${keysOf}, ${key}: ${secret} ]\n`)).toContain('not valid YAML')
    expect(hidden(`targets:\n  t:\n    ${key}: "${secret}\n    engine: ${engine}\n`)).toContain('not valid YAML')
    expect(hidden(`targets:\n  t:\n    ${key}: @${secret}\n`)).toContain('not valid YAML')
    expect(hidden(`targets:\n  t:\n    ${key}: !${secret}\n`)).toContain('Unresolved tag: ***')
    expect(hidden(`targets:\n  t:\n    ${key}: %${secret}: x\n`)).toContain('not valid YAML')
    expect(hidden(`targets:\n  t:\n    ${key}:${secret}\n    engine: ${engine}\n`)).toContain('not valid YAML')
    expect(hidden(`targets:\n  t:\n    ${key}: |\n${secret}\n${secret} x\n    engine: ${engine}\n`)).toContain(
      'not valid YAML',
    )
  })

  it('is not shown beside a key of another engine, nor as one, nor beside one of models', () => {
    const other = engine === 'snowflake' ? 'labels' : 'warehouse'
    expect(hidden(`targets: { t: { ${keysOf}, ${key}: ${secret}, path: x } }`)).toContain('is a key of duckdb')
    expect(hidden(`targets: { t: { engine: duckdb, ${key}: ${secret} } }`)).toContain(`${key}: is a key of ${engine}`)
    expect(hidden(`targets: { t: { ${keysOf}, ${key}: ${secret}, models: { m: { ${other}: x } } } }`)).toContain(
      `models.m.${other}`,
    )
  })

  it('is not shown of a target that is not selected, nor of one that another extends', () => {
    const texts = [
      `targets: { t: { ${keysOf}, ${key}: ${secret} }, local: { engine: duckdb, pth: x } }`,
      `targets: { t: { ${keysOf}, ${key}: ${secret} }, local: { extends: t, pth: x } }`,
    ]
    for (const text of texts) expect(hidden(text, 'local')).toContain('unknown key pth')
  })

  it('is not shown where the key is misspelt, lacks its space, or stands a level too high', () => {
    const misspelt = `${key.slice(0, -2)}${key.at(-1)}`
    expect(hidden(`targets: { t: { ${keysOf}, ${misspelt}: ${secret} } }`)).toContain(`unknown key ${misspelt}`)
    expect(hidden(`targets: { t: { ${keysOf}, ${key}:${secret} } }`)).toContain('unknown key')
    expect(hidden(`targets:\n  t:\n    engine: ${engine}\n    ${key} ${secret}\n`)).toContain('not valid YAML')
    expect(hidden(`targets: { t: { ${keysOf}, zzzzzz: ${secret} } }`)).toContain('unknown key zzzzzz')
    expect(hidden(`targets: { engine: ${engine}, ${key}: ${secret} }`)).toContain(`targets.${key}: cannot be`)
    expect(hidden(`${key}: ${secret}\n`)).toContain('unknown section')
    expect(hidden(`target: { t: { ${keysOf}, ${key}: ${secret} } }`)).toContain('unknown section target')
    expect(hidden(`- { ${key}: ${secret} }`)).toContain('no sections')
  })

  it('is not shown behind an alias, as one, or given twice', () => {
    expect(hidden(`other: &it ${secret}\ntargets: { t: { ${keysOf}, ${key}: *it, acount: x } }`)).toContain('acount')
    expect(hidden(`targets: { t: { ${keysOf}, ${key}: *${secret} } }`)).toContain('the alias names no anchor')
    expect(hidden(`targets: { t: { ${keysOf}, ${key}: &${secret} x, acount: x } }`)).toContain('acount')
    expect(hidden(`targets: { t: { ${keysOf}, ${key}: first, ${key}: ${secret} } }`)).toContain('given twice')
  })

  it('is not shown in part where a long line is cut', () => {
    const long = `${'0123456789abcdef'.repeat(20)}`
    const text = `targets: { t: { ${keysOf}, ${key}: ${long}, acount: x } }`
    expect(printed(problemsOf(text))).not.toContain('89abcdef')
    expect(problemsOf(text).at(-1)!.excerpt).toMatch(/: \*\*\*, acount: x \} \}\n +\^$/)
  })

  it('is masked in all that a command says, where the config is right', () => {
    const text = `targets:\n  local: { engine: duckdb }\n  t:\n    ${key}: ${secret}\n    ${keysOf.replaceAll(', ', '\n    ')}\n${
      key === 'private_key_passphrase'
        ? '    private_key_file: k'
        : key === 'mfa_passcode'
          ? '    password: pass-word'
          : ''
    }\n`
    expect(load(text, { target: 'local' }).secrets.mask(`no entry for ${secret}`)).toBe('no entry for ***')
    expect(load(text, { target: 't' }).secrets.mask(`no entry for ${secret}`)).toBe('no entry for ***')
  })
})

describe('A secret that is written out', () => {
  it('as the token of a workload is not shown, nor what stands there in its place', () => {
    const { snowflake } = needed
    const token = `workload_identity: { provider: oidc, token: ${secret} }`
    expect(hidden(`targets: { t: { ${snowflake}, ${token}, acount: x } }`)).toContain('provider: oidc, token: ***')
    hidden(`targets: { t: { ${snowflake}, workload_identity: { provider: oidc, tokn: ${secret} } } }`)
    hidden(`targets: { t: { ${snowflake}, workload_identity: ${secret} } }`)
    hidden(`targets: { t: { ${snowflake}, workload_identity: [${secret}] } }`)
    hidden(`targets: { t: { ${snowflake}, workload_identity: { provider: oidc, token: ${secret} ] } }`)
    const named = told(`targets: { t: { ${snowflake}, workload_identity: aws, acount: x } }`)
    expect(named).toContain('workload_identity: aws, acount')
  })

  it('as a block of lines is not shown, neither in it nor in what is no YAML any more', () => {
    const pem = ['-----BEGIN PRIVATE KEY-----', secret, 'Proc-Type: 4,ENCRYPTED', secret, '-----END PRIVATE KEY-----']
    const block = pem.map(line => `      ${line}`).join('\n')
    hidden(`targets:\n  t:\n    private_key: |\n${block}\n    acount: x\n`)
    hidden(`targets:\n  t:\n    private_key: |\n${pem.join('\n')}\n    acount: x\n`)
    hidden(`targets:\n  t:\n    private_key: "${pem.join('\n')}\n    acount: x\n`)
    hidden(`targets:\n  t:\n    key_text: |\n${pem.join('\n')}\n    acount: x\n`)
    const json = JSON.stringify({ type: 'service_account', private_key: secret }, undefined, 2)
    hidden(`targets:\n  t:\n    credentials:\n${json}\n    acount: x\n`)
    hidden(`targets:\n  t:\n    credentials: '${json}\n    acount: x\n`)
  })

  it('under a key that is another is not shown where it is plainly a private key or a signed token', () => {
    const key = `"-----BEGIN PRIVATE KEY-----\\n${secret}\\n-----END PRIVATE KEY-----"`
    hidden(`targets: { t: { ${needed.snowflake}, private_key_file: ${key}, acount: x } }`)
    hidden(`targets: { t: { ${needed.snowflake}, bearer: eyJhbGciOiJSUzI1NiJ9.${secret} } }`)
  })

  it('in the settings of a system is not shown', () => {
    expect(hidden(`sources: { shopify: { password: ${secret}, fiel: x } }`)).toContain('password: ***, fiel: x')
  })
})

describe('What is no secret', () => {
  it('is shown: references to variables, files, labels and tags whatever they are called, and definitions', () => {
    const text = (line: string) => problemsOf(line, { env: {} }).at(-1)!.excerpt!.split('\n')[0]
    const references = '{ engine: snowflake, password: "${PASS}", oauth_token: \'${A}${B}\', acount: x }'
    expect(text(`targets:\n  t: ${references}`)).toBe(`  t: ${references}`)
    const files = '{ engine: snowflake, private_key_file: keys/k.p8, key_file: k.json, acount: x }'
    expect(text(`targets:\n  t: ${files}`)).toBe(`  t: ${files}`)
    const labels = '{ engine: bigquery, labels: { token: growth }, policy_tags: { secret: p }, acount: x }'
    expect(text(`targets:\n  t: ${labels}`)).toBe(`  t: ${labels}`)
    const stages = 'stages: { password_reset: reset_requested, token: 3 }'
    expect(text(stages)).toBe(stages)
  })

  it('leaves the caret under what is meant, before and after a secret', () => {
    const [excerpt, caret] = problemsOf(
      `targets: { t: { ${needed.snowflake}, password: ${secret}, acount: x } }`,
    )[0]!.excerpt!.split('\n') as [string, string]
    expect(excerpt.indexOf('acount')).toBe(caret.indexOf('^'))
    const before = problemsOf(`targets: { t: { acount: x, ${needed.snowflake}, password: ${secret} } }`)[0]!.excerpt!
    expect(before.split('\n')[0]!.indexOf('acount')).toBe(before.split('\n')[1]!.indexOf('^'))
  })
})
