import { macro, type SqlPart, sql } from 'throughline'

/**
 * The text that a JSON text has at a path of names (a literal, like `'shop_money.amount'`). NULL where there is nothing, JSON null,
 * an object or a list; NULL where the text is no JSON, and for NULL. A number comes as the engine writes it: promised for whole numbers.
 */
export const jsonText = macro({
  takes: ['text', 'text'],
  gives: 'text',
  literals: [1],
  examples: [
    { given: ['{"shop_money":{"amount":"4.90","currency_code":"EUR"}}', 'shop_money.amount'], gives: '4.90' },
    { given: ['{"amount":5}', 'amount'], gives: '5' },
    { given: ['{"name":"Käse \\"🙂\\""}', 'name'], gives: 'Käse "🙂"' },
    { given: ['{"amount":""}', 'amount'], gives: '' },
    { given: ['{"amount":null}', 'amount'], gives: null },
    { given: ['{"shop_money":"4.90"}', 'shop_money.amount'], gives: null },
    { given: ['{"amount":{"value":"4.90"}}', 'amount'], gives: null },
    { given: ['{"amount":["4.90"]}', 'amount'], gives: null },
    { given: ['{"paid":true}', 'paid'], gives: 'true' },
    { given: ['{}', 'amount'], gives: null },
    { given: ['4.90 EUR', 'amount'], gives: null },
    { given: ['{"amount":"4.9', 'amount'], gives: null },
    { given: ['', 'amount'], gives: null },
    { given: [null, 'amount'], gives: null },
  ],
  as: (json, path) => {
    const names = literalPath(path)
    const jsonPath = `$.${names}`
    const parsed = sql`try_cast(${json} as json)`
    const variant = sql`get_path(try_parse_json(${json}), ${names})`
    return {
      duckdb: sql`
        case
          when json_type(${parsed}, ${jsonPath}) not in ('OBJECT', 'ARRAY') then json_extract_string(${parsed}, ${jsonPath})
        end
      `,
      bigquery: sql`json_value(safe.parse_json(${json}), ${jsonPath})`,
      snowflake: sql`case when typeof(${variant}) not in ('OBJECT', 'ARRAY') then cast(${variant} as varchar) end`,
    }
  },
})

function literalPath(path: SqlPart): string {
  if (typeof path === 'string' && /^[a-z_][a-z0-9_]*([.][a-z_][a-z0-9_]*)*$/.test(path)) return path
  throw new Error(
    "jsonText takes its path as a string of TypeScript, names with points between, as in jsonText(sql`price_set`, 'shop_money.amount')",
  )
}
