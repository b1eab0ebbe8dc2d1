import { engineNotes, readForSnowflake, type SnowflakeRead } from '../check/not-vouched.ts'
import { compileProject } from '../compile/compile-project.ts'
import { snowflake } from '../compile/dialect/snowflake.ts'
import { readyParser } from '../compile/portable/parse.ts'
import { snowflakeFunctions } from '../compile/snowflake/function-list.ts'
import type { Problem } from '../problems/problem.ts'
import { everyModelOnDuckDB, type Workspace } from './workspace.ts'

/** What may be right, and nobody here can say so: of models for one engine alone, and of all SQL of a target in Snowflake. */
export interface NotVouched {
  readonly notVouched: readonly Problem[]
  /** Of a target in Snowflake: how its SQL was read by the typed list of functions. */
  readonly readByList?: { readonly queryCount: number; readonly functionCount: number }
}

/** `isAnalyzed`: Google's analyzer has typed the models that are for BigQuery alone. */
export async function notVouchedIn(workspace: Workspace, isAnalyzed: boolean): Promise<NotVouched> {
  await readyParser()
  const every = everyModelOnDuckDB(workspace)
  const notes = engineNotes(every.compiled, isAnalyzed)
  if (workspace.input.dialect.engine === 'snowflake') {
    const { queryCount, notVouched } = readForSnowflake(workspace.compiled, 'all models')
    return {
      notVouched: [...notes, ...notVouched],
      readByList: { queryCount, functionCount: snowflakeFunctions.size },
    }
  }
  const isForSnowflake = [...workspace.project.models.values()].some(({ value }) => value.engine === 'snowflake')
  const read = isForSnowflake
    ? readForSnowflake(compileProject({ ...every.input, dialect: snowflake }).compiled, 'those for Snowflake alone')
    : nothing
  return { notVouched: [...notes, ...read.notVouched] }
}

const nothing: SnowflakeRead = { queryCount: 0, notVouched: [] }
