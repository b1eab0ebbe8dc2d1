import type { Columns } from '../authoring/column.ts'
import type { ColumnType } from '../authoring/column-type.ts'
import type { CompiledModel, CompiledProject, Query } from '../compile/compiled.ts'
import type { TypedColumns } from '../compile/snowflake/scope.ts'
import { type SnowflakeType, snowflakeTypeOf } from '../compile/snowflake/snowflake-type.ts'
import { typedTables } from '../compile/snowflake/typed-tables.ts'
import { vouchedQuery } from '../compile/snowflake/vouched.ts'
import { problemInQuery } from '../compile/sql-problem.ts'
import { nearest } from '../problems/nearest.ts'
import type { DescribedColumn } from '../warehouse/warehouse.ts'
import { idOf } from './authored-queries.ts'
import { compareColumns } from './compare-columns.ts'
import type { Found } from './found.ts'

/**
 * What is wrong with the models that are for Snowflake alone, which no binder here knows: columns that no relation has, and others than those of the
 * contract. What the tree does not show is passed over. The parser must be ready.
 */
export function snowflakeModelProblems(forSnowflake: CompiledProject): readonly Found[] {
  const tables = typedTables(forSnowflake)
  return [...forSnowflake.models.values()]
    .filter(({ model }) => model.value.engine === 'snowflake')
    .flatMap(model => written(model).flatMap(each => problemsIn(each, model, tables)))
}

interface Written {
  readonly id: string
  readonly query: Query
  readonly columns: Columns
  /** Whose query it is, in a message. */
  readonly of: string
}

function written({ name, authored, columns, fixpoint }: CompiledModel): readonly Written[] {
  const steps = (['start', 'step'] as const).flatMap(part =>
    (fixpoint?.[part] ?? []).map(({ table, authored: query }) => ({
      id: idOf.step(name, part, table),
      query,
      columns: fixpoint!.work[table]!.columns,
      of: `${name}, its working table ${table},`,
    })),
  )
  return authored === undefined ? steps : [{ id: idOf.query(name), query: authored, columns, of: name }, ...steps]
}

function problemsIn(
  { id, query, columns, of }: Written,
  { name, model }: CompiledModel,
  tables: (path: string) => TypedColumns,
): readonly Found[] {
  const at = { file: model.file, name }
  const { columns: given, unknownColumns } = vouchedQuery(query.text, tables)
  const unknown = unknownColumns.map(({ offset, name: column, relation, known }) =>
    problemInQuery(query, offset, at, {
      message: `${relation} has no column ${column}`,
      suggestion: nearest(column, known),
    }),
  )
  const compared = given && compareColumns(described(given, columns), columns, of, at, query.text)
  return [...unknown, ...(compared ?? [])].map((problem): Found => ({ of: id, problem, kind: 'other' }))
}

/** As the contract has them, where the types fit as far as they are known. */
function described(given: NonNullable<TypedColumns>, columns: Columns): readonly DescribedColumn[] {
  return [...given].map(([name, type]) => {
    const wanted = columns[name]?.type
    const fits = type === undefined || (wanted !== undefined && canBe(type, wanted))
    return { name, type: fits ? wanted : undefined, engineType: type ?? 'something' }
  })
}

function canBe(type: SnowflakeType, wanted: ColumnType): boolean {
  const isNested = (each: SnowflakeType) => each === 'variant' || each === 'array'
  const asked = snowflakeTypeOf(wanted)
  return type === asked || (isNested(type) && isNested(asked)) || (type === 'varchar' && wanted.kind === 'json')
}
