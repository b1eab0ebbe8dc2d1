import type { CompiledModel, TableName } from '../../compile/compiled.ts'
import { bigquery } from '../../compile/dialect/bigquery.ts'
import { tablePath } from '../../compile/naming.ts'
import { type ContractChange, publicationChange, viewChange } from '../contract-change.ts'
import type { Publication, Published, Standing } from '../warehouse.ts'
import { fieldOf } from './fields.ts'
import { layoutClauses, otherClusters, otherPartitions } from './layout.ts'
import { optionsClause } from './options.ts'
import type { FieldResource, TableResource } from './resources.ts'
import type { RowMerger } from './row-merger.ts'
import type { BigQuerySession } from './session.ts'
import { standingOf } from './standing.ts'
import type { Tables } from './tables.ts'

type Labels = Readonly<Record<string, string>>

/**
 * Puts a model's rows into its live table: a query job that replaces the content and leaves all else (WRITE_TRUNCATE_DATA), so grants, policy
 * tags, row policies and time travel stay. A table that is new, or whose contract breaks, is made by one CREATE OR REPLACE TABLE.
 */
export async function publish(
  session: BigQuerySession,
  tables: Tables,
  { model, scratch, status }: Publication,
  { labels, statusRows }: { readonly labels: Labels; readonly statusRows: RowMerger },
): Promise<Published> {
  const live = await tables.find(model.table)
  const standing = live && standingOf(live)
  const publishOne = model.materialization === 'view' ? publishView : publishTable
  const published = await publishOne({ session, tables, model, labels, live, standing, from: tablePath(scratch) })
  await statusRows.merge(session, status)
  await tables.drop(scratch)
  return published
}

interface Publishing {
  readonly session: BigQuerySession
  readonly tables: Tables
  readonly model: CompiledModel
  readonly labels: Labels
  readonly live: TableResource | undefined
  readonly standing: Standing | undefined
  readonly from: string
}

async function publishTable(publishing: Publishing): Promise<Published> {
  const { session, tables, model, live, standing, from, labels } = publishing
  const change = changeOf(model, live, standing)
  const rowsIn = (names: readonly string[]) => `select ${names.map(name => `s.${name}`).join(', ')}\nfrom ${from} as s`
  if (change.kind === 'same') {
    const changes = { ...changesOf(model, live!, change.added), ...otherClusters(model, live!) }
    if (Object.keys(changes).length > 0) await tables.patch(model.table, changes)
    // In the order in which the table has them, where new ones stand last.
    const known = (live!.schema?.fields ?? []).map(({ name }) => name)
    await session.overwriteRows(model.table, rowsIn([...known, ...change.added]))
    return { replacedBecause: undefined }
  }
  const rows = rowsIn(Object.keys(model.columns))
  const create = (): Promise<void> => {
    if (standing?.kind === 'view') return session.execute(createInPlaceOf('view', model, labels, rows))
    if (live !== undefined && isKeptOtherwise(model, live))
      return session.execute(createInPlaceOf('table', model, labels, rows))
    return session.execute(createWith(model, model.table, labels, rows))
  }
  if (change.kind === 'new') {
    await create()
    return { replacedBecause: undefined }
  }
  const hasGrantsAgain = await withGrants(tables, model, create)
  return { replacedBecause: change.because, hasGrantsAgain }
}

/** Makes a table anew and gives again the grants that it had; says whether it has them. */
async function withGrants(tables: Tables, { table }: CompiledModel, make: () => Promise<void>): Promise<boolean> {
  const grants = await tables.grantsOn(table)
  await make()
  if (grants === undefined) return false
  return grants.bindings?.length === 0 || tables.grantAgain(table, grants)
}

function isKeptOtherwise(model: CompiledModel, live: TableResource): boolean {
  return otherPartitions(model, live) !== undefined || otherClusters(model, live) !== undefined
}

