import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ProblemsError } from '../../../src/problems/problem.ts'
import { describeSignIn, openClient } from '../../../src/warehouse/bigquery/open-client.ts'
import type { BigQuerySettings } from '../../../src/warehouse/bigquery/settings.ts'
import { folderOf } from '../../support/project.ts'

process.env.METADATA_SERVER_DETECTION = 'none'

const settings: BigQuerySettings = {
  project: 'acme',
  location: 'EU',
  labels: {},
  priority: 'interactive',
  usdPerTib: 6.25,
}

const messageOf = async (more: Partial<BigQuerySettings>) => {
  const error = await openClient({ ...settings, ...more }).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(ProblemsError)
  return (error as ProblemsError).message
}

describe('The sign-in', () => {
  it('is told in words', () => {
    expect(describeSignIn(settings)).toMatch(/^application default credentials/)
    expect(describeSignIn({ ...settings, keyFile: '/k.json' })).toBe('key file /k.json')
    expect(describeSignIn({ ...settings, credentials: '{}', impersonate: 'a@b' })).toBe(
      'credentials of the config, as a@b',
    )
  })

  it('by a key file needs the file', async () => {
    expect(await messageOf({ keyFile: '/nowhere/k.json' })).toContain('there is no key file /nowhere/k.json')
    const keyFile = join(folderOf({ 'k.json': '{"type":"service_account"}' }), 'k.json')
    await expect(openClient({ ...settings, keyFile })).resolves.toBeDefined()
  })

  it('by text needs the content of a key file, and shows none of it', async () => {
    const message = await messageOf({ credentials: 'very secret' })
    expect(message).toContain('the credentials of the target: not the content of a key file')
    expect(message).not.toContain('very secret')
    expect(await messageOf({ credentials: '["type"]' })).toContain('not the content of a key file')
    const keyFile = join(folderOf({ 'k.json': 'very secret' }), 'k.json')
    const ofFile = await messageOf({ keyFile })
    expect(ofFile).toContain(`the key file ${keyFile}: not the content of a key file`)
    expect(ofFile).not.toContain('very secret')
  })

  it('with a key that is none in PEM is not tried, and shows none of it', async () => {
    const text = JSON.stringify({ type: 'service_account', client_email: 'a@b', private_key: 'TOPSECRETKEY' })
    const keyFile = join(folderOf({ 'k.json': text }), 'k.json')
    const messages = [await messageOf({ credentials: text }), await messageOf({ keyFile })]
    expect(messages[0]).toContain('private_key in the credentials of the target is not a PEM key')
    expect(messages[1]).toContain(`private_key in the key file ${keyFile} is not a PEM key`)
    for (const message of messages) {
      expect(message).toContain('-----BEGIN PRIVATE KEY-----')
      expect(message).not.toContain('TOPSECRETKEY')
    }
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
    const credentials = JSON.stringify({ type: 'service_account', client_email: 'a@b', private_key: pem })
    await expect(openClient({ ...settings, credentials })).resolves.toBeDefined()
  })

  it('as another account is made by the library of the client itself', async () => {
    const credentials = JSON.stringify({
      type: 'authorized_user',
      client_id: 'a',
      client_secret: 'b',
      refresh_token: 'c',
    })
    const client = await openClient({ ...settings, credentials, impersonate: 'builder@acme.iam.gserviceaccount.com' })
    const { authClient } = client as unknown as { authClient: { getClient(): Promise<unknown> } }
    const used = await authClient.getClient()
    expect((used as { constructor: { name: string } }).constructor.name).toBe('Impersonated')
    expect(used).toMatchObject({ targetPrincipal: 'builder@acme.iam.gserviceaccount.com' })
  })
})
