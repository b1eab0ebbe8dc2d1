import type { Columns } from '../authoring/column.ts'
import { type ColumnType, describeType } from '../authoring/column-type.ts'
import type { CompiledModel, CompiledProject, Query, TableName } from '../compile/compiled.ts'
import type { Dialect } from '../compile/dialect/dialect.ts'
import { tablePath } from '../compile/naming.ts'
import { problemInQuery, suggestName } from '../compile/sql-problem.ts'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import { type DescribedColumn, type Session, type Warehouse, WarehouseError } from '../warehouse/warehouse.ts'

/**
 * Binds every query against empty tables made from the contracts of what it reads, in a warehouse that holds nothing else, and
 * compares the columns that come out with the contract. One model's fault never hides another's.
 */
export async function bindProject(compiled: CompiledProject, scratchWarehouse: Warehouse): Promise<readonly Problem[]> {
  const session = await scratchWarehouse.connect()
  try {
    await createContracts(session, compiled, scratchWarehouse.dialect)
    const problems: Problem[] = []
    for (const model of compiled.models.values()) problems.push(...(await bindModel(session, model, compiled)))
    for (const test of compiled.dataTests) {
      problems.push(
        ...(await bound(
          session,
          test.query,
          { file: test.test.file, name: test.name },
          columnsRead(test.reads, [], compiled),
        )),
      )
    }
    return problems
  } finally {
    session.close()
  }
}

async function createContracts(session: Session, compiled: CompiledProject, dialect: Dialect): Promise<void> {
  const tables: { table: TableName; columns: Columns; extra?: string[] }[] = []
  for (const source of compiled.sourceTables.values()) {
    tables.push({ table: source.table, columns: source.columns, extra: ['tl_row_id varchar', 'tl_row_number bigint'] })
  }
  for (const model of compiled.models.values()) {
    if (model.materialization !== 'inline') tables.push({ table: model.table, columns: model.columns })
    tables.push(...Object.values(model.fixpoint?.work ?? {}))
  }
  for (const schema of new Set(tables.map(({ table }) => table.schema)))
    await session.execute(`create schema if not exists ${schema}`)
  for (const { table, columns, extra = [] } of tables) {
    const declared = Object.entries(columns).map(
      ([name, column]) => `${dialect.identifier(name)} ${dialect.type(column.type)}`,
    )
    await session.execute(`create table ${tablePath(table)} (${[...declared, ...extra].join(', ')})`)
  }
}

async function bindModel(
  session: Session,
  model: CompiledModel,
  compiled: CompiledProject,
): Promise<readonly Problem[]> {
  const at = { file: model.model.file, name: model.name }
  const readable = columnsRead(model.reads, model.sourceTables, compiled)
  const problems: Problem[] = []
  const bind = async (uncast: Query, columns: Columns, of: string) => {
    const found = await describe(session, uncast, at, readable)
    problems.push(...('problem' in found ? [found.problem] : compareColumns(found.columns, columns, of, at)))
  }
  if (model.uncast) await bind(model.uncast, model.columns, model.name)
  for (const { table, uncast } of [...(model.fixpoint?.start ?? []), ...(model.fixpoint?.step ?? [])]) {
    await bind(uncast, model.fixpoint!.work[table]!.columns, `${model.name}, its working table ${table}`)
  }
  const own = new Set([...Object.keys(model.columns)])
  for (const test of model.tests) {
    const from = model.materialization === 'inline' ? undefined : model.table
    if (from === undefined) break
    const conditions = [
      ...('holds' in test && test.kind === 'always' ? [test.holds] : []),
      ...('where' in test && test.where ? [test.where] : []),
    ]
    for (const condition of conditions) problems.push(...(await boundCondition(session, condition, from, at, own)))
    if (test.kind === 'never')
      problems.push(...(await bound(session, test.rows(from), at, new Set([...own, ...readable]))))
  }
  return problems
}

