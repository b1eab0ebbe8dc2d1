import type { CompiledModel, TableName } from '../../compile/compiled.ts'
import { bigquery } from '../../compile/dialect/bigquery.ts'
import { tablePath } from '../../compile/naming.ts'
import { type ContractChange, publicationChange, viewChange } from '../contract-change.ts'
import type { Fence } from '../sharing.ts'
import type { Publication, Published, Standing } from '../warehouse.ts'
import { type Declared, declaredChanges, declaredOf, tagged } from './declared.ts'
import { giveName, nextOf, type Place, takePlace } from './exchange.ts'
import { layoutClauses, otherClusters, otherPartitions } from './layout.ts'
import { descriptionClause, optionsClause } from './options.ts'
import { aboutPolicies } from './policies.ts'
import type { TableResource } from './resources.ts'
import type { RowMerger } from './row-merger.ts'
import type { BigQuerySession } from './session.ts'
import type { BigQuerySettings } from './settings.ts'
import { fencedRows, fenceStatement } from './sharing.ts'
import { standingOf } from './standing.ts'
import type { Tables } from './tables.ts'
import { columnOf, fillTagged } from './tagged-table.ts'
import { takePlaceOfTable } from './view-exchange.ts'

/**
 * Puts a model's rows into its live table: a query job that replaces the content and leaves all else (WRITE_TRUNCATE_DATA), so grants, policy
 * tags, row policies and time travel stay. A table that is new is made by one CREATE OR REPLACE TABLE. Where its contract breaks, another is filled
 * beside it, gets its grants, and has its place only then.
 *
 * The lease is asked for within each statement that changes rows. What can carry no condition (a changed description, a new column, a view, a table that
 * goes) is asked for right before: in the same job where it is a statement, by a job of its own where it is a request.
 */
export async function publish(
  session: BigQuerySession,
  tables: Tables,
  { model, scratch, status, fence }: Publication,
  { settings, statusRows }: { readonly settings: BigQuerySettings; readonly statusRows: RowMerger },
): Promise<Published> {
  const live = await tables.find(model.table)
  const standing = live && standingOf(live)
  const publishOne = model.materialization === 'view' ? publishView : publishTable
  const { now, ...published } = await publishOne({
    session,
    tables,
    model,
    declared: declaredOf(model, settings, Date.now()),
    live,
    standing,
    from: tablePath(scratch),
    fence,
  })
  if (now !== undefined) tables.remember(model.table, now)
  await statusRows.merge(session, status, fence)
  await tables.drop(scratch)
  return published
}

/** How a table or view stands now, where that is known without asking. */
interface PublishedAs extends Published {
  readonly now?: TableResource | undefined
}

interface Publishing {
  readonly session: BigQuerySession
  readonly tables: Tables
  readonly model: CompiledModel
  readonly declared: Declared
  readonly live: TableResource | undefined
  readonly standing: Standing | undefined
  readonly from: string
  readonly fence: Fence | undefined
}

async function publishTable(publishing: Publishing): Promise<PublishedAs> {
  const { session, model, live, standing, from, declared, fence } = publishing
  const change = changeOf(model, live, standing)
  const rowsIn = (names: readonly string[]) =>
    fencedRows(`select ${names.map(name => `s.${name}`).join(', ')}\nfrom ${from} as s`, names.length, fence)
  if (change.kind === 'same') {
    const changes = {
      ...changesOf(model, live!, change.added, declared),
      ...otherClusters(model, live!),
      ...declaredChanges(declared, live!),
    }
    const now = Object.keys(changes).length > 0 ? await patch(publishing, changes) : live
    // In the order in which the table has them, where new ones stand last.
    const known = (live!.schema?.fields ?? []).map(({ name }) => name)
    await session.overwriteRows(model.table, rowsIn([...known, ...change.added]))
    return { replacedBecause: undefined, now }
  }
  const rows = rowsIn(Object.keys(model.columns))
  if (change.kind === 'breaking') return makeAnew(publishing, change.because, rows)
  if (hasTags(declared)) {
    await fillNext(publishing, rows)
    await giveName(placeOf(publishing), nextOf(model.table, fence))
  } else {
    await session.execute(createWith(model, model.table, declared, rows))
  }
  return { replacedBecause: undefined, now: await keptForGood(publishing) }
}

/** Nothing of the table that stands is touched before the other is whole. */
async function makeAnew(publishing: Publishing, because: string, rows: string): Promise<PublishedAs> {
  const { tables, model, declared, live, standing, fence } = publishing
  const place = placeOf(publishing)
  const next = nextOf(model.table, fence)
  const remarks = await aboutPolicies(tables, model, declared, live!)
  let hasGrantsAgain: boolean
  try {
    await fillNext(publishing, rows)
    // Read only now: filling it may have taken long.
    hasGrantsAgain = await giveGrants(tables, model.table, next)
  } catch (error) {
    await tables.drop(next).catch(() => undefined)
    throw error
  }
  await takePlace(place, standing!.kind)
  return { replacedBecause: because, hasGrantsAgain, remarks, now: await keptForGood(publishing) }
}

function fillNext(publishing: Publishing, rows: string): Promise<void> {
  const { session, model, declared, fence } = publishing
  const next = nextOf(model.table, fence)
  if (hasTags(declared)) return fillTagged(next, publishing, rows)
  return session.execute(createWith(model, next, declared, rows))
}

