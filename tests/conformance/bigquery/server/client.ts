import { BigQuery } from '@google-cloud/bigquery'
import { OAuth2Client } from 'google-auth-library'
import type { LocalBigQuery } from './server.ts'

/** Google's own client, signed in at the local BigQuery; the tests say themselves what is tried again. */
export function clientOf({ address, projectId }: LocalBigQuery): BigQuery {
  const authClient = new OAuth2Client()
  authClient.setCredentials({ access_token: 'local', expiry_date: Date.now() + 86_400_000 })
  // Without this the client signs no request to an endpoint of one's own, and its uploads never begin; its types do not know of it.
  const signing = { useAuthWithCustomEndpoint: true }
  return new BigQuery({ projectId, apiEndpoint: address, authClient, retryOptions: { autoRetry: false }, ...signing })
}
