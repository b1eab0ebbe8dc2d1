import type { AnyColumn, Columns } from '../authoring/column.ts'
import { describeType } from '../authoring/column-type.ts'
import type { CompiledModel, TableName } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import { tablePath } from '../compile/naming.ts'
import type { Standing } from '../warehouse/warehouse.ts'
import { createView, dropTable, dropView } from './statements.ts'

export interface Publication {
  /** Carried out together in one transaction. */
  readonly statements: readonly string[]
  /** Where the live table had to be replaced: why, for the report. */
  readonly replacedBecause: string | undefined
}

/**
 * Puts what stands in scratch into the live table in one atomic step. The live table is never dropped: its content is replaced and
 * new columns are added; only a breaking change of contract (a column gone or of another type, a table become a view) makes it anew.
 */
export function publication(
  model: CompiledModel,
  scratch: TableName,
  standing: Standing | undefined,
  dialect: Dialect,
): Publication {
  if (model.materialization === 'view') return publishView(model, scratch, standing, dialect)
  const change = contractChange(model.columns, standing)
  const live = tablePath(model.table)
  const names = Object.keys(model.columns).join(', ')
  const insert = `insert into ${live} (${names})\nselect ${names} from ${tablePath(scratch)}`
  const content =
    change.kind === 'new' || change.kind === 'breaking'
      ? [
          ...(standing?.kind === 'view' ? [dropView(model.table)] : standing ? [dropTable(model.table)] : []),
          createEmpty(model, dialect),
          insert,
        ]
      : [
          ...change.added.map(
            name => `alter table ${live} add column ${name} ${dialect.type(model.columns[name]!.type)}`,
          ),
          `delete from ${live}`,
          insert,
        ]
  return {
    statements: [...content, ...comments(model, 'table', standing, dialect), dropTable(scratch)],
    replacedBecause: change.kind === 'breaking' ? change.because : undefined,
  }
}

function publishView(
  model: CompiledModel,
  scratch: TableName,
  standing: Standing | undefined,
  dialect: Dialect,
): Publication {
  const drop = standing?.kind === 'table' ? [dropTable(model.table)] : []
  return {
    statements: [
      ...drop,
      createView(model.table, model.query!),
      ...comments(model, 'view', undefined, dialect),
      dropView(scratch),
    ],
    replacedBecause: standing?.kind === 'table' ? 'it was a table and is a view now' : undefined,
  }
}

type Change =
  | { readonly kind: 'new' }
  | { readonly kind: 'same'; readonly added: readonly string[] }
  | { readonly kind: 'breaking'; readonly because: string }

function contractChange(columns: Columns, standing: Standing | undefined): Change {
  if (!standing) return { kind: 'new' }
  if (standing.kind === 'view') return { kind: 'breaking', because: 'it was a view and is a table now' }
  for (const { name, type } of standing.columns) {
    const declared: AnyColumn | undefined = columns[name]
    if (!declared) return { kind: 'breaking', because: `its column ${name} is gone` }
    if (type === undefined || describeType(type) !== describeType(declared.type)) {
      return {
        kind: 'breaking',
        because: `its column ${name} was ${type ? describeType(type) : 'of another type'} and is ${describeType(declared.type)} now`,
      }
    }
  }
  const known = new Set(standing.columns.map(column => column.name))
  return { kind: 'same', added: Object.keys(columns).filter(name => !known.has(name)) }
}

function createEmpty(model: CompiledModel, dialect: Dialect): string {
  const columns = Object.entries(model.columns).map(([name, column]) => `  ${name} ${dialect.type(column.type)}`)
  return `create table ${tablePath(model.table)} (\n${columns.join(',\n')}\n)`
}

/** Descriptions of the table and its columns, where they differ from those that stand. */
function comments(
  model: CompiledModel,
  kind: 'table' | 'view',
  standing: Standing | undefined,
  dialect: Dialect,
): string[] {
  const live = tablePath(model.table)
  const known = new Map(standing?.kind === 'table' ? standing.columns.map(column => [column.name, column.comment]) : [])
  const statements: string[] = []
  if (standing?.comment !== model.model.value.description) {
    statements.push(`comment on ${kind} ${live} is ${dialect.text(model.model.value.description)}`)
  }
  for (const [name, column] of Object.entries(model.columns)) {
    if (known.get(name) === column.description) continue
    statements.push(`comment on column ${live}.${name} is ${dialect.text(column.description)}`)
  }
  return statements
}
