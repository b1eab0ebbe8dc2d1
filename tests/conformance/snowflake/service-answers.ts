import type { LocalSnowflake } from './server/server.ts'

/** What is said in the service's place, since fakesnow knows no roles, warehouses and history. */
export interface Account {
  readonly role: string
  /** NULL where the role may not use it. */
  readonly warehouse: string | null
  readonly database: string | null
  readonly warehouses: readonly { readonly name: string; readonly state: string; readonly auto_resume: string }[]
  /** `['USAGE', 'SCHEMA', 'SHOP.J_RAW']`, by role. */
  readonly grants: Readonly<Record<string, readonly (readonly [privilege: string, on: string, name: string])[]>>
}

export const account: Account = {
  role: 'TRANSFORMER',
  warehouse: 'WH',
  database: 'SHOP',
  warehouses: [
    { name: 'WH', state: 'STARTED', auto_resume: 'true' },
    { name: 'BIG_WH', state: 'SUSPENDED', auto_resume: 'false' },
  ],
  grants: { TRANSFORMER: [['OWNERSHIP', 'DATABASE', 'SHOP']] },
}

/** Has the local service answer as this account would. */
export function answerAs(server: LocalSnowflake, { role, warehouse, database, warehouses, grants }: Account): void {
  server.told.tell(/^select current_account\(\)/, [
    {
      account_name: 'XY12345',
      user_name: 'ANA',
      role_name: role,
      warehouse_name: warehouse,
      database_name: database,
      region_name: 'AWS_EU_CENTRAL_1',
      version: '10.2.0',
    },
  ])
  server.told.tell(/^show warehouses like/, sql => {
    const [, name] = /like '([^']*)'/.exec(sql) ?? []
    return warehouses.filter(each => each.name === name).map(each => ({ ...each, size: 'X-Small' }))
  })
  server.told.tell(/^show grants to /, sql => {
    const name = sql.replace(/^show grants to (database )?role /, '').toUpperCase()
    return (grants[name] ?? []).map(([privilege, on, of]) => ({ privilege, granted_on: on, name: of }))
  })
}

/** Has it count each statement's bytes, time and credits, in a history of the session that asks. */
export function countCosts(server: LocalSnowflake): void {
  server.told.tell(/query_history_by_session/, () =>
    server.statements().map(({ id, sql }) => ({
      query_id: id,
      bytes_scanned: sql.length * 1000,
      total_elapsed_time: 250,
      credits_used_cloud_services: '0.0001',
    })),
  )
}
