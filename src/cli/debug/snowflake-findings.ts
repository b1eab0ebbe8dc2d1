import type { SchemaName } from '../../compile/compiled.ts'
import type { SnowflakeTarget } from '../../config/snowflake-target.ts'
import { checks } from '../../warehouse/snowflake/checks.ts'
import { Connections } from '../../warehouse/snowflake/connections.ts'
import { loadDriver } from '../../warehouse/snowflake/driver.ts'
import { openSettings } from '../../warehouse/snowflake/open-settings.ts'
import { type Finding, failed, failedWith, ok } from './finding.ts'

/** The driver, the sign-in, account, role, warehouse, database, and each schema: one line each. */
export async function* snowflakeFindings(
  target: SnowflakeTarget,
  schemas: readonly SchemaName[],
): AsyncGenerator<Finding> {
  try {
    await loadDriver()
  } catch (error) {
    return yield failed('driver', error)
  }
  yield ok('driver', 'snowflake-sdk is installed')
  let connections: Connections
  try {
    connections = await Connections.open(openSettings(target, process.env))
  } catch (error) {
    return yield failed('sign-in', error)
  }
  try {
    for await (const { what, isGood, detail, hint } of checks(connections, schemas)) {
      const told = hint === undefined || !isGood ? detail : `${detail}: ${hint}`
      yield isGood ? ok(what, told) : failedWith(what, [{ kind: 'warehouse', message: detail, hint }])
    }
  } finally {
    await connections.close()
  }
}
