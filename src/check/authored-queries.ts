import type { Engine } from '../authoring/macro.ts'
import type {
  CompiledDataTest,
  CompiledExplanation,
  CompiledModel,
  CompiledProject,
  CompiledTest,
  Query,
  TableName,
} from '../compile/compiled.ts'
import { concat } from '../compile/query-text.ts'

/** SQL that an author wrote, as one query, and what it reads. */
export interface AuthoredQuery {
  /** The same for the binder's form of the query: `sessions`, `sessions where not_null_sessions_channel`. */
  readonly id: string
  readonly query: Query
  readonly at: { readonly file: string; readonly name: string }
  /** Models that it reads. */
  readonly reads: readonly string[]
  /** Raw tables that it reads. */
  readonly readsSourceTables: readonly string[]
  /** The one engine whose SQL it is; undefined where it is for all. */
  readonly engine?: Engine | undefined
  /** Where its rows are read one after the other, and it may order them. */
  readonly rows?: 'in order'
}

/** Ids of what is written in a model, a data test and an explanation. */
export const idOf = {
  query: (model: string) => model,
  step: (model: string, part: 'start' | 'step', table: string) => `${model} ${part} ${table}`,
  test: (test: string, part: 'holds' | 'where' | 'rows') => `${test} ${part}`,
  explanation: (explanation: string, query: string) => `explanation ${explanation} ${query}`,
}

const self: TableName = { schema: 'tl_self', name: 'tl_self' }

/** Everything that authors wrote in SQL: queries, steps of fixpoints, conditions and queries of tests, queries of explanations. */
export function authoredQueries({ models, dataTests, explanations }: CompiledProject): readonly AuthoredQuery[] {
  return [
    ...[...models.values()].flatMap(ofModel),
    ...dataTests.map(ofDataTest),
    ...[...explanations.values()].flatMap(ofExplanation),
  ]
}

function ofModel(model: CompiledModel): readonly AuthoredQuery[] {
  const { name, authored, fixpoint, reads, readsSourceTables, tests } = model
  const written = (id: string, query: Query) => ({
    id,
    query,
    at: { file: model.model.file, name },
    reads,
    readsSourceTables,
    engine: model.model.value.engine,
  })
  return [
    ...(authored === undefined ? [] : [written(idOf.query(name), authored)]),
    ...(fixpoint?.start ?? []).map(({ table, authored: query }) => written(idOf.step(name, 'start', table), query)),
    ...(fixpoint?.step ?? []).map(({ table, authored: query }) => written(idOf.step(name, 'step', table), query)),
    ...tests.flatMap(test => {
      if (test.kind === 'never') return [written(idOf.test(test.name, 'rows'), test.rows(self))]
      return conditionsOf(test).map(({ id, condition }) =>
        written(id, concat(['select 1 as one from tl_self where ', condition])),
      )
    }),
  ]
}

/** The conditions of a test that an author wrote. */
export function conditionsOf(test: CompiledTest): readonly { readonly id: string; readonly condition: Query }[] {
  return [
    ...(test.kind === 'always' ? [{ id: idOf.test(test.name, 'holds'), condition: test.holds }] : []),
    ...('where' in test && test.where ? [{ id: idOf.test(test.name, 'where'), condition: test.where }] : []),
  ]
}

function ofDataTest({ name, test, query, reads }: CompiledDataTest): AuthoredQuery {
  return { id: idOf.query(name), query, at: { file: test.file, name }, reads, readsSourceTables: [] }
}

function ofExplanation(compiled: CompiledExplanation): readonly AuthoredQuery[] {
  return explaining(compiled).map(({ key, id, authored: query, reads, readsSourceTables }) => ({
    id,
    query,
    at: { file: compiled.explanation.file, name: key },
    reads,
    readsSourceTables,
    rows: 'in order' as const,
  }))
}

/** The queries of an explanation, those that find ids among them; `gives` names columns that the engine reads as text. */
export function explaining({ name, queries, ids, named, without }: CompiledExplanation) {
  const finding = [
    { query: ids, key: 'ids', gives: ['id'] },
    { query: named, key: 'named', gives: ['id', 'name'] },
    { query: without, key: 'without', gives: ['name', 'because'] },
  ]
  return [
    ...queries.map(query => ({ ...query, gives: [] as readonly string[], id: idOf.explanation(name, query.key) })),
    ...finding.flatMap(({ query, key, gives }) =>
      query === undefined ? [] : [{ ...query, key, gives, id: idOf.explanation(name, `${key}()`) }],
    ),
  ]
}