function columnsRead(models: readonly string[], sources: readonly string[], compiled: CompiledProject): Set<string> {
  const names = new Set<string>()
  for (const name of models)
    for (const column of Object.keys(compiled.models.get(name)?.columns ?? {})) names.add(column)
  for (const name of sources)
    for (const column of Object.keys(compiled.sourceTables.get(name)?.columns ?? {})) names.add(column)
  return names
}

type At = { readonly file: string; readonly name: string }

async function bound(
  session: Session,
  query: Query,
  at: At,
  readable: ReadonlySet<string>,
): Promise<readonly Problem[]> {
  const found = await describe(session, query, at, readable)
  return 'problem' in found ? [found.problem] : []
}

async function boundCondition(
  session: Session,
  condition: Query,
  table: TableName,
  at: At,
  columns: ReadonlySet<string>,
): Promise<readonly Problem[]> {
  const lead = 'select case when '
  const text = `${lead}${condition.text} then 1 end from ${tablePath(table)}`
  const segments = condition.segments.map(segment => ({
    ...segment,
    start: segment.start + lead.length,
    end: segment.end + lead.length,
  }))
  return bound(session, { text, segments }, at, columns)
}

async function describe(
  session: Session,
  query: Query,
  at: At,
  readable: ReadonlySet<string>,
): Promise<{ readonly columns: readonly DescribedColumn[] } | { readonly problem: Problem }> {
  try {
    return { columns: await session.describe(query.text) }
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error
    const unknown = error.unknownName
    const suggestion = unknown === undefined ? undefined : suggestName(unknown, query, readable)
    return { problem: problemInQuery(query, error.offset, at, { message: error.message, suggestion }) }
  }
}

/** The columns that a query gives must be those of the contract, of its types; their order is the contract's in any case. */
function compareColumns(found: readonly DescribedColumn[], columns: Columns, of: string, at: At): readonly Problem[] {
  const problems: Problem[] = []
  const byName = new Map(found.map(column => [column.name, column]))
  const inContract = (name: string, words: Pick<Problem, 'message' | 'expected' | 'hint' | 'suggestion'>) =>
    problems.push(problemInQuery({ text: '', segments: [] }, undefined, { file: at.file, name }, words))
  for (const [name, column] of Object.entries(columns)) {
    const given = byName.get(name)
    if (given === undefined) {
      const others = found.map(other => other.name).filter(other => !(other in columns))
      inContract(name, {
        message: `the query of ${of} gives no column '${name}', which its contract has`,
        suggestion: nearest(name, others),
      })
      continue
    }
    if (fits(given, column.type)) continue
    const type = given.type === undefined ? given.engineType : describeType(given.type)
    inContract(name, {
      message: `the query of ${of} gives '${name}' as ${type}, and its contract says ${describeType(column.type)}`,
      hint: `cast it where it is computed: cast(… as \${type.${column.type.kind}}), or change the contract`,
    })
  }
  for (const { name } of found) {
    if (name in columns) continue
    const suggestion = nearest(
      name,
      Object.keys(columns).filter(other => !byName.has(other)),
    )
    problems.push(
      problemInQuery({ text: '', segments: [] }, undefined, at, {
        message: `the query of ${of} gives a column '${name}', which its contract has not`,
        suggestion,
      }),
    )
  }
  return problems
}

/** Widening within integers, decimals of smaller scale, and text into JSON are silent. */
function fits({ type, engineType }: DescribedColumn, wanted: ColumnType): boolean {
  if (type === undefined) return false
  if (wanted.kind === 'number') {
    const scale = /^decimal\(\d+,\s*(\d+)\)$/.exec(engineType)?.[1]
    return type.kind === 'number' && (scale === undefined || Number(scale) <= 9)
  }
  if (wanted.kind === 'json' && type.kind === 'text') return true
  return describeType(type) === describeType(wanted)
}
