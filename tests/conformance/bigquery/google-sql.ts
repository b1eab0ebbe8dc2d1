import { fileURLToPath } from 'node:url'
import { requireGoogleSqlPackage } from '../../../src/googlesql/find-package.ts'
import { GoogleSql } from '../../../src/googlesql/googlesql.ts'

/** Google's evaluator from the package that `npm run conformance` installs beside these tests. */
export function startGoogleSql(answerWithinMs?: number): Promise<GoogleSql> {
  return GoogleSql.start(requireGoogleSqlPackage([fileURLToPath(new URL('.', import.meta.url))]), answerWithinMs)
}
