import { WarehouseError } from '../warehouse.ts'
import type { SnowflakeSession } from './session.ts'

interface Grant {
  readonly privilege: string
  /** What kind of thing: `SCHEMA`, `DATABASE`, `ROLE`. */
  readonly on: string
  readonly name: string
}

/** Of them the grants are looked at, one after the other. */
const rolesAtMost = 100

/** What a role may do, with all that it inherits from the roles that are granted to it. */
export class Grants {
  private constructor(private readonly all: readonly Grant[]) {}

  /** Undefined where the role may not look at its own grants, or has those of so many others that nobody should wait for it. */
  static async read(
    session: SnowflakeSession,
    role: string,
    secondaryRoles: 'all' | 'none' | undefined,
  ): Promise<Grants | undefined> {
    const found: Grant[] = []
    const toRead = [`role ${role}`, 'role public', ...(secondaryRoles === 'all' ? await otherRoles(session) : [])]
    const seen = new Set<string>()
    for (let next = toRead.shift(); next !== undefined; next = toRead.shift()) {
      if (seen.has(next.toUpperCase())) continue
      if (seen.size === rolesAtMost) return undefined
      seen.add(next.toUpperCase())
      const grants = await grantsTo(session, next)
      if (grants === undefined && seen.size === 1) return undefined
      for (const grant of grants ?? []) {
        found.push(grant)
        if (grant.on === 'ROLE') toRead.push(`role ${grant.name}`)
        if (grant.on === 'DATABASE_ROLE') toRead.push(`database role ${grant.name}`)
      }
    }
    return new Grants(found)
  }

  /** Who owns a thing, or what it stands in, may do all with it. */
  allow(on: 'DATABASE' | 'SCHEMA', name: string, privilege: string): boolean {
    const wanted = name.toUpperCase()
    const [database] = wanted.split('.')
    return this.all.some(grant => {
      if (grant.privilege === 'OWNERSHIP' && grant.on === 'DATABASE' && grant.name === database && on === 'DATABASE')
        return true
      return grant.on === on && grant.name === wanted && ['OWNERSHIP', privilege].includes(grant.privilege)
    })
  }
}

async function grantsTo(session: SnowflakeSession, grantee: string): Promise<readonly Grant[] | undefined> {
  try {
    const rows = await session.query(`show grants to ${grantee}`)
    return rows.map(row => ({
      privilege: String(row.privilege).toUpperCase(),
      on: String(row.granted_on).toUpperCase().replaceAll(' ', '_'),
      name: String(row.name).replaceAll('"', '').toUpperCase(),
    }))
  } catch (error) {
    if (error instanceof WarehouseError && error.errorKind !== 'interrupted') return undefined
    throw error
  }
}

/** Those of the user that count beside the role. */
async function otherRoles(session: SnowflakeSession): Promise<readonly string[]> {
  try {
    const [row] = await session.query('select current_available_roles() as names')
    const names: unknown = JSON.parse(String(row?.names ?? '[]'))
    return Array.isArray(names) ? names.map(name => `role ${String(name)}`) : []
  } catch (error) {
    if (error instanceof WarehouseError) return []
    throw error
  }
}
