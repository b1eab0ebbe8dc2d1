import { identifier, macro, real, record, type SqlPart, sql, text, type } from 'throughline'

/**
 * A text within a record, at a path of names (a literal, like `'web_info.browser'`). NULL where the field, or a record on the way, is NULL,
 * and for NULL. Takes records of whatever fields: the one that it declares is an example.
 */
export const fieldText = macro({
  takes: [record({ category: text(), web_info: record({ browser: text() }) }), 'text'],
  gives: 'text',
  literals: [1],
  examples: [
    { given: [{ category: 'mobile', web_info: { browser: 'Chrome' } }, 'category'], gives: 'mobile' },
    { given: [{ category: 'mobile', web_info: { browser: 'Käse 🙂' } }, 'web_info.browser'], gives: 'Käse 🙂' },
    { given: [{ category: '', web_info: null }, 'category'], gives: '' },
    { given: [{ category: 'mobile', web_info: null }, 'web_info.browser'], gives: null },
    { given: [{ category: null, web_info: { browser: null } }, 'web_info.browser'], gives: null },
    { given: [null, 'category'], gives: null },
    { given: [null, 'web_info.browser'], gives: null },
  ],
  as: (value, path) => fieldAs(value, path, type.text),
})

/** A real within a record, at a path of names (a literal). NULL where the field, or a record on the way, is NULL, and for NULL. */
export const fieldReal = macro({
  takes: [record({ value: real(), parts: record({ tax: real() }) }), 'text'],
  gives: 'real',
  literals: [1],
  examples: [
    { given: [{ value: 31, parts: { tax: 4.9495798319328 } }, 'value'], gives: 31 },
    { given: [{ value: 31, parts: { tax: -4.5 } }, 'parts.tax'], gives: -4.5 },
    { given: [{ value: null, parts: null }, 'value'], gives: null },
    { given: [{ value: 31, parts: null }, 'parts.tax'], gives: null },
    { given: [null, 'value'], gives: null },
  ],
  as: (value, path) => fieldAs(value, path, type.real),
})

function fieldAs(value: SqlPart, path: SqlPart, asType: SqlPart) {
  if (typeof path !== 'string' || !/^[a-z_][a-z0-9_]*([.][a-z_][a-z0-9_]*)*$/.test(path)) {
    throw new Error(
      "a field's path is a string of TypeScript, names with points between, as in fieldText(sql`e.device`, 'web_info.browser')",
    )
  }
  const field = sql`(${value}).${identifier(...path.split('.'))}`
  return { duckdb: field, bigquery: field, snowflake: sql`cast(get_path(${value}, ${path}) as ${asType})` }
}
