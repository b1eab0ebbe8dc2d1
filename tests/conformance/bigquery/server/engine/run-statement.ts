import { fieldOf, nodeField, rangeOf, sliceBytes } from '../../../../../src/googlesql/parse-tree.ts'
import { invalidQuery, notImplemented } from '../api-error.ts'
import { alterRelation } from './alter.ts'
import { createFunction, dropFunction } from './create-function.ts'
import { createSnapshot, createTable } from './create-table.ts'
import { createView } from './create-view.ts'
import { modify, truncate } from './dml.ts'
import { drop, dropRelation } from './drop.ts'
import { merge } from './merge.ts'
import { refuseWithoutPartitionFilter } from './partition-filter.ts'
import { createRowPolicy, dropAllRowPolicies, dropRowPolicy } from './row-policies.ts'
import { alterSchema, changeGrants, createSchema } from './schemas.ts'
import type { Outcome, Statement } from './session.ts'
import { oneValue, statementCatalog } from './statement-catalog.ts'

type Run = (statement: Statement) => Outcome | Promise<Outcome>

const runs: Readonly<Record<string, Run>> = {
  alter_schema: alterSchema,
  alter_table: alterRelation,
  alter_view: alterRelation,
  assert: assertTrue,
  create_function: createFunction,
  create_materialized_view: statement => createView(statement, 'MATERIALIZED_VIEW'),
  create_row_access_policy: createRowPolicy,
  create_schema: createSchema,
  create_snapshot_table: createSnapshot,
  create_table: createTable,
  create_view: statement => createView(statement, 'VIEW'),
  delete: statement => modify(statement, 'DELETE'),
  drop,
  drop_all_row_access_policies: dropAllRowPolicies,
  drop_function: dropFunction,
  drop_materialized_view: statement => dropRelation(statement, 'MATERIALIZED_VIEW', ['MATERIALIZED_VIEW']),
  drop_row_access_policy: dropRowPolicy,
  drop_snapshot_table: statement => dropRelation(statement, 'SNAPSHOT_TABLE', ['SNAPSHOT']),
  grant: changeGrants,
  insert: statement => modify(statement, 'INSERT'),
  merge,
  query: select,
  revoke: changeGrants,
  truncate,
  update: statement => modify(statement, 'UPDATE'),
}

/** Runs one statement and says what it did. Throws `ApiError` or `GoogleSqlError`; then nothing has changed. */
export async function runStatement(statement: Statement): Promise<Outcome> {
  const name = statement.kind.replace(/^ast_/, '').replace(/_statement_node$/, '')
  const run = runs[name]
  if (run === undefined) throw notImplemented(`the statement ${name.toUpperCase().replaceAll('_', ' ')}`)
  const { sql, session } = statement
  await refuseWithoutPartitionFilter(sql, session, statementCatalog(session))
  return run(statement)
}

async function select({ sql, session }: Statement): Promise<Outcome> {
  const { columns, rows } = await session.google.evaluate(sql, statementCatalog(session), session.parameters)
  return { type: 'SELECT', columns, rows }
}

async function assertTrue({ sql, node, session }: Statement): Promise<Outcome> {
  const expression = sliceBytes(sql, rangeOf(nodeField(node, 'expr')!))
  if ((await oneValue(session, `select ${expression}`)) === true) return { type: 'ASSERT' }
  const description = nodeField(node, 'description')
  throw invalidQuery(description === undefined ? 'Assertion failed' : String(fieldOf(description, 'string_value')))
}
