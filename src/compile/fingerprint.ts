import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Columns } from '../authoring/column.ts'
import { describeType } from '../authoring/column-type.ts'
import type { CompileInput } from './compile-input.ts'
import { compileProject } from './compile-project.ts'
import type { CompiledModel, CompiledSourceTable, CompiledTest, TableName } from './compiled.ts'
import { naming } from './naming.ts'

/** Fingerprints of all models and raw tables, by name. */
export type Fingerprints = ReadonlyMap<string, string>

const fixedInstant = '2000-01-01 00:00:00'
const fixedTable: TableName = { schema: 'tl_self', name: 'tl_self' }

/**
 * What `state:modified` compares. The project is compiled once more under a naming and an instant of its own, so that neither the target's
 * prefix nor the run's clock shows in a fingerprint: equal work has an equal fingerprint in every developer's schema, on every day.
 */
export function fingerprintsOf(input: CompileInput): Fingerprints {
  const { compiled } = compileProject({ ...input, naming: naming(undefined), startedAt: fixedInstant })
  const models = [...compiled.models.values()].map(
    model => [model.name, fingerprint(model, seedRows(model.seedFile))] as const,
  )
  const sources = [...compiled.sourceTables.values()].map(table => [table.name, sourceFingerprint(table)] as const)
  return new Map([...sources, ...models])
}

/**
 * SHA-256 over what decides a table's rows, whether they are published and how they are kept: rendered SQL (definitions and inline models are in it),
 * contract, tests, materialization, partitions and their lives, labels, classes of columns, a seed's rows. Descriptions and tags are not in it. Of a
 * model compiled as `fingerprintsOf` does.
 */
export function fingerprint(model: CompiledModel, seed: string | undefined): string {
  const { fixpoint } = model
  return sha256({
    name: model.name,
    layer: model.layer,
    materialization: model.materialization,
    query: model.query?.text,
    fixpoint: fixpoint && {
      maximumRounds: fixpoint.maximumRounds,
      until: fixpoint.until,
      work: Object.entries(fixpoint.work).map(([name, { columns }]) => [name, contractOf(columns)]),
      start: fixpoint.start.map(({ table, query }) => [table, query.text]),
      step: fixpoint.step.map(({ table, query }) => [table, query.text]),
    },
    seed,
    grain: model.model.value.grain,
    columns: contractOf(model.columns),
    dataThrough: model.model.value.dataThrough,
    tests: model.tests.map(testOf),
    layout: model.model.value.layout,
    labels: unlessEmpty(model.model.value.labels),
    classes: unlessEmpty(classesOf(model.columns)),
  })
}

/** Of the columns that are declared; not of where the rows come from, which differs from target to target. */
function sourceFingerprint(table: CompiledSourceTable): string {
  return sha256({ name: table.name, columns: contractOf(table.columns) })
}

function contractOf(columns: Columns): readonly unknown[] {
  return Object.entries(columns).map(([name, { type, isNullable }]) => [name, describeType(type), isNullable])
}

function classesOf(columns: Columns): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([name, { classification }]) =>
      classification === undefined ? [] : [[name, classification]],
    ),
  )
}

const unlessEmpty = (map: Readonly<Record<string, string>>) => (Object.keys(map).length === 0 ? undefined : map)

function testOf(test: CompiledTest): unknown {
  const { name, kind, options } = test
  const { severity = 'error', errorAbove = 0, warnAbove = 0 } = options
  const about =
    test.kind === 'unique'
      ? [test.columns, test.where?.text]
      : test.kind === 'references'
        ? [test.column, test.to, test.toColumn, test.where?.text]
        : test.kind === 'never'
          ? [test.rows(fixedTable).text]
          : [test.holds.text, test.where?.text]
  return [name, kind, severity, errorAbove, warnAbove, ...about]
}

/** A seed without its file has no rows to compare; that it is missing is said where it is loaded. */
function seedRows(file: string | undefined): string | undefined {
  if (file === undefined) return undefined
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function sha256(facts: unknown): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex')
}