/** Gives one table what is granted on another; false where this account may not see or give it. */
async function giveGrants(tables: Tables, from: TableName, to: TableName): Promise<boolean> {
  const grants = await tables.grantsOn(from)
  if (grants === undefined) return false
  return grants.bindings?.length === 0 || tables.grantAgain(to, grants)
}

function placeOf({ session, tables, model, fence }: Publishing): Place {
  return { session, tables, table: model.table, fence }
}

const hasTags = ({ policyTags }: Declared): boolean => Object.keys(policyTags).length > 0

/** A table that was just made has what its dataset says of new tables: where the model says `never`, that is taken from it. */
async function keptForGood(publishing: Publishing): Promise<TableResource> {
  const { model, tables, declared } = publishing
  const made = resourceOf(model, tables, declared)
  if (declared.expiresAt !== 'never' && declared.partitionsExpireAfterDays !== 'never') return made
  const found = await tables.find(model.table)
  const { expirationTime, timePartitioning } = found === undefined ? {} : declaredChanges(declared, found)
  const changes = {
    ...(expirationTime === undefined ? {} : { expirationTime }),
    ...(timePartitioning === undefined ? {} : { timePartitioning }),
  }
  return Object.keys(changes).length === 0 ? made : patch(publishing, changes)
}

/** A table that was made as the model says. */
function resourceOf(model: CompiledModel, tables: Tables, declared: Declared): TableResource {
  return {
    tableReference: tables.referenceOf(model.table),
    type: 'TABLE',
    description: model.model.value.description,
    schema: { fields: Object.keys(model.columns).map(name => columnOf(name, model, declared)) },
  }
}

/** No request for a table's resource can ask for the lease. */
async function patch(
  { session, tables, model, fence }: Publishing,
  changes: Partial<TableResource>,
): Promise<TableResource> {
  if (fence !== undefined) await session.execute(fenceStatement(fence))
  return tables.patch(model.table, changes)
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

/** What a model says of its columns and the table does not: descriptions, policy tags, and columns that are new. Whatever else a field has stays in it. */
function changesOf(
  model: CompiledModel,
  live: TableResource,
  added: readonly string[],
  declared: Declared,
): Partial<TableResource> | undefined {
  const { description } = model.model.value
  const fields = live.schema?.fields ?? []
  const told = fields.map(field =>
    tagged({ ...field, description: model.columns[field.name]?.description ?? '' }, declared),
  )
  const isTold = fields.every(({ description: now = '', policyTags }, index) => {
    const { description: wanted, policyTags: guards } = told[index]!
    return now === wanted && policyTags?.names?.join() === guards?.names?.join()
  })
  if (isTold && added.length === 0 && live.description === description) return undefined
  const appended = added.map(name => columnOf(name, model, declared))
  return { description, schema: { fields: [...told, ...appended] } }
}

function createWith(model: CompiledModel, table: TableName, declared: Declared, rows: string): string {
  const columns = Object.entries(model.columns).map(
    ([name, { type, description }]) => `  ${name} ${bigquery.type(type)} ${descriptionClause(description)}`,
  )
  const options = optionsClause(model.model.value.description, declared)
  return `create or replace table ${tablePath(table)} (\n${columns.join(',\n')}\n)\n${layoutClauses(model)}${options}\nas\n${rows}`
}

/** A view that stands gets another query, and keeps who may read it. */
async function publishView(publishing: Publishing): Promise<PublishedAs> {
  const { session, tables, model, declared, live, standing, fence } = publishing
  const query = model.query!.text
  const { description } = model.model.value
  if (standing?.kind === 'view') {
    const labels = declaredChanges(declared, live!)
    const isTold = live!.view?.query === query && live!.description === description && Object.keys(labels).length === 0
    if (!isTold) {
      await patch(publishing, {
        ...labels,
        description,
        view: { query, useLegacySql: false },
      })
    }
    return { replacedBecause: undefined, now: await describeColumns(publishing, isTold ? live : undefined) }
  }
  const change = viewChange(standing)
  const create = (at: TableName, moreLabels: Readonly<Record<string, string>> = {}): string =>
    createViewWith(model, at, { ...declared.labels, ...moreLabels })
  if (change.kind !== 'breaking') {
    const asked = fence === undefined ? '' : `${fenceStatement(fence)};\n`
    await session.execute(`${asked}${create(model.table)}`)
    return { replacedBecause: undefined }
  }
  const remarks = await aboutPolicies(tables, model, declared, live!)
  const hasGrantsAgain = await takePlaceOfTable(placeOf(publishing), create)
  return { replacedBecause: change.because, hasGrantsAgain, remarks }
}

function createViewWith(model: CompiledModel, table: TableName, labels: Declared['labels']): string {
  const names = Object.entries(model.columns).map(
    ([name, { description }]) => `  ${name} ${descriptionClause(description)}`,
  )
  const options = optionsClause(model.model.value.description, { labels })
  return `create view ${tablePath(table)} (\n${names.join(',\n')}\n)\n${options}\nas\n${model.query!.text}`
}

/** Another query may have given the view other columns: it is looked at then. */
async function describeColumns(publishing: Publishing, known?: TableResource): Promise<TableResource | undefined> {
  const { tables, model, declared } = publishing
  const now = known ?? (await tables.find(model.table))
  // A view's columns carry no tags: whoever reads them needs those of the tables that the view reads.
  const changes = now && changesOf(model, now, [], { ...declared, policyTags: {} })
  return changes === undefined ? now : patch(publishing, { schema: changes.schema! })
}
