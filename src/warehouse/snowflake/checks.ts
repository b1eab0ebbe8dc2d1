import type { SchemaName } from '../../compile/compiled.ts'
import { schemaPath } from '../../compile/naming.ts'
import { type Row, WarehouseError } from '../warehouse.ts'
import type { Connections } from './connections.ts'
import { SnowflakeError } from './errors.ts'
import { Grants } from './granted.ts'
import { layerSchema } from './layer-schema.ts'
import { SnowflakeSession } from './session.ts'
import { parametersOf } from './session-parameters.ts'
import type { SnowflakeSettings } from './settings.ts'
import { describeSignIn, passwordWarning } from './sign-in.ts'
import { signInHint } from './sign-in-hints.ts'

/** One thing that a build stands on, looked at. */
export interface Check {
  readonly what: string
  readonly isGood: boolean
  readonly detail: string
  readonly hint?: string | undefined
}

/** Who is signed in and how, and whether the role may do what a build does. Makes nothing, and wakes no warehouse. */
export async function* checks(connections: Connections, schemas: readonly SchemaName[]): AsyncGenerator<Check> {
  const { settings } = connections
  const signIn = describeSignIn(settings)
  let session: SnowflakeSession
  try {
    session = await SnowflakeSession.open(connections)
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error
    const hint = error.cause instanceof SnowflakeError ? signInHint(error.cause, settings) : undefined
    yield { what: 'sign-in', isGood: false, detail: `${signIn}: ${error.message}`, hint }
    return
  }
  try {
    const who = await whoAmI(session)
    const warning = settings.signIn.kind === 'password' ? `; the target ${passwordWarning}` : ''
    yield { what: 'sign-in', isGood: true, detail: `${signIn}, as ${who.user}${warning}` }
    const account = isSame(who.account, settings.account) ? who.account : `${settings.account} (${who.account})`
    yield { what: 'account', isGood: true, detail: `${account}, ${who.region}, Snowflake ${who.version}` }
    yield roleCheck(who, settings, session.secondaryRolesRefusal)
    const grants = await Grants.read(session, who.role, settings.secondaryRoles)
    yield* warehouseChecks(session, settings, who)
    const database = databaseCheck(settings, who)
    yield database
    if (database.isGood) {
      if (grants !== undefined) yield* otherDatabases(grants, settings, schemas, who.role)
      for (const schema of schemas) yield await schemaCheck(session, grants, settings, schema, who.role)
    }
    yield { what: 'session', isGood: true, detail: describeParameters(settings) }
  } finally {
    session.close()
  }
}

interface Who {
  readonly account: string
  readonly region: string
  readonly version: string
  readonly user: string
  readonly role: string
  readonly warehouse: string | null
  readonly database: string | null
}

async function whoAmI(session: SnowflakeSession): Promise<Who> {
  const [row = {}] = await session.query(
    'select current_account() as account_name, current_user() as user_name, current_role() as role_name, ' +
      'current_warehouse() as warehouse_name, current_database() as database_name, current_region() as region_name, ' +
      'current_version() as version',
  )
  const said = (column: string): string => String(row[column] ?? 'unknown')
  return {
    account: said('account_name'),
    region: said('region_name'),
    version: said('version'),
    user: said('user_name'),
    role: said('role_name'),
    warehouse: row.warehouse_name === null ? null : said('warehouse_name'),
    database: row.database_name === null ? null : said('database_name'),
  }
}

function roleCheck(
  { role, user }: Who,
  { role: asked, secondaryRoles }: SnowflakeSettings,
  refusal: string | undefined,
): Check {
  const beside =
    refusal !== undefined
      ? `; its secondary roles are those that the session was given, it may not choose them: ${refusal}`
      : secondaryRoles === 'all'
        ? ', and all other roles of the user'
        : ', and no secondary roles'
  if (asked === undefined || isSame(asked, role)) return { what: 'role', isGood: true, detail: `${role}${beside}` }
  const detail = `${asked} is not the session's role, which is ${role}`
  return { what: 'role', isGood: false, detail, hint: `grant role ${asked} to user ${user}` }
}

/** That of the target and those of its models. */
async function* warehouseChecks(
  session: SnowflakeSession,
  { warehouse, models }: SnowflakeSettings,
  { warehouse: current, role }: Who,
): AsyncGenerator<Check> {
  const what = 'warehouse'
  if (current === null) {
    const isUnnamed = warehouse === undefined
    const detail = isUnnamed ? 'none: the user has none, and the target names none' : `${warehouse} cannot be used`
    const hint = isUnnamed ? 'name a warehouse in the target' : `grant usage on warehouse ${warehouse} to role ${role}`
    yield { what, isGood: false, detail, hint }
  } else yield await oneWarehouse(session, current, role, what)
  const others = new Set(Object.values(models).flatMap(({ warehouse: own }) => own ?? []))
  for (const other of others) {
    if (current !== null && isSame(other, current)) continue
    yield await oneWarehouse(session, other, role, `warehouse ${other}`)
  }
}

