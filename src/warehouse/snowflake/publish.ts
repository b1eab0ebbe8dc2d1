import type { CompiledModel, TableName } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { tablePath } from '../../compile/naming.ts'
import { publicationChange } from '../contract-change.ts'
import type { Fence } from '../sharing.ts'
import type { Publication, Published, Session } from '../warehouse.ts'
import { createModelTable, createModelView, type TableSettings } from './clauses.ts'
import { fenced, fencedRows, mustHold, rowStatements } from './fence.ts'
import { grantAgain, grantsOn } from './grants.ts'
import { clusterOrder, reclustered } from './layout.ts'
import { columnsOf, dropStatement, type FoundColumn, viewText } from './objects.ts'
import { type Found, foundTable, standingOf } from './standing.ts'

/**
 * Puts a model's rows into its live table: one transaction replaces its rows, writes the row of its status and holds the lease, and all else about
 * the table stays: grants, masking and row policies, tags, time travel. What is about the table itself (a column more, descriptions, clusters)
 * is said before, since such a statement commits. A table that is new, or whose contract breaks, is made by one CREATE OR REPLACE TABLE.
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
    await session.transaction(fenced(rowOfStatus, fence))
  } else if (change.kind === 'same') {
    await prepareTable(publishing, live!, change.added)
    await session.transaction(fenced([overwrite(publishing, live!, change.added), ...rowOfStatus], fence))
  } else {
    published = await makeTable(publishing, change.kind === 'breaking' ? change.because : undefined)
    await session.transaction(fenced(rowOfStatus, fence))
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
  const rows = `${fencedRows(selected, names.length, fence)}${clusterOrder(model)}`
  const path = tablePath(model.table)
  const next = nextOf(model.table)
  let hasGrantsAgain = true
  if (live?.object.kind === 'view') {
    // A table cannot replace a view: it is filled under another name, so that its place is empty for a moment only.
    await session.execute(createModelTable(model, tablePath(next), settings, rows))
    hasGrantsAgain = await withGrants(publishing, 'table', [
      dropStatement(model.table, live.object),
      `alter table ${tablePath(next)} rename to ${path}`,
    ])
  } else {
    await session.execute(createModelTable(model, path, settings, rows))
    // A build that was killed while a table took a view's place leaves it under its other name.
    if (live === undefined) await session.execute(`drop table if exists ${tablePath(next)}`)
  }
  const { description } = model.model.value
  for (const statement of commentStatements(model, (await columnsOf(session, path)) ?? [], description))
    await session.execute(statement)
  return because === undefined ? { replacedBecause: undefined } : { replacedBecause: because, hasGrantsAgain }
}

function nextOf(table: TableName): TableName {
  return { ...table, name: `${table.name}__tl_next` }
}

/** A view that stands and reads the same is left as it is, with all that is on it. */
async function publishView(publishing: Publishing, because: string | undefined): Promise<Published> {
  const { session, model, settings, live, fence } = publishing
  const statement = createModelView(model, settings)
  if (live?.object.kind === 'view') {
    const standing = await viewText(session, model.table)
    if (standing !== undefined && withoutEnd(standing) === withoutEnd(statement)) return { replacedBecause: undefined }
  }
  await mustHold(session, fence)
  if (because === undefined) {
    await session.execute(statement)
    return { replacedBecause: undefined }
  }
  const statements = [dropStatement(model.table, live!.object), statement]
  return { replacedBecause: because, hasGrantsAgain: await withGrants(publishing, 'view', statements) }
}

const withoutEnd = (text: string): string => text.replace(/[\s;]+$/, '')

/** Puts a table in a view's place, or a view in a table's, and gives again the grants that it had; says whether it has them. */
async function withGrants(
  { session, model, live }: Publishing,
  kind: 'table' | 'view',
  statements: readonly string[],
): Promise<boolean> {
  const grants = await grantsOn(session, model.table, live!.object.kind)
  for (const statement of statements) await session.execute(statement)
  return grants !== undefined && grantAgain(session, model.table, kind, grants)
}

/** Descriptions that are not those of the model. */
function commentStatements(
  { table, columns, model }: CompiledModel,
  standing: readonly FoundColumn[],
  comment: string | undefined,
): readonly string[] {
  const path = tablePath(table)
  const { description } = model.value
  const ofTable = comment === description ? [] : [`comment on table ${path} is ${snowflake.text(description)}`]
  const ofColumns = standing.flatMap(({ name, comment: told }) => {
    const column = columns[name.toLowerCase()]
    if (column === undefined || (told ?? '') === column.description) return []
    return [`alter table ${path} alter column ${name.toLowerCase()} comment ${snowflake.text(column.description)}`]
  })
  return [...ofTable, ...ofColumns]
}