/** What the contract asks of the table, and what its partitions do, which no table can change. */
export function changeOf(
  model: CompiledModel,
  live: TableResource | undefined,
  standing: Standing | undefined,
): ContractChange {
  const change = publicationChange(model, standing)
  const isTable = model.materialization !== 'view'
  const because = change.kind === 'same' && isTable ? otherPartitions(model, live!) : undefined
  return because === undefined ? change : { kind: 'breaking', because }
}

/** What a model says of itself and the table does not: descriptions, and columns that are new. Whatever else a field has stays in it. */
function changesOf(
  model: CompiledModel,
  live: TableResource,
  added: readonly string[],
): Partial<TableResource> | undefined {
  const { description } = model.model.value
  const fields = live.schema?.fields ?? []
  const described = fields.map(
    (field): FieldResource => ({ ...field, description: model.columns[field.name]?.description ?? '' }),
  )
  const isTold = fields.every((field, index) => (field.description ?? '') === described[index]!.description)
  if (isTold && added.length === 0 && live.description === description) return undefined
  const appended = added.map(name => fieldOf(name, model.columns[name]!.type, model.columns[name]!.description))
  return { description, schema: { fields: [...described, ...appended] } }
}

/**
 * CREATE OR REPLACE takes the place of no view, and of no table of other partitions or clusters. So the new table is filled under another name
 * first, and has the old one's place only then: one job, which goes on where this process ends, and takes nothing away where the new table fails.
 */
function createInPlaceOf(kind: 'view' | 'table', model: CompiledModel, labels: Labels, rows: string): string {
  const { name } = model.table
  const next: TableName = { ...model.table, name: `${name}__tl_next` }
  const statements = [
    createWith(model, next, labels, rows),
    `drop ${kind} ${tablePath(model.table)}`,
    `alter table ${tablePath(next)} rename to ${name}`,
  ]
  return `${statements.join(';\n')};`
}

function createWith(model: CompiledModel, table: TableName, labels: Labels, rows: string): string {
  const columns = Object.entries(model.columns).map(
    ([name, { type, description }]) => `  ${name} ${bigquery.type(type)} ${optionsClause({ description })}`,
  )
  const options = optionsClause({ description: model.model.value.description, labels })
  return `create or replace table ${tablePath(table)} (\n${columns.join(',\n')}\n)\n${layoutClauses(model)}${options}\nas\n${rows}`
}

/** A view that stands gets another query, and keeps who may read it. */
async function publishView({ session, tables, model, labels, live, standing }: Publishing): Promise<Published> {
  const query = model.query!.text
  const { description } = model.model.value
  if (standing?.kind === 'view') {
    if (live!.view?.query !== query || live!.description !== description) {
      await tables.patch(model.table, {
        description,
        view: { query, useLegacySql: false } as TableResource['view'] & object,
      })
    }
    await describeColumns(tables, model)
    return { replacedBecause: undefined }
  }
  const change = viewChange(standing)
  const names = Object.entries(model.columns).map(
    ([name, { description }]) => `  ${name} ${optionsClause({ description })}`,
  )
  const options = optionsClause({ description, labels })
  const create = `create view ${tablePath(model.table)} (\n${names.join(',\n')}\n)\n${options}\nas\n${query}`
  if (change.kind !== 'breaking') {
    await session.execute(create)
    return { replacedBecause: undefined }
  }
  // One job: it goes on where this process ends.
  const inItsPlace = `drop table ${tablePath(model.table)};\n${create};`
  const hasGrantsAgain = await withGrants(tables, model, () => session.execute(inItsPlace))
  return { replacedBecause: change.because, hasGrantsAgain }
}

async function describeColumns(tables: Tables, model: CompiledModel): Promise<void> {
  const now = await tables.find(model.table)
  const changes = now && changesOf(model, now, [])
  if (changes !== undefined) await tables.patch(model.table, { schema: changes.schema! })
}
