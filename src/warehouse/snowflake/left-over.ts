import type { SchemaName, TableName } from '../../compile/compiled.ts'
import { distinctSchemas, schemaOf, schemaPath } from '../../compile/naming.ts'
import type { Fence } from '../sharing.ts'
import type { Exchanges, Session } from '../warehouse.ts'
import { asideOf, nextOf, putBack } from './exchange.ts'
import { dropObject, findObject, objectsLike } from './objects.ts'

/** What exchanges of a table and a view leave where their process is killed. */
export const exchanges: Exchanges = {
  isLeftAside: async (session, table) => (await findObject(session, asideOf(table))) !== undefined,
  putBack: async (session, tables, fence) => {
    const back: TableName[] = []
    for (const schema of distinctSchemas(tables.map(schemaOf))) {
      const ofSchema = tables.filter(table => schemaPath(table) === schemaPath(schema))
      back.push(...(await mendSchema(session, schema, ofSchema, fence)))
    }
    return back
  },
}

/** Asks once for all of a schema. */
async function mendSchema(
  session: Session,
  schema: SchemaName,
  tables: readonly TableName[],
  fence: Fence | undefined,
): Promise<readonly TableName[]> {
  const names = new Set((await objectsLike(session, schema, '%__TL_%')).map(({ name }) => name))
  const back: TableName[] = []
  for (const table of tables) {
    if (names.has(asideOf(table).name) && (await putBack(session, table, fence)) === 'put back') back.push(table)
    if (names.has(nextOf(table).name)) await dropObject(session, nextOf(table), fence)
  }
  return back
}
