import type { EditedText } from './edited-text.ts'
import { type GoogleSqlService, ServiceFailure } from './service.ts'
import { statementError } from './statement-error.ts'

/** What names of types mean: those that are built in. */
export const pool = { definitions: [{ builtin: {} }] }

/** A call about a statement; throws `GoogleSqlError`, with places in the statement as it was before it was edited. */
export async function callOn<Answer>(
  service: GoogleSqlService,
  sql: string,
  method: string,
  request: object,
  edited?: EditedText,
): Promise<Answer> {
  try {
    return await service.call<Answer>(method, request)
  } catch (error) {
    if (error instanceof ServiceFailure) throw statementError(error, sql, edited)
    throw error
  }
}

/** Has a service keep a catalog, so that it need not be given and read with every statement. */
export async function registered(service: GoogleSqlService, catalog: object): Promise<string> {
  const request = { simple_catalog: catalog, descriptor_pool_list: pool }
  const { registered_id: id } = await service.call<{ readonly registered_id: string }>('RegisterCatalog', request)
  return id
}
