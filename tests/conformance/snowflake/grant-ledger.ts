import type { LocalSnowflake } from './server/server.ts'

/**
 * Who may read the tables and views of a service, which fakesnow does not know: worked out from the statements that were carried out. What replaces one of
 * its name keeps its grants (`copy grants`), what is renamed takes them along, what is dropped loses them.
 */
export class GrantLedger {
  private readonly readers = new Map<string, readonly string[]>()
  private from: number

  /** Answers `grant` and `show grants` in the service's place. */
  constructor(private readonly server: LocalSnowflake) {
    this.from = server.statements().length
    server.told.tell(/^grant /i, [])
    server.told.tell(/^show grants on (table|view) \S+$/, sql => {
      const role = { privilege: 'SELECT', granted_to: 'ROLE', grant_option: 'false' }
      return this.of(sql.split(' ').at(-1)!).map(name => ({ ...role, grantee_name: name }))
    })
  }

  give(path: string, reader: string): void {
    this.readers.set(path, [...this.of(path), reader])
  }

  of(path: string): readonly string[] {
    this.readOn()
    return this.readers.get(path) ?? []
  }

  private readOn(): void {
    const statements = this.server.statements()
    for (const { sql, state } of statements.slice(this.from)) if (state === 'success') this.take(sql)
    this.from = statements.length
  }

  private take(sql: string): void {
    const [, granted, grantee] = /^grant SELECT on \w+ (\S+) to role "(\w+)"/.exec(sql) ?? []
    if (granted !== undefined) this.readers.set(granted, [...(this.readers.get(granted) ?? []), grantee!])
    const [, from, to] = /^alter \w+ (\S+) rename to (\S+)$/.exec(sql) ?? []
    if (from !== undefined) {
      this.readers.set(to!, this.readers.get(from) ?? [])
      this.readers.delete(from)
    }
    const [, made] = /^create or replace (?:transient table|view) (\S+)/.exec(sql) ?? []
    if (made !== undefined && !/\ncopy grants\n/.test(sql)) this.readers.delete(made)
    const [, dropped] = /^drop \w+ if exists (\S+)$/.exec(sql) ?? []
    if (dropped !== undefined) this.readers.delete(dropped)
  }
}
