import type { CompiledModel } from '../../compile/compiled.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { tablePath } from '../../compile/naming.ts'
import { contractChange, viewChange } from '../contract-change.ts'
import { createView, dropTable, dropView } from '../statements.ts'
import type { KeyedRow, OwnTable, Publication, Published, Session, Standing } from '../warehouse.ts'

/** Rows and status in one transaction. */
export async function publish(
  session: Session,
  { model, scratch, status }: Publication,
  standing: Standing | undefined,
): Promise<Published> {
  const { statements, replacedBecause } = content({ model, scratch }, standing)
  await session.transaction([...statements, ...replaceRow(status)])
  return { replacedBecause }
}

interface Content extends Published {
  readonly statements: readonly string[]
}

function content(publication: Pick<Publication, 'model' | 'scratch'>, standing: Standing | undefined): Content {
  const { model, scratch } = publication
  if (model.materialization === 'view') return viewContent(publication, standing)
  const change = contractChange(model.columns, standing)
  const live = tablePath(model.table)
  const names = Object.keys(model.columns).join(', ')
  const insert = `insert into ${live} (${names})\nselect ${names} from ${tablePath(scratch)}`
  const rows =
    change.kind === 'new' || change.kind === 'breaking'
      ? [
          ...(standing?.kind === 'view' ? [dropView(model.table)] : standing ? [dropTable(model.table)] : []),
          createEmpty(model),
          insert,
        ]
      : [
          ...change.added.map(
            name => `alter table ${live} add column ${name} ${duckdb.type(model.columns[name]!.type)}`,
          ),
          `delete from ${live}`,
          insert,
        ]
  return {
    statements: [...rows, ...comments(model, 'table', standing), dropTable(scratch)],
    replacedBecause: change.kind === 'breaking' ? change.because : undefined,
  }
}

function viewContent(
  { model, scratch }: Pick<Publication, 'model' | 'scratch'>,
  standing: Standing | undefined,
): Content {
  const change = viewChange(standing)
  const drop = change.kind === 'breaking' ? [dropTable(model.table)] : []
  return {
    statements: [
      ...drop,
      createView(model.table, model.query!),
      ...comments(model, 'view', undefined),
      dropView(scratch),
    ],
    replacedBecause: change.kind === 'breaking' ? change.because : undefined,
  }
}

function createEmpty(model: CompiledModel): string {
  const columns = Object.entries(model.columns).map(([name, column]) => `  ${name} ${duckdb.type(column.type)}`)
  return `create table ${tablePath(model.table)} (\n${columns.join(',\n')}\n)`
}

/** Descriptions of the table and its columns, where they differ from those that stand. */
function comments(model: CompiledModel, kind: 'table' | 'view', standing: Standing | undefined): string[] {
  const live = tablePath(model.table)
  const known = new Map(standing?.kind === 'table' ? standing.columns.map(column => [column.name, column.comment]) : [])
  const statements: string[] = []
  if (standing?.comment !== model.model.value.description) {
    statements.push(`comment on ${kind} ${live} is ${duckdb.text(model.model.value.description)}`)
  }
  for (const [name, column] of Object.entries(model.columns)) {
    if (known.get(name) === column.description) continue
    statements.push(`comment on column ${live}.${name} is ${duckdb.text(column.description)}`)
  }
  return statements
}

/** In the place of the row with its key. */
export function replaceRow({ into, values }: KeyedRow): readonly string[] {
  const [key, keyValue] = values[0]!
  const names = values.map(([name]) => name).join(', ')
  const literals = values.map(([, literal]) => literal).join(', ')
  return [
    `delete from ${tablePath(into)} where ${key} = ${keyValue}`,
    `insert into ${tablePath(into)} (${names}) values (${literals})`,
  ]
}

/** The engine's own table, with its descriptions and all of its columns, where it is not there. */
export function createOwnTable({ table, description, columns }: OwnTable): readonly string[] {
  const path = tablePath(table)
  const declared = columns.map(({ name, type }) => `${name} ${duckdb.type(type)}`)
  return [
    `create table if not exists ${path} (${declared.join(', ')})`,
    ...declared.map(column => `alter table ${path} add column if not exists ${column}`),
    `comment on table ${path} is ${duckdb.text(description)}`,
    ...columns.map(column => `comment on column ${path}.${column.name} is ${duckdb.text(column.description)}`),
  ]
}
