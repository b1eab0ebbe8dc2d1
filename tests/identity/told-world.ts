import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import type { Project } from '../../src/project/project.ts'
import { folderOf } from '../support/project.ts'
import { builtWorld, compileStock, projectOf, rawTable, type World } from '../support/world.ts'

/** That an identifier of any kind was seen on an event, which happened then. */
export interface ToldOnEvent {
  readonly event_id: string
  /** Of several for one event, the first counts. */
  readonly at: string
  readonly kind: string
  readonly value: string | null
}

/** That a system keeps an identifier in a record. */
export interface ToldInRecord {
  readonly record_id: string
  readonly stated_at: string
  readonly kind: string
  readonly value: string | null
}

/** What a system knows of the person with an identifier. */
export interface ToldTrait {
  readonly record_id: string
  readonly system: string
  readonly told_at: string
  readonly kind: string
  readonly value: string
  readonly trait: string
  readonly trait_value: string | null
}

/** Who is who, as any system may tell it. */
export interface Told {
  readonly events?: readonly ToldOnEvent[]
  /** Events without an identifier: their ids, and when they happened. */
  readonly anonymous?: readonly { readonly event_id: string; readonly at: string }[]
  readonly records?: readonly ToldInRecord[]
  readonly traits?: readonly ToldTrait[]
}

/**
 * The stock models over events, records and traits whose identifiers are of any kind: a layer of its own has a source that tells them, beside the
 * clickstream, which tells the events and nothing of who did them.
 */
export async function toldWorld(
  { events = [], anonymous = [], records = [], traits = [] }: Told,
  identity: Readonly<Record<string, unknown>> = {},
  models: readonly string[] = ['people', 'identity_links', 'person_traits', 'event_identifiers'],
): Promise<World> {
  loaded ??= projectOf([folderOf(layer)])
  const first = new Map<string, string>()
  for (const { event_id, at } of [...events, ...anonymous]) if (!first.has(event_id)) first.set(event_id, at)
  const clicks = [...first].map(([event_id, at]) => ({ event_id, at, event: 'hit' }))
  return builtWorld(
    compileStock({ identity }, undefined, loaded, { told: {} }),
    [
      rawTable(clicks),
      table('told__identifiers', ['event_id', 'kind', 'value'], events),
      table('told__records', ['record_id', 'stated_at', 'kind', 'value'], records),
      table('told__traits', ['record_id', 'system', 'told_at', 'kind', 'value', 'trait', 'trait_value'], traits),
    ],
    models,
  )
}

let loaded: Project | undefined

function table(name: string, columns: readonly string[], rows: readonly object[]): string {
  const shape = JSON.stringify([Object.fromEntries(columns.map(column => [column, 'varchar']))])
  const typed = columns.map(column =>
    column.endsWith('_at') ? `cast(r.${column} as timestamp) as ${column}` : `r.${column}`,
  )
  return `
    create table raw.${name} as
    select ${typed.join(', ')}, sha256(cast(to_json(r) as varchar)) as tl_row_id, row_number() over () as tl_row_number
    from (select unnest(from_json(${duckdb.text(JSON.stringify(rows))}, ${duckdb.text(shape)})) as r)`
}

const layer = {
  'sources/told.ts': `
    import { source, text, timestamp, z } from 'throughline'

    export const told = source({
      description: 'Who is who.',
      settings: z.strictObject({}),
      tables: {
        identifiers: {
          description: 'Identifiers on events.',
          columns: () => ({ event_id: text(), kind: text(), value: text().nullable() }),
          location: () => ({ table: 'not.read', badRows: 'fail' as const }),
        },
        records: {
          description: 'Identifiers in records.',
          columns: () => ({ record_id: text(), stated_at: timestamp(), kind: text(), value: text().nullable() }),
          location: () => ({ table: 'not.read', badRows: 'fail' as const }),
        },
        traits: {
          description: 'What records say.',
          columns: () => ({
            record_id: text(), system: text(), told_at: timestamp(), kind: text(), value: text(), trait: text(),
            trait_value: text().nullable(),
          }),
          location: () => ({ table: 'not.read', badRows: 'fail' as const }),
        },
      },
    })`,
  'models/events/told_identifiers.ts': `
    import { model, sql } from 'throughline'
    import { told } from '../../sources/told'
    import { identifier_stream } from './identifier_stream'

    export const told_identifiers = model({
      description: 'Identifiers on events.',
      implements: identifier_stream,
      grain: ['event_id', 'identifier_kind', 'identifier_value'],
      columns: identifier_stream.columns,
      materialize: { kind: 'inline' },
      query: () => sql\`
        select i.event_id, i.kind as identifier_kind, i.value as identifier_value from \${told.tables.identifiers} as i
      \`,
    })`,
  'models/events/told_records.ts': `
    import { model, sql } from 'throughline'
    import { told } from '../../sources/told'
    import { record_stream } from './record_stream'

    export const told_records = model({
      description: 'Identifiers in records.',
      implements: record_stream,
      grain: ['record_id', 'identifier_kind', 'identifier_value'],
      columns: record_stream.columns,
      materialize: { kind: 'inline' },
      query: () => sql\`
        select r.record_id, 'told' as system, r.stated_at, r.kind as identifier_kind, r.value as identifier_value
        from \${told.tables.records} as r
      \`,
    })`,
  'models/events/told_traits.ts': `
    import { model, sql } from 'throughline'
    import { told } from '../../sources/told'
    import { trait_stream } from './trait_stream'

    export const told_traits = model({
      description: 'What records say.',
      implements: trait_stream,
      grain: ['record_id', 'trait'],
      columns: trait_stream.columns,
      materialize: { kind: 'inline' },
      query: () => sql\`
        select t.record_id, t.system, t.kind as identifier_kind, t.value as identifier_value, t.trait, t.trait_value, t.told_at
        from \${told.tables.traits} as t
      \`,
    })`,
}
