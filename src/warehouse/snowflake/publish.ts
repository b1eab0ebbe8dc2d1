import type { CompiledModel } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import { publicationChange } from '../contract-change.ts'
import type { Fence } from '../sharing.ts'
import type { Publication, Published, Session } from '../warehouse.ts'
import { createModelTable, createModelView, type TableSettings } from './clauses.ts'
import { exchange, nextOf } from './exchange.ts'
import { fencedRows, fencedTransaction, mustHold, rowStatements } from './fence.ts'
import { clusterOrder, reclustered } from './layout.ts'
import { columnsOf, type FoundColumn, isViewOf } from './objects.ts'
import { policyRemarks, toldWith } from './policies.ts'
import { type Found, foundTable, standingOf } from './standing.ts'

/**
 * Puts a model's rows into its live table: one transaction replaces its rows, writes the row of its status and holds the lease, and all else about
 * the table stays: grants, masking and row policies, tags, time travel. What is about the table itself (a column more, descriptions, clusters)
 * is said before, since such a statement commits. A table that is new, or whose contract breaks, is made by one CREATE OR REPLACE TABLE; one that takes a
 * view's place, or a view that takes a table's, is made beside it and exchanged.
 */
export async function publish(
  session: Session,
  { model, scratch, status, fence }: Publication,
  settings: TableSettings,
): Promise<Published> {
  const live = await foundTable(session, model.table)
  const publishing = { session, model, settings, live, fence, from: tablePath(scratch) }
  const change = publicationChange(model, live && standingOf(live))
  const rowOfStatus = rowStatements(status)
  let published: Published = { replacedBecause: undefined }
  if (model.materialization === 'view') {
    published = await publishView(publishing, change.kind === 'breaking' ? change.because : undefined)
    await fencedTransaction(session, rowOfStatus, fence)
  } else if (change.kind === 'same') {
    await prepareTable(publishing, live!, change.added)
    await fencedTransaction(session, [overwrite(publishing, live!, change.added), ...rowOfStatus], fence)
  } else {
    published = await makeTable(publishing, change.kind === 'breaking' ? change.because : undefined)
    await fencedTransaction(session, rowOfStatus, fence)
  }
  await session.execute(`drop ${model.materialization === 'view' ? 'view' : 'table'} if exists ${tablePath(scratch)}`)
  return published
}

interface Publishing {
  readonly session: Session
  readonly model: CompiledModel
  readonly settings: TableSettings
  readonly live: Found | undefined
  readonly fence: Fence | undefined
  readonly from: string
}

/** The rows of scratch in the place of those of the live table. */
function overwrite({ model, from }: Publishing, { columns }: Found, added: readonly string[]): string {
  const names = [...columns.map(({ name }) => name.toLowerCase()), ...added]
  const selected = names.map(name => `s.${name}`).join(', ')
  return `insert overwrite into ${tablePath(model.table)} (${names.join(', ')})\nselect ${selected}\nfrom ${from} as s${clusterOrder(model)}`
}

/** What the model says of the table that stands, and the table does not know. */
async function prepareTable(
  { session, model, fence }: Publishing,
  { object, columns }: Found,
  added: readonly string[],
): Promise<void> {
  const path = tablePath(model.table)
  const statements = [...commentStatements(model, columns, object.comment)]
  if (added.length > 0) {
    const appended = added.map(name => {
      const { type, description } = model.columns[name]!
      return `${name} ${snowflake.type(type)} comment ${snowflake.text(description)}`
    })
    statements.unshift(`alter table ${path} add column ${appended.join(', ')}`)
  }
  const clusters = reclustered(model, path, object.clusterBy)
  if (clusters !== undefined) statements.push(clusters)
  if (statements.length > 0) await mustHold(session, fence)
  for (const statement of statements) await session.execute(statement)
}

async function makeTable(publishing: Publishing, because: string | undefined): Promise<Published> {
  const { session, model, settings, live, fence, from } = publishing
  const names = Object.keys(model.columns)
  const selected = `select ${names.map(name => `s.${name}`).join(', ')}\nfrom ${from} as s`
  const types = Object.values(model.columns).map(({ type }) => snowflake.type(type))
  const rows = `${fencedRows(selected, types, fence)}${clusterOrder(model)}`
  const make = (path: string) => session.execute(createModelTable(model, path, settings, rows))
  if (live?.object.kind === 'view' && because !== undefined)
    return exchanged(publishing, 'table', because, async path => {
      await make(path)
      await describeColumns(publishing, path)
    })
  const path = tablePath(model.table)
  const remarks = live === undefined ? [] : await policyRemarks(session, model, 'table')
  await make(path)
  await describeColumns(publishing, path)
  return because === undefined
    ? { replacedBecause: undefined }
    : { replacedBecause: because, hasGrantsAgain: true, remarks }
}

/** Descriptions of the columns of a table that was just made. */
async function describeColumns({ session, model }: Publishing, path: string): Promise<void> {
  const columns = (await columnsOf(session, path)) ?? []
  for (const statement of columnComments(model, columns, path)) await session.execute(statement)
}

/** A view that stands and reads the same is left as it is, with all that is on it. */
async function publishView(publishing: Publishing, because: string | undefined): Promise<Published> {
  const { session, model, settings, live, fence } = publishing
  const statement = (path: string) => createModelView(model, path, settings)
  const path = tablePath(model.table)
  if (because !== undefined)
    return exchanged(publishing, 'view', because, nextPath => session.execute(statement(nextPath)))
  let remarks: readonly string[] = []
  if (live?.object.kind === 'view') {
    // One that took a table's place was made under its other name.
    const same = [path, tablePath(nextOf(model.table))].map(statement)
    if (await isViewOf(session, model.table, same)) return { replacedBecause: undefined }
    remarks = toldWith('its view was replaced, with the grants it had', await policyRemarks(session, model, 'view'))
  }
  await mustHold(session, fence)
  await session.execute(statement(path))
  return { replacedBecause: undefined, remarks }
}

async function exchanged(
  publishing: Publishing,
  to: 'table' | 'view',
  because: string,
  make: (path: string) => Promise<void>,
): Promise<Published> {
  const { session, model, live, fence } = publishing
  const { name, table } = model
  const done = await exchange(session, { name, table, from: live!.object.kind, to, make }, fence)
  return { replacedBecause: because, ...done }
}

/** Descriptions that are not those of the model. */
function commentStatements(
  model: CompiledModel,
  standing: readonly FoundColumn[],
  comment: string | undefined,
): readonly string[] {
  const path = tablePath(model.table)
  const { description } = model.model.value
  const ofTable = comment === description ? [] : [`comment on table ${path} is ${snowflake.text(description)}`]
  return [...ofTable, ...columnComments(model, standing, path)]
}

/** The same of its columns: one statement for all of them. */
function columnComments({ columns }: CompiledModel, standing: readonly FoundColumn[], path: string): readonly string[] {
  const told = standing.flatMap(({ name, comment }) => {
    const column = columns[name.toLowerCase()]
    if (column === undefined || (comment ?? '') === column.description) return []
    return [`column ${name.toLowerCase()} comment ${snowflake.text(column.description)}`]
  })
  return told.length === 0 ? [] : [`alter table ${path} alter ${told.join(', ')}`]
}
