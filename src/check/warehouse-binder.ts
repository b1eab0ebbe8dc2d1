import type { CompiledProject } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import type { Session, Warehouse } from '../warehouse/warehouse.ts'
import { bindProject } from './bind.ts'
import type { Binder, DeclaredTable } from './binder.ts'
import type { Found } from './found.ts'

/** Binds a project in a warehouse that holds nothing else, on empty tables made for it. */
export async function bindInWarehouse(compiled: CompiledProject, empty: Warehouse): Promise<readonly Found[]> {
  const session = await empty.connect()
  try {
    return await bindProject(compiled, binderIn(session, empty.dialect))
  } finally {
    session.close()
  }
}

function binderIn(session: Session, dialect: Dialect): Binder {
  return {
    engine: dialect.engine,
    atATime: 1,
    declare: tables => createTables(session, tables, dialect),
    describe: sql => session.describe(sql),
  }
}

async function createTables(session: Session, tables: readonly DeclaredTable[], dialect: Dialect): Promise<void> {
  for (const schema of new Set(tables.map(({ table }) => table.schema)))
    await session.execute(`create schema if not exists ${dialect.identifier(schema)}`)
  for (const { table, columns } of tables) {
    const declared = Object.entries(columns).map(
      ([name, { type }]) => `${dialect.identifier(name)} ${dialect.type(type)}`,
    )
    // A name that the engine reserves is told of as such.
    const path = `${dialect.identifier(table.schema)}.${dialect.identifier(table.name)}`
    await session.execute(`create table ${path} (${declared.join(', ')})`)
  }
}
