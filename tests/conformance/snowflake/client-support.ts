import type { RetryOptions } from '../../../src/warehouse/retries.ts'
import { Connections } from '../../../src/warehouse/snowflake/connections.ts'
import type { SnowflakeSettings } from '../../../src/warehouse/snowflake/settings.ts'
import type { LocalSnowflake } from './server/server.ts'

/** As the service's user `ANA` signs in; what a test says otherwise. */
export function settingsOf(
  server: Pick<LocalSnowflake, 'url'>,
  more: Partial<SnowflakeSettings> = {},
): SnowflakeSettings {
  return {
    account: 'local',
    user: 'ANA',
    signIn: { kind: 'password', password: 'secret' },
    warehouse: 'WH',
    database: 'SHOP',
    schema: 'JOURNEYS',
    schemas: {},
    transient: true,
    tags: {},
    secondaryRoles: 'none',
    statementTimeoutSeconds: 3600,
    lockTimeoutSeconds: 600,
    loadBy: 'stage',
    accessUrl: server.url,
    models: {},
    ...more,
  }
}

/** Pauses of the retries, which take no time. */
export function pauses(): { readonly waited: number[]; readonly retries: RetryOptions } {
  const waited: number[] = []
  const wait = async (milliseconds: number): Promise<void> => {
    waited.push(milliseconds)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  return { waited, retries: { wait, random: () => 1 } }
}

export function openConnections(
  server: LocalSnowflake,
  more: Partial<SnowflakeSettings> = {},
  retries: RetryOptions = pauses().retries,
): Promise<Connections> {
  return Connections.open(settingsOf(server, more), retries)
}
