import { describe, expect, it } from 'vitest'
import { folderOf } from '../support/project.ts'
import { kiosk } from './kiosk.ts'
import { type Answer, type } from './support.ts'

process.env.METADATA_SERVER_DETECTION = 'none'

const snowflake = 'engine: snowflake, account: acme-prod, user: U, database: A, schema: J'
const bigquery = 'engine: bigquery, project: acme, location: EU, dataset: j'

/** Types a command for the target `prod` of the kiosk. */
function typeFor(keys: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const targets = `targets:\n  prod: { ${keys} }\n`
  const config = kiosk['warehouse.config.yaml']!.replace('targets:\n', targets)
  return type(folderOf({ ...kiosk, 'warehouse.config.yaml': config }), [...args, '--target', 'prod'], { env })
}

describe('A command for a target whose config is wrong', () => {
  it('shows no secret that is written out there, as text and as JSON', async () => {
    const keys = `${snowflake}, password: eyJhbGciOiJSUzI1NiJ9abcdef, acount: acme-prod`
    for (const output of ['text', 'json']) {
      const answer = await typeFor(keys, ['check', '--output', output])
      expect(answer.exitCode).toBe(2)
      const said = answer.stdout + answer.stderr
      expect(said).toContain('unknown key acount')
      expect(said).toContain('password: ***, acount')
      expect(said).not.toContain('eyJhbGciOi')
    }
  })
})

describe('A command that opens no target', () => {
  const keys = `${snowflake}, private_key: "\${A_KEY}", private_key_passphrase: "\${A_PASS}"`

  it.each([['check'], ['compile'], ['ls'], ['lineage', 'orders'], ['test', '--unit']])(
    'needs none of the variables that the target signs in with: %s',
    async (...args) => {
      expect(await typeFor(keys, args)).toMatchObject({ exitCode: 0, stderr: '' })
      expect((await typeFor(`${bigquery}, credentials: "\${A_KEY}"`, args)).exitCode).toBe(0)
    },
  )

  it('needs its other variables all the same, and who opens the target needs all', async () => {
    const named = await typeFor(keys.replace('user: U', 'user: "${A_USER}"'), ['check'])
    expect(named.exitCode).toBe(2)
    expect(named.stderr).toContain('targets.prod.user: environment variable A_USER is not set')
    expect(named.stderr).not.toContain('A_KEY is not set')
    const built = await typeFor(keys, ['build'])
    expect(built.exitCode).toBe(2)
    expect(built.stderr).toContain('targets.prod.private_key: environment variable A_KEY is not set')
    expect(built.stderr).toContain('environment variable A_PASS is not set')
  })
})

describe('A key that is none in PEM', () => {
  it('is found by debug at the sign-in to Snowflake, with what a key looks like', async () => {
    const key = '-----BEGIN PRIVATE KEY-----\nr4bb1shr4bb1sh\n-----END PRIVATE KEY-----\n'
    const answer = await typeFor(`${snowflake}, private_key: "\${A_KEY}"`, ['debug'], { A_KEY: key })
    expect(answer.exitCode).toBe(1)
    expect(answer.stdout).toContain('ok    driver      snowflake-sdk is installed\n')
    expect(answer.stdout).toMatch(/FAIL {2}sign-in +private_key of the target: is not a private key/)
    expect(answer.stdout).toContain('PEM, from -----BEGIN PRIVATE KEY----- on')
    expect(answer.stdout).not.toContain('r4bb1sh')
  })

  it('is found by debug at the sign-in to BigQuery, which does not advise to sign in otherwise', async () => {
    const key = JSON.stringify({ type: 'service_account', client_email: 'a@b', private_key: 'TOPSECRETKEY' })
    const answer = await typeFor(`${bigquery}, credentials: "\${A_KEY}"`, ['debug'], { A_KEY: key })
    expect(answer.exitCode).toBe(1)
    expect(answer.stdout).toContain('ok    client      @google-cloud/bigquery is installed\n')
    expect(answer.stdout).toMatch(/FAIL {2}sign-in +private_key in the credentials of the target is not a PEM key/)
    expect(answer.stdout).toContain('PEM, from -----BEGIN PRIVATE KEY----- on')
    expect(answer.stdout).not.toContain('TOPSECRETKEY')
    expect(answer.stdout).not.toContain('gcloud')
  })
})

describe('A plan for a target that is not reached', () => {
  it('says of Snowflake where the account was looked for', async () => {
    const keys = `${snowflake}, password: "\${A_WORD}", access_url: "http://127.0.0.1:9"`
    const answer = await typeFor(keys, ['plan'], { A_WORD: 'hush-hush' })
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toContain('is the account reached at http://127.0.0.1:9?')
  }, 60_000)
})
