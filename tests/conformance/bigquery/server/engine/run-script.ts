import { GoogleSqlError, type TextPlace } from '../../../../../src/googlesql/errors.ts'
import type { GoogleSql } from '../../../../../src/googlesql/googlesql.ts'
import { placeAt } from '../../../../../src/googlesql/text-places.ts'
import { ApiError, invalidQuery, notImplemented, statusOfReason } from '../api-error.ts'
import { noTableOf } from './names.ts'
import { runStatement } from './run-statement.ts'
import type { Outcome, Session } from './session.ts'

const transactionOf: Readonly<Record<string, 'begin' | 'commit' | 'rollback'>> = {
  ast_begin_statement_node: 'begin',
  ast_commit_statement_node: 'commit',
  ast_rollback_statement_node: 'rollback',
}

/** A statement before which a script is to fail, counted from 1. */
export interface FailingStatement {
  readonly number: number
  readonly reason: string
  readonly message: string
}

interface Watched {
  readonly failing?: FailingStatement | undefined
  /** Called after each statement that was carried out. */
  readonly onStatement?: (() => void) | undefined
}

/**
 * Runs the statements of a script one after the other; a failed one ends it. What those before it did stays, but for an open transaction, of which
 * nothing does: https://cloud.google.com/bigquery/docs/transactions
 */
export async function runScript(
  script: string,
  session: Session,
  { failing, onStatement = () => undefined }: Watched = {},
): Promise<readonly Outcome[]> {
  const statements = await statementsOf(script, session)
  const failAt = (number: number): void => {
    if (failing?.number !== number) return
    throw new ApiError(statusOfReason[failing.reason] ?? 400, failing.reason, failing.message, undefined, true)
  }
  const outcomes: Outcome[] = []
  let before: ReturnType<Session['store']['snapshot']> | undefined
  try {
    for (const [index, { sql, offset }] of statements.entries()) {
      failAt(index + 1)
      const outcome = await placed(script, offset, session, async (): Promise<Outcome> => {
        const statement = await session.google.parse(sql)
        const transaction = transactionOf[statement.kind]
        if (transaction === undefined) {
          if (before !== undefined) refuseInTransaction(statement.kind)
          return runStatement({ ...statement, sql, session })
        }
        if (transaction === 'begin' && before !== undefined) throw invalidQuery('Nested transactions are not supported')
        if (transaction !== 'begin' && before === undefined) throw invalidQuery('There is no transaction to end')
        if (transaction === 'rollback') session.store.restore(before!)
        before = transaction === 'begin' ? session.store.snapshot() : undefined
        return { type: `${transaction.toUpperCase()}_TRANSACTION` }
      })
      outcomes.push(outcome)
      onStatement()
    }
    failAt(statements.length + 1)
  } catch (error) {
    if (!(error instanceof ApiError) || statements.length === 1) throw error
    throw new ApiError(error.status, error.reason, error.message, error.location, true)
  } finally {
    if (before !== undefined) session.store.restore(before)
  }
  return outcomes
}

/** Throws where the text is a script with a control flow: https://cloud.google.com/bigquery/docs/reference/standard-sql/procedural-language */
export async function statementsOf(script: string, session: Session): ReturnType<GoogleSql['split']> {
  return placed(script, 0, session, async () => {
    try {
      return await session.google.split(script)
    } catch (error) {
      if (await session.google.isScript(script)) throw notImplemented('procedural language')
      throw error
    }
  })
}

/** https://cloud.google.com/bigquery/docs/transactions#limitations: no DDL but for temporary tables */
function refuseInTransaction(kind: string): void {
  if (/^ast_(create|drop|alter)_(?!function)/.test(kind))
    throw invalidQuery(
      'Transaction control statements are supported with DML and queries only: DDL on a permanent entity in a transaction',
    )
}

/** The same with errors as BigQuery gives them, their places in the whole script. */
async function placed<T>(script: string, offset: number, session: Session, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof GoogleSqlError)) throw error
    throw apiError(error, session, error.place && placeAt(script, offset + error.place.offset))
  }
}

export function apiError(error: GoogleSqlError, session: Session, place: TextPlace | undefined): ApiError {
  if (error.kind === 'unsupported' || error.kind === 'ended') return new ApiError(501, 'notImplemented', error.message)
  const [, missing] = /^Table not found: (.+?)(?:; Did you mean .*)?$/.exec(error.message) ?? []
  if (missing !== undefined) return noTableOf(missing.replaceAll('`', '').split('.'), session)
  const message = place === undefined ? error.message : `${error.message} at [${place.line}:${place.column}]`
  return new ApiError(400, 'invalidQuery', message, 'query', error.kind === 'data')
}
