import { type Engine, engineWord } from '../authoring/macro.ts'
import type { CompiledModel, CompiledProject } from '../compile/compiled.ts'
import { typedTables } from '../compile/snowflake/typed-tables.ts'
import { vouchedQuery } from '../compile/snowflake/vouched.ts'
import { problemInQuery } from '../compile/sql-problem.ts'
import { problemInFile } from '../compile/thrown-problem.ts'
import type { Problem } from '../problems/problem.ts'
import { authoredQueries } from './authored-queries.ts'
import { distinct, type Found } from './found.ts'

/** What is known of the models that are for one engine alone: nobody else vouches for them. `isAnalyzed`: Google's analyzer has typed those for BigQuery. */
export function engineNotes({ models }: CompiledProject, isAnalyzed: boolean): readonly Problem[] {
  return [...models.values()].flatMap(model => {
    const { engine } = model.model.value
    return engine === undefined ? [] : [noteOf(model, engine, isAnalyzed)]
  })
}

function noteOf({ name, model }: CompiledModel, engine: Engine, isAnalyzed: boolean): Problem {
  const message = `${name} is for ${engineWord[engine]} alone, and not held to the portable core: ${checkedBy(engine, isAnalyzed)}`
  const hint = 'a macro with a rendering for each engine keeps a model on all of them'
  return problemInFile({ name: 'engine', file: model.file }, message, hint)
}

function checkedBy(engine: Engine, isAnalyzed: boolean): string {
  if (engine === 'duckdb') return 'DuckDB has bound its names and types'
  if (engine === 'snowflake')
    return 'it was parsed, its functions looked up and its columns compared with the contract, as far as its text shows them; what the list does not have is known to Snowflake alone'
  return isAnalyzed
    ? 'Google’s analyzer has typed it'
    : 'it was parsed; its names and types are known to Google’s analyzer, which a target in BigQuery asks'
}

export interface SnowflakeRead {
  readonly queryCount: number
  /** Each place where a function, cast or operator is not as the typed list has it. */
  readonly notVouched: readonly Problem[]
}

/** What of a project rendered for Snowflake the typed list of its functions does not have: it may be right, and nobody here can say so. The parser must be ready. */
export function readForSnowflake(
  forSnowflake: CompiledProject,
  models: 'all models' | 'those for Snowflake alone',
): SnowflakeRead {
  const tables = typedTables(forSnowflake)
  const written = authoredQueries(forSnowflake).filter(
    ({ engine }) => models === 'all models' || engine === 'snowflake',
  )
  const found = written.flatMap(({ id, query, at }) =>
    vouchedQuery(query.text, tables).notVouched.map(({ offset, message }): Found => {
      const problem = problemInQuery(query, offset, at, { message: `nobody vouches for this on Snowflake: ${message}` })
      return { of: id, kind: 'not verified', problem }
    }),
  )
  return { queryCount: written.length, notVouched: distinct(found) }
}
