import { macro, sql } from 'throughline'

/** SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, as 64 lower-case hexadecimal digits. NULL for NULL; the empty text has its own. */
export const sha256Hex = macro({
  takes: ['text'],
  gives: 'text',
  examples: [
    { given: ['abc'], gives: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
    { given: [''], gives: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
    { given: [null], gives: null },
  ],
  as: text => ({
    duckdb: sql`sha256(${text})`,
    bigquery: sql`to_hex(sha256(${text}))`,
    snowflake: sql`sha2(${text}, 256)`,
  }),
})
