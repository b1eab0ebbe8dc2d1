/** A statement to which fakesnow answers otherwise than Snowflake. */
export interface Difference {
  readonly sql: string
  /** By Snowflake's documentation: rows, or the code of an error. */
  readonly snowflake: unknown
  readonly fakesnow: unknown
  readonly because: string
}

/** Asked after `tables` of statements.ts. Where fakesnow mends one, its test fails, and the line goes. */
export const differences: readonly Difference[] = [
  {
    sql: 'select (1 / 3)::varchar as x',
    snowflake: [{ X: '0.333333' }],
    fakesnow: [{ X: '0.3333333333333333' }],
    because: 'whole numbers are divided as doubles',
  },
  {
    sql: 'select 1 / 0 as x',
    snowflake: '100051',
    fakesnow: [{ X: Number.NaN }],
    because: 'a division by zero is infinite, which the driver cannot read as a number',
  },
  {
    sql: 'select avg(id)::varchar as x from orders',
    snowflake: [{ X: '2.000000' }],
    fakesnow: [{ X: '2.0' }],
    because: 'means are doubles',
  },
  {
    sql: "select date_trunc('month', '2026-01-15'::date)::varchar as x",
    snowflake: [{ X: '2026-01-01' }],
    fakesnow: [{ X: '2026-01-01 00:00:00' }],
    because: 'a date that is truncated becomes an instant',
  },
  {
    sql: 'select array_size(array_agg(label) within group (order by id)) as n from orders',
    snowflake: [{ N: 2 }],
    fakesnow: [{ N: 3 }],
    because: 'NULLs are kept in a list that is made in an order',
  },
  {
    sql: "select listagg(label, ',') as x from orders where id > 5",
    snowflake: [{ X: '' }],
    fakesnow: [{ X: null }],
    because: 'a list of nothing is NULL as text, too',
  },
  {
    sql: 'select id from orders o, lateral flatten(input => o.tags, outer => true) f where o.id = 3',
    snowflake: [{ ID: 3 }],
    fakesnow: [],
    because: 'a row whose list is empty or NULL is lost unless the flattening is joined by `left join … on true`',
  },
  {
    sql: "select 'abcdef'::varchar(3) as x",
    snowflake: [{ X: 'abc' }],
    fakesnow: [{ X: 'abcdef' }],
    because: 'a length is taken and not kept to',
  },
  {
    sql: "select convert_timezone('Europe/Berlin', '2026-01-02 12:00:00 +00:00'::timestamp_tz)::varchar as x",
    snowflake: [{ X: '2026-01-02 13:00:00.000 +0100' }],
    fakesnow: [{ X: '2026-01-02 13:00:00' }],
    because: 'an instant with an offset loses it',
  },
  {
    sql: 'select 100000000000000000000::number(38,0) as x',
    snowflake: [{ X: 1e20 }],
    fakesnow: '100035',
    because: 'whole numbers end at 64 bits',
  },
  {
    sql: 'select "id" from orders limit 1',
    snowflake: '000904',
    fakesnow: [{ ID: 1 }],
    because: 'quoted names are found in any case',
  },
  {
    sql: 'select current_role() as x',
    snowflake: [{ X: 'TRANSFORMER' }],
    fakesnow: [{ X: 'duckdb' }],
    because: 'there are no roles: grants are neither kept nor asked for',
  },
  {
    sql: "select count(*) as n from information_schema.tables where table_name = 'A_VIEW'",
    snowflake: [{ N: 1 }],
    fakesnow: [{ N: 0 }],
    because: 'views are missing from INFORMATION_SCHEMA.TABLES; they are in INFORMATION_SCHEMA.VIEWS',
  },
  {
    sql: "select is_transient, clustering_key, retention_time from information_schema.tables where table_name = 'ORDERS'",
    snowflake: [{ IS_TRANSIENT: 'YES', CLUSTERING_KEY: 'LINEAR(DAY)', RETENTION_TIME: 0 }],
    fakesnow: [{ IS_TRANSIENT: 'NO', CLUSTERING_KEY: null, RETENTION_TIME: 1 }],
    because: 'what a table is made of beside its columns and its comment is taken and not kept',
  },
  {
    sql: "select count(comment) as n from information_schema.columns where table_name = 'A_VIEW'",
    snowflake: [{ N: 1 }],
    fakesnow: [{ N: 0 }],
    because: "columns' comments are taken and not kept",
  },
  {
    sql: "select data_type as x from information_schema.columns where table_name = 'ORDERS' and column_name = 'TAGS'",
    snowflake: [{ X: 'ARRAY' }],
    fakesnow: [{ X: 'VARIANT' }],
    because: 'lists and objects, structured ones as well, are JSON',
  },
  {
    sql: 'merge into a_table using (select 1 as id union all select 1) s on a_table.id = s.id when matched then update set id = s.id',
    snowflake: '100090',
    fakesnow: [{ 'number of rows updated': 2 }],
    because: 'two rows that match one are no error',
  },
  {
    sql: "select '$price' as x",
    snowflake: [{ X: '$price' }],
    fakesnow: '261000',
    because: 'a dollar before a word is a session variable, in literals too; a bound value may have it',
  },
  {
    sql: 'create or replace table a_column (at number(38,0))',
    snowflake: [{ status: 'Table A_COLUMN successfully created.' }],
    fakesnow: '001003',
    because: 'a name may not be one of the words that DuckDB reserves',
  },
  {
    sql: "select try_cast('no' as timestamp_ntz(6)) as x",
    snowflake: [{ X: null }],
    fakesnow: '100035',
    because: 'a text that is no instant is an error, unless TRY_TO_TIMESTAMP_NTZ is given a format',
  },
]
