import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { BigQuery, BigQueryOptions } from '@google-cloud/bigquery'
import { ProblemsError } from '../../problems/problem.ts'
import type { BigQuerySettings } from './settings.ts'
import { withoutLookupWarning } from './without-lookup-warning.ts'

const scopes = ['https://www.googleapis.com/auth/bigquery', 'https://www.googleapis.com/auth/cloud-platform']
const packageName = '@google-cloud/bigquery'

/**
 * Google's client, signed in as the settings say; the package is loaded here and nowhere else. Sends nothing yet. Throws `ProblemsError` where
 * the package is not installed, or the settings cannot be a sign-in.
 */
export async function openClient(settings: BigQuerySettings): Promise<BigQuery> {
  const { project, location, apiEndpoint, impersonate } = settings
  const { BigQuery: Client } = await loadClient()
  const source = sourceOf(settings)
  return new Client({
    projectId: project,
    location,
    userAgent: 'throughline',
    ...(apiEndpoint === undefined ? {} : { apiEndpoint }),
    // This package tries again by itself, and joins the job that a lost answer began.
    retryOptions: { autoRetry: false },
    ...(impersonate === undefined ? source : { authClient: await impersonated(impersonate, source) }),
  })
}

/** How one is signed in, in words. */
export function describeSignIn({ keyFile, credentials, impersonate }: BigQuerySettings): string {
  const source =
    keyFile !== undefined
      ? `key file ${keyFile}`
      : credentials !== undefined
        ? 'credentials of the config'
        : process.env.GOOGLE_APPLICATION_CREDENTIALS !== undefined
          ? 'application default credentials, by GOOGLE_APPLICATION_CREDENTIALS'
          : 'application default credentials'
  return impersonate === undefined ? source : `${source}, as ${impersonate}`
}

/** Google's client; throws `ProblemsError` where the package is not installed. */
export async function loadClient(): Promise<typeof import('@google-cloud/bigquery')> {
  withoutLookupWarning()
  try {
    return await import('@google-cloud/bigquery')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause
    const message = `the target builds in BigQuery, and the package ${packageName} is not installed`
    throw new ProblemsError([{ kind: 'warehouse', message, hint: `npm install ${packageName}@8` }], { cause })
  }
}

function sourceOf({ keyFile, credentials }: BigQuerySettings): Pick<BigQueryOptions, 'keyFilename' | 'credentials'> {
  if (keyFile !== undefined) {
    keyOf(textOf(keyFile), `the key file ${keyFile}`)
    return { keyFilename: keyFile }
  }
  return credentials === undefined ? {} : { credentials: keyOf(credentials, 'the credentials of the target') }
}

function textOf(keyFile: string): string {
  try {
    return readFileSync(keyFile, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const message = code === 'ENOENT' ? `there is no key file ${keyFile}` : `${keyFile} cannot be read (${code})`
    throw new ProblemsError([{ kind: 'warehouse', message, hint: 'mend key_file in the target' }], { cause })
  }
}

/** What a key file holds. Nothing of it is told: it is a secret. */
function keyOf(text: string, from: string): Credentials {
  const parsed = parsedOf(text)
  if (typeof parsed !== 'object' || parsed === null || !('type' in parsed)) {
    const message = `${from}: not the content of a key file`
    const expected = 'JSON with a "type", as Google gives it: {"type": "service_account", …}'
    throw new ProblemsError([{ kind: 'warehouse', message, expected }])
  }
  if ('private_key' in parsed && !isPrivateKey(parsed.private_key)) {
    const message = `private_key in ${from} is not a PEM key`
    const expected = 'PEM, from -----BEGIN PRIVATE KEY----- on, as Google gives it'
    throw new ProblemsError([{ kind: 'warehouse', message, expected }])
  }
  return parsed as Credentials
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isPrivateKey(key: unknown): boolean {
  if (typeof key !== 'string') return false
  try {
    createPrivateKey({ key, format: 'pem' })
    return true
  } catch {
    return false
  }
}

type Credentials = NonNullable<BigQueryOptions['credentials']>
type Auth = NonNullable<BigQueryOptions['authClient']>

/** The library that signs is the client's own: two copies would not know each other's classes. */
async function impersonated(account: string, source: ReturnType<typeof sourceOf>): Promise<Auth> {
  const here = createRequire(import.meta.url)
  const common = createRequire(createRequire(here.resolve(packageName)).resolve('@google-cloud/common'))
  const library = common('google-auth-library') as {
    readonly GoogleAuth: new (options: object) => { getClient(): Promise<Auth> }
    readonly Impersonated: new (options: object) => Auth
  }
  const { keyFilename: keyFile, credentials } = source
  const sourceClient = await new library.GoogleAuth({ keyFile, credentials, scopes }).getClient()
  return new library.Impersonated({ sourceClient, targetPrincipal: account, targetScopes: scopes, lifetime: 3600 })
}
