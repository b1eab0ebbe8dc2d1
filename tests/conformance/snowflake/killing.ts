import { expect } from 'vitest'
import { typeBare } from '../../cli/support.ts'
import type { LocalSnowflake } from './server/server.ts'
import type { Place } from './small-shop.ts'

// The process of a build is killed as soon as a statement has been carried out, and the service gives up its sessions.

/** Builds in a process that is killed at once after so many statements of the kind were carried out. */
export async function killedAfter(server: LocalSnowflake, folder: string, sql: RegExp, number: number): Promise<void> {
  const from = server.statements().length
  let kill = (_: NodeJS.Signals): void => undefined
  server.onCarriedOut(() => {
    const done = server
      .statements()
      .slice(from)
      .filter(each => sql.test(each.sql) && each.state === 'success')
    if (done.length < number) return
    server.stopAfter(0)
    kill('SIGKILL')
  })
  const { exitCode, stdout, stderr } = await typeBare(folder, ['build'], (_, killIt) => {
    kill = killIt
  })
  server.onCarriedOut(() => undefined)
  await server.revive()
  expect(exitCode, stdout + stderr).toBe(-1)
}

/** All tables and views of the place, without its prefix: `_SHOP.ORDERS`. */
export async function namesOf({ server, prefix }: Place): Promise<readonly string[]> {
  const rowsOf = async (kind: 'tables' | 'views') =>
    (
      await server.query(
        `select table_schema || '.' || table_name as name from shop.information_schema.${kind}
         where startswith(table_schema, '${prefix.toUpperCase()}_')`,
      )
    ).rows
  const names = [...(await rowsOf('tables')), ...(await rowsOf('views'))].map(([name]) => name!)
  return [...new Set(names)].map(name => name.slice(prefix.length)).sort()
}

/** Lets the lease be over, as five minutes without a renewal do. */
export async function leaseIsOver(place: Place): Promise<void> {
  if (!(await namesOf(place)).includes('_ABOUT.LEASE')) return
  await place.server.query(
    `update shop.${place.prefix}_about.lease set expires_at = '2020-01-01'::timestamp_ntz where true`,
  )
}
