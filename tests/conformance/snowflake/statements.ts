/** What the statements below are asked of. */
export const tables = [
  `create or replace transient table orders (
     id number(38,0) not null, label varchar, amount number(18,2), share float, is_paid boolean,
     day date, taken timestamp_ntz(6), tags array(varchar), meta variant
   ) cluster by (day) data_retention_time_in_days = 0 comment = 'Orders'`,
  `insert into orders
   select 1, 'ann', 10.50, 0.25, true, '2026-01-01'::date, '2026-01-01 10:00:00.000001'::timestamp_ntz(6),
     array_construct('x', 'y')::array(varchar), parse_json('{"a":{"b":"c"},"n":[1,2]}')
   union all select 2, 'bob', 20.00, 0.5, false, '2026-01-05'::date, '2026-01-05 11:30:00'::timestamp_ntz(6),
     array_construct('z')::array(varchar), parse_json('{"a":{"b":null}}')
   union all select 3, null, null, null, null, null, null, null, null`,
]

/** Statements that we send, or whose parts models and macros are made of, with the rows that Snowflake gives by its documentation. */
export const proven: readonly (readonly [sql: string, rows: readonly unknown[]])[] = [
  [
    'select id, label from orders order by id',
    [
      { ID: 1, LABEL: 'ann' },
      { ID: 2, LABEL: 'bob' },
      { ID: 3, LABEL: null },
    ],
  ],
  [
    'select count(*) as n, count(label) as labels, sum(amount)::number(18,2) as amount from orders',
    [{ N: 3, LABELS: 2, AMOUNT: 30.5 }],
  ],
  ['with big as (select id from orders where amount > 15) select id from big', [{ ID: 2 }]],
  [
    'select o.id, other.id as other_id from orders o left join orders other on other.id = o.id + 2 order by o.id',
    [
      { ID: 1, OTHER_ID: 3 },
      { ID: 2, OTHER_ID: null },
      { ID: 3, OTHER_ID: null },
    ],
  ],
  ['select id from orders qualify row_number() over (order by amount desc nulls last, id) = 1', [{ ID: 2 }]],
  [
    'select id, lag(id) over (order by id) as before, sum(id) over (order by id rows between unbounded preceding and current row)::number(38,0) as so_far from orders order by id',
    [
      { ID: 1, BEFORE: null, SO_FAR: 1 },
      { ID: 2, BEFORE: 1, SO_FAR: 3 },
      { ID: 3, BEFORE: 2, SO_FAR: 6 },
    ],
  ],
  [
    'select last_value(label) ignore nulls over (order by id rows between unbounded preceding and current row) as label from orders order by id',
    [{ LABEL: 'ann' }, { LABEL: 'bob' }, { LABEL: 'bob' }],
  ],
  [
    'select first_value(id) over (order by id desc rows between unbounded preceding and unbounded following) as id, ntile(2) over (order by id) as half from orders order by half, id limit 1',
    [{ ID: 3, HALF: 1 }],
  ],
  [
    'select id from orders where exists (select 1 from orders paid where paid.id = orders.id and paid.is_paid) order by id',
    [{ ID: 1 }],
  ],
  [
    'select case when amount is null then 0 else 1 end as has_amount from orders order by id',
    [{ HAS_AMOUNT: 1 }, { HAS_AMOUNT: 1 }, { HAS_AMOUNT: 0 }],
  ],
  [
    'with recursive steps as (select 1 as n union all select n + 1 from steps where n < 3) select n from steps order by n',
    [{ N: 1 }, { N: 2 }, { N: 3 }],
  ],
  [
    'select row_number() over (order by seq4()) - 1 as n from table(generator(rowcount => 3)) order by n',
    [{ N: 0 }, { N: 1 }, { N: 2 }],
  ],
  [
    "select column1 as id, column2 as label from values (1, 'a'), (2, 'b') order by id",
    [
      { ID: 1, LABEL: 'a' },
      { ID: 2, LABEL: 'b' },
    ],
  ],
  // Lists and objects.
  [
    'select o.id, f.index, f.value::varchar as tag from orders o, lateral flatten(input => o.tags) f order by o.id, f.index',
    [
      { ID: 1, INDEX: 0, TAG: 'x' },
      { ID: 1, INDEX: 1, TAG: 'y' },
      { ID: 2, INDEX: 0, TAG: 'z' },
    ],
  ],
  [
    'select o.id, f.value::varchar as tag from orders o left join lateral flatten(input => o.tags, outer => true) f on true where o.id = 3',
    [{ ID: 3, TAG: null }],
  ],
  [
    "select get_path(meta, 'a.b')::varchar as b, meta:n[1]::number(38,0) as n, array_size(meta:n) as size from orders where id = 1",
    [{ B: 'c', N: 2, SIZE: 2 }],
  ],
  [
    'select array_agg(label) within group (order by label desc) as labels from orders where label is not null',
    [{ LABELS: ['bob', 'ann'] }],
  ],
  ["select listagg(label, ',') within group (order by label) as labels from orders", [{ LABELS: 'ann,bob' }]],
  [
    "select object_construct('a', 1, 'b', null) as dropped, object_construct_keep_null('b', null) as kept",
    [{ DROPPED: { a: 1 }, KEPT: { b: null } }],
  ],
  ["select try_parse_json('{') as x, parse_json('{\"a\": 1}'):a::number(38,0) as a", [{ X: null, A: 1 }]],
  // Dates and instants.
  [
    "select datediff(day, '2026-01-01'::date, '2026-02-01'::date) as days, datediff(microsecond, '2026-01-01'::timestamp_ntz, '2026-01-01 00:00:01'::timestamp_ntz) as micros",
    [{ DAYS: 31, MICROS: 1_000_000 }],
  ],
  [
    "select to_char(dateadd(day, 1, '2026-02-28'::date), 'YYYY-MM-DD') as day, to_char(dateadd(month, 1, '2026-01-31'::date), 'YYYY-MM-DD') as month",
    [{ DAY: '2026-03-01', MONTH: '2026-02-28' }],
  ],
  [
    "select to_char(date_trunc('week', '2026-01-04'::date)::date, 'YYYY-MM-DD') as monday, dayofweekiso('2026-01-04'::date) as sunday",
    [{ MONDAY: '2025-12-29', SUNDAY: 7 }],
  ],
  [
    "select to_char(convert_timezone('UTC', 'America/New_York', '2026-03-08 07:00:00'::timestamp_ntz(6)), 'YYYY-MM-DD HH24:MI:SS.FF6') as there",
    [{ THERE: '2026-03-08 03:00:00.000000' }],
  ],
  [
    "select date_part(epoch_microsecond, '1970-01-01 00:00:01'::timestamp_ntz(6)) as micros, date_part(epoch_second, '1969-12-31'::timestamp_ntz) as seconds",
    [{ MICROS: 1_000_000, SECONDS: -86_400 }],
  ],
  [
    "select to_char(to_timestamp_ntz(1700000000123456, 6), 'YYYY-MM-DD HH24:MI:SS.FF6') as taken, to_char(last_day('2026-02-01'::date), 'YYYY-MM-DD') as last",
    [{ TAKEN: '2023-11-14 22:13:20.123456', LAST: '2026-02-28' }],
  ],
  // Numbers and text.
  [
    'select round(2.5::number(10,1)) as r, round(-2.5::number(10,1)) as m, floor(-1.5) as f, trunc(1.29::number(10,2), 1) as t, mod(-7, 3) as rest',
    [{ R: 3, M: -3, F: -2, T: 1.2, REST: -1 }],
  ],
  [
    "select try_cast('x' as number(38,0)) as n, try_cast('1.5' as number(10,2)) as p, try_cast('2026-02-30' as date) as d, try_cast('yes' as boolean) as b",
    [{ N: null, P: 1.5, D: null, B: true }],
  ],
  [
    "select sha2('abc', 256) as sha, md5('abc') as md5",
    [
      {
        SHA: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        MD5: '900150983cd24fb0d6963f7d28e17f72',
      },
    ],
  ],
  [
    "select regexp_substr('k=v', 'k=(.*)', 1, 1, 'e', 1) as v, regexp_replace('a1b2', '[0-9]', '') as letters, regexp_like('abc', 'b') as whole, regexp_count('a1b2', '[0-9]') as n",
    [{ V: 'v', LETTERS: 'ab', WHOLE: false, N: 2 }],
  ],
  [
    "select split_part('a,b', ',', 2) as b, lpad('7', 3, '0') as padded, 'a' || null as none, length('é') as n, replace('aa', 'a', 'b') as r, translate('abc', 'b', 'x') as t",
    [{ B: 'b', PADDED: '007', NONE: null, N: 1, R: 'bb', T: 'axc' }],
  ],
  [
    'select min_by(label, amount) as cheapest, max_by(label, amount) as dearest, count_if(is_paid) as paid, boolor_agg(is_paid) as any_paid from orders where label is not null',
    [{ CHEAPEST: 'ann', DEAREST: 'bob', PAID: 1, ANY_PAID: true }],
  ],
  [
    'select percentile_disc(0.5) within group (order by id) as median, greatest(1, 2) as g, least(1, null) as l, coalesce(null, 1) as c, nullif(1, 1) as n, iff(true, 1, 2) as i from orders',
    [{ MEDIAN: 2, G: 2, L: null, C: 1, N: null, I: 1 }],
  ],
  [
    'select equal_null(null, null) as same, div0(1, 0) as none, zeroifnull(null) as nought',
    [{ SAME: true, NONE: 0, NOUGHT: 0 }],
  ],
  // What stands.
  [
    "select table_name, table_type from shop.information_schema.tables where table_schema = 'PUBLIC' and table_name = 'ORDERS'",
    [{ TABLE_NAME: 'ORDERS', TABLE_TYPE: 'BASE TABLE' }],
  ],
  [
    "select comment from shop.information_schema.tables where table_schema = 'PUBLIC' and table_name = 'ORDERS'",
    [{ COMMENT: 'Orders' }],
  ],
  [
    "select column_name, data_type, numeric_precision, numeric_scale, is_nullable from shop.information_schema.columns where table_schema = 'PUBLIC' and table_name = 'ORDERS' and ordinal_position in (1, 3) order by ordinal_position",
    [
      { COLUMN_NAME: 'ID', DATA_TYPE: 'NUMBER', NUMERIC_PRECISION: 38, NUMERIC_SCALE: 0, IS_NULLABLE: 'NO' },
      { COLUMN_NAME: 'AMOUNT', DATA_TYPE: 'NUMBER', NUMERIC_PRECISION: 18, NUMERIC_SCALE: 2, IS_NULLABLE: 'YES' },
    ],
  ],
]

