import { createHash } from 'node:crypto'
import type { AnyColumn, Columns } from '../../authoring/column.ts'
import type { UnitTest } from '../../authoring/tests.ts'
import type { CompiledModel, CompiledProject } from '../../compile/compiled.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { landingColumns } from '../../compile/landing-columns.ts'
import { naming, tablePath } from '../../compile/naming.ts'
import { inlineName } from '../../compile/query-text.ts'
import { nearest } from '../../problems/nearest.ts'
import type { Problem } from '../../problems/problem.ts'
import type { Named, Project } from '../../project/project.ts'
import { problemOf } from './problem.ts'
import { faultOf, literalOf } from './value.ts'

type Values = Readonly<Record<string, unknown>>

/** A relation that a unit test's model reads, as a table with the rows that the test gives. */
export interface GivenTable {
  readonly name: string
  /** The schema that it stands in; undefined for an inline model, which is read by a name alone. */
  readonly schema: string | undefined
  readonly path: string
  readonly columns: Columns
  readonly rows: readonly Values[]
}

/** Every relation that the model reads, with the rows given; those that are not given are empty. */
export function givenTables(
  test: Named<UnitTest>,
  model: CompiledModel,
  compiled: CompiledProject,
  project: Project,
): { readonly tables: readonly GivenTable[]; readonly problems: readonly Problem[] } {
  const read = relationsRead(model, compiled, project)
  const problems: Problem[] = []
  const rows = new Map<string, Values[]>()
  for (const { relation, rows: data } of test.value.given) {
    const name =
      relation.kind === 'model' ? project.names.model(relation) : fullName(project.names.sourceTable(relation))
    const table = read.find(other => other.name === name)
    if (table === undefined) {
      problems.push(notRead(test, name, model, read))
      continue
    }
    problems.push(...data.flatMap((row, index) => rowProblems(test, row, `row ${index + 1} of ${name}`, table.columns)))
    rows.set(table.name, [...(rows.get(table.name) ?? []), ...data])
  }
  const tables = read.map(table => ({ ...table, rows: rows.get(table.name) ?? [] }))
  return { tables: tables.map(table => (table.isRaw ? withRowNames(table) : table)), problems }
}

interface ReadRelation extends Omit<GivenTable, 'rows'> {
  readonly isRaw: boolean
}

function relationsRead(model: CompiledModel, compiled: CompiledProject, project: Project): readonly ReadRelation[] {
  const models = model.reads.map((name): ReadRelation => {
    const { value, layer } = project.models.get(name)!
    if (value.build.kind === 'inline') {
      return { name, schema: undefined, path: inlineName(name), columns: value.columns, isRaw: false }
    }
    const table = naming(undefined).model(layer, name)
    return { name, schema: table.schema, path: tablePath(table), columns: value.columns, isRaw: false }
  })
  const raw = model.readsSourceTables.map((name): ReadRelation => {
    const { table, columns } = compiled.sourceTables.get(name)!
    return {
      name,
      schema: table.schema,
      path: tablePath(table),
      columns: { ...columns, ...landingColumns },
      isRaw: true,
    }
  })
  return [...models, ...raw]
}

/** Raw rows as they land: numbered in order, equal rows with an equal id, where the test does not give these columns itself. */
function withRowNames<T extends GivenTable>(table: T): T {
  const rows = table.rows.map((row, index) => ({ tl_row_id: contentId(row), tl_row_number: index + 1, ...row }))
  return { ...table, rows }
}

function contentId(row: Values): string {
  const filled = Object.entries(row).filter(([, value]) => value !== null && value !== undefined)
  const values = filled.map(([name, value]) => [name, textOf(value)]).sort(([a], [b]) => (a! < b! ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}

function textOf(value: unknown): string {
  return typeof value === 'object'
    ? JSON.stringify(value, (_, within) => (typeof within === 'bigint' ? `${within}` : within))
    : String(value)
}

function notRead(
  test: Named<UnitTest>,
  name: string | undefined,
  model: CompiledModel,
  read: readonly ReadRelation[],
): Problem {
  if (name === undefined)
    return problemOf(test, 'given', { message: 'rows are given of what is no export of the project' })
  const words = {
    message: `rows of '${name}' are given, and ${model.name} does not read it`,
    suggestion: nearest(
      name,
      read.map(other => other.name),
    ),
  }
  return problemOf(test, name.split('.').at(-1)!, {
    ...words,
    hint:
      read.length === 0
        ? `${model.name} reads nothing`
        : `${model.name} reads ${read.map(other => other.name).join(', ')}`,
  })
}

function fullName(found: { readonly source: string; readonly table: string } | undefined): string | undefined {
  return found && `${found.source}.${found.table}`
}

/** What is wrong with a row of values for these columns. */
export function rowProblems(test: Named<UnitTest>, row: Values, where: string, columns: Columns): readonly Problem[] {
  return Object.entries(row).flatMap(([name, value]): Problem[] => {
    const known: AnyColumn | undefined = Object.hasOwn(columns, name) ? columns[name] : undefined
    if (known === undefined) {
      const message = `${where} has a column '${name}', which there is not`
      return [problemOf(test, name, { message, suggestion: nearest(name, Object.keys(columns)) })]
    }
    const fault = faultOf(known.type, value)
    return fault === undefined ? [] : [problemOf(test, name, { message: `${where}, '${name}': ${fault}` })]
  })
}

/** The statements that make a table and put its rows into it. */
export function tableStatements({ path, columns, rows }: GivenTable): readonly string[] {
  const names = Object.keys(columns)
  const declared = names.map(name => `${duckdb.identifier(name)} ${duckdb.type(columns[name]!.type)}`)
  const create = `create table ${path} (${declared.join(', ')})`
  if (rows.length === 0) return [create]
  const values = rows.map(row => `(${names.map(name => literalOf(columns[name]!.type, row[name])).join(', ')})`)
  return [create, `insert into ${path} values\n${values.join(',\n')}`]
}
