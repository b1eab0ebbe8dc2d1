import type { EditedText } from './edited-text.ts'
import { GoogleSqlError } from './errors.ts'
import { isNewerThanBuild } from './newer-than-build.ts'
import type { ServiceFailure } from './service.ts'
import { offsetAt, placeAt } from './text-places.ts'

/** gRPC's codes as the service uses them: https://grpc.io/docs/guides/status-codes/ */
const kinds: Readonly<Record<number, GoogleSqlError['kind']>> = {
  3: 'invalid',
  5: 'invalid',
  6: 'invalid',
  9: 'invalid',
  11: 'data',
  14: 'ended',
}

/** The service's words without the place in them, and the place in the text that the caller gave. */
export function statementError(failure: ServiceFailure, sql: string, edited: EditedText | undefined): GoogleSqlError {
  const said = failure.message.split('\nQueryStmt')[0]!
  const match = / \[at (\d+):(\d+)\]$/.exec(said)
  const text = edited?.text ?? sql
  const message = match === null ? said : said.slice(0, match.index)
  const offset = match === null ? undefined : offsetAt(text, Number(match[1]), Number(match[2]))
  const isNewer = isNewerThanBuild(message)
  // Its guess at what was meant is none where it does not know the word.
  return new GoogleSqlError(isNewer ? message.replace(/; Did you mean [^?]*\?$/, '') : message, {
    kind: isNewer ? 'unsupported' : (kinds[failure.code] ?? 'unsupported'),
    place: offset === undefined ? undefined : placeAt(sql, edited ? edited.originalOffset(offset) : offset),
    cause: failure,
  })
}