/** Statements that change something, each with a query after it that shows what. */
export const changes: readonly (readonly [sql: string, asked: string, rows: readonly unknown[]])[] = [
  [
    'create or replace transient table copied cluster by (to_date(taken)) copy grants as select id, taken from orders',
    'select count(*) as n from copied',
    [{ N: 3 }],
  ],
  [
    "create or replace view seen (id comment 'The order', label) copy grants comment = 'Seen' as select id, label from orders",
    'select * from seen where id = 1',
    [{ ID: 1, LABEL: 'ann' }],
  ],
  [
    'alter table copied add column if not exists label varchar',
    'select label from copied where id = 1',
    [{ LABEL: null }],
  ],
  [
    "alter table copied add column one number(38,0), two varchar comment 'Two'",
    'select one, two from copied where id = 1',
    [{ ONE: null, TWO: null }],
  ],
  [
    'alter table copied drop column two',
    "select count(*) as n from information_schema.columns where table_name = 'COPIED'",
    [{ N: 4 }],
  ],
  [
    'insert overwrite into copied (id, label) select id, label from orders where id < 3',
    'select id, taken, label from copied order by id',
    [
      { ID: 1, TAKEN: null, LABEL: 'ann' },
      { ID: 2, TAKEN: null, LABEL: 'bob' },
    ],
  ],
  [
    'update copied set label = upper(orders.label) from orders where orders.id = copied.id and copied.id = 1',
    'select label from copied order by id',
    [{ LABEL: 'ANN' }, { LABEL: 'bob' }],
  ],
  [
    "merge into copied using (select 2 as id, 'new' as label union all select 9, 'nine') s on copied.id = s.id when matched then update set label = s.label when not matched then insert (id, label) values (s.id, s.label)",
    'select id, label from copied order by id',
    [
      { ID: 1, LABEL: 'ANN' },
      { ID: 2, LABEL: 'new' },
      { ID: 9, LABEL: 'nine' },
    ],
  ],
  ['delete from copied using orders where orders.id = copied.id', 'select id from copied', [{ ID: 9 }]],
  ['truncate table copied', 'select count(*) as n from copied', [{ N: 0 }]],
  [
    "comment on table copied is 'A copy'",
    "select comment from information_schema.tables where table_name = 'COPIED'",
    [{ COMMENT: 'A copy' }],
  ],
  ['alter table copied rename to copied_again', 'select count(*) as n from copied_again', [{ N: 0 }]],
  [
    'drop table if exists copied_again',
    "select count(*) as n from information_schema.tables where table_name = 'COPIED_AGAIN'",
    [{ N: 0 }],
  ],
  [
    'drop view if exists seen',
    "select count(*) as n from information_schema.views where table_name = 'SEEN'",
    [{ N: 0 }],
  ],
  ['create or replace temporary table kept as select 1 as id', 'select id from kept', [{ ID: 1 }]],
  [
    'create transient schema if not exists shop.journeys data_retention_time_in_days = 0',
    "select count(*) as n from shop.information_schema.schemata where schema_name = 'JOURNEYS'",
    [{ N: 1 }],
  ],
  [
    'drop schema if exists shop.journeys cascade',
    "select count(*) as n from shop.information_schema.schemata where schema_name = 'JOURNEYS'",
    [{ N: 0 }],
  ],
  ['use schema shop.public', 'select current_schema() as x', [{ X: 'PUBLIC' }]],
]