async function oneWarehouse(session: SnowflakeSession, name: string, role: string, what: string): Promise<Check> {
  const rows = await session.query(`show warehouses like '${likeOf(name)}'`)
  const found = rows.find(row => isSame(String(row.name), name))
  if (found === undefined) {
    const hint = `grant usage on warehouse ${name} to role ${role}`
    return { what, isGood: false, detail: `${name} is not there, or ${role} may not see it`, hint }
  }
  const state = String(found.state).toLowerCase()
  const resumes = String(found.auto_resume) === 'true'
  const detail = `${name}, ${String(found.size)}, ${state}`
  if (state !== 'suspended' || resumes) return { what, isGood: true, detail }
  const hint = `alter warehouse ${name} set auto_resume = true; else a build wakes it, which needs operate on it`
  return { what, isGood: true, detail: `${detail}, and does not resume by itself`, hint }
}

function databaseCheck({ database: asked }: SnowflakeSettings, { database, role }: Who): Check {
  const what = 'database'
  if (database !== null && isSame(asked, database)) return { what, isGood: true, detail: database }
  const detail = `${asked} is not there, or ${role} may not use it`
  return { what, isGood: false, detail, hint: `grant usage on database ${asked} to role ${role}` }
}

/** Those that `schemas` names beside the target's own. */
function* otherDatabases(
  grants: Grants,
  { database: own }: SnowflakeSettings,
  schemas: readonly SchemaName[],
  role: string,
): Generator<Check> {
  for (const database of new Set(schemas.flatMap(({ database: its }) => its ?? []))) {
    if (isSame(database, own)) continue
    const what = `database ${database}`
    if (grants.allow('DATABASE', database, 'USAGE')) yield { what, isGood: true, detail: `${role} may use it` }
    else {
      const hint = `grant usage on database ${database} to role ${role}`
      yield { what, isGood: false, detail: `${role} has not USAGE on it`, hint }
    }
  }
}

async function schemaCheck(
  session: SnowflakeSession,
  grants: Grants | undefined,
  settings: SnowflakeSettings,
  schema: SchemaName,
  role: string,
): Promise<Check> {
  const path = schemaPath(schema)
  const what = `schema ${schema.schema}`
  const needed = ['USAGE', 'CREATE TABLE', 'CREATE VIEW', ...(hasStages(schema, settings) ? ['CREATE STAGE'] : [])]
  const found = await findSchema(session, schema)
  if (grants === undefined) {
    const detail = found
      ? 'is there; its grants cannot be looked at'
      : 'is not there yet; its database’s grants cannot be looked at'
    return { what, isGood: true, detail }
  }
  if (!found) {
    const { database = '' } = schema
    if (grants.allow('DATABASE', database, 'CREATE SCHEMA'))
      return { what, isGood: true, detail: 'is not there yet; the first build makes it' }
    const hint = `grant create schema on database ${database} to role ${role}; or make the schema, and grant ${needed.join(', ').toLowerCase()} on it`
    return { what, isGood: false, detail: `is not there, and ${role} may not make it: CREATE SCHEMA is missing`, hint }
  }
  const missing = needed.filter(privilege => !grants.allow('SCHEMA', path, privilege))
  if (missing.length === 0) return { what, isGood: true, detail: 'is there, and tables can be made in it' }
  const hint = `grant ${missing.join(', ').toLowerCase()} on schema ${path} to role ${role}`
  return { what, isGood: false, detail: `${role} has not ${missing.join(', ')} on it`, hint }
}

/** Files are staged in scratch alone. */
function hasStages(schema: SchemaName, settings: SnowflakeSettings): boolean {
  return settings.loadBy === 'stage' && schemaPath(schema) === schemaPath(layerSchema('tl_scratch', settings))
}

async function findSchema(session: SnowflakeSession, { schema, database }: SchemaName): Promise<boolean> {
  try {
    const rows = await session.query(`show schemas like '${likeOf(schema)}' in database ${database}`)
    return rows.some((row: Row) => isSame(String(row.name), schema))
  } catch (error) {
    if (error instanceof WarehouseError && error.errorKind === 'name') return false
    throw error
  }
}

/** Of names that differ in a letter where this has `_`, too: what is found is compared. */
function likeOf(name: string): string {
  return unquoted(name).replaceAll("'", "''")
}

function isSame(one: string, other: string): boolean {
  return unquoted(one) === unquoted(other)
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1) : name.toUpperCase()
}

function describeParameters(settings: SnowflakeSettings): string {
  return parametersOf(settings)
    .map(([name, value]) => `${name} ${value.replaceAll("'", '')}`)
    .join(', ')
}
