/** A statement and the rows that it gives, in order; every value worked out by hand and written as the API gives it. */
export interface WorkedStatement {
  readonly says: string
  /** Done before, in the same script. */
  readonly before?: string
  readonly query: string
  readonly gives: readonly (readonly unknown[])[]
}

/**
 * people: 1 Ana DE, 2 Ben AT, 3 Çem NULL. orders: 10 of Ana 20.50 on the 1st at noon, 11 of Ana 5 on the 3rd at eight, 12 of Ben 7.25 on the 3rd
 * at nine, 13 of nobody NULL on the last day of February.
 */
export const tables = `
create table shop.people (id int64, name string, country string);
insert into shop.people values (1, 'Ana', 'DE'), (2, 'Ben', 'AT'), (3, 'Çem', null);
create table shop.orders (id int64, person int64, amount numeric, made timestamp, tags array<string>);
insert into shop.orders values
  (10, 1, 20.50, '2024-03-01 12:00:00', ['new', 'web']),
  (11, 1, 5, '2024-03-03 08:00:00', ['web']),
  (12, 2, 7.25, '2024-03-03 09:00:00.000001', []),
  (13, null, null, '2024-02-29 23:59:59.999999', ['store', 'gift', 'web']);`

const joins: readonly WorkedStatement[] = [
  {
    says: 'an inner join loses those without a match',
    query: 'select o.id, p.name from shop.orders as o inner join shop.people as p on p.id = o.person order by o.id',
    gives: [
      ['10', 'Ana'],
      ['11', 'Ana'],
      ['12', 'Ben'],
    ],
  },
  {
    says: 'a left join keeps them',
    query: 'select o.id, p.name from shop.orders as o left join shop.people as p on p.id = o.person order by o.id',
    gives: [
      ['10', 'Ana'],
      ['11', 'Ana'],
      ['12', 'Ben'],
      ['13', null],
    ],
  },
  {
    says: 'a right join keeps those of the right',
    query:
      'select o.id, p.name from shop.orders as o right join shop.people as p on p.id = o.person order by p.id, o.id',
    gives: [
      ['10', 'Ana'],
      ['11', 'Ana'],
      ['12', 'Ben'],
      [null, 'Çem'],
    ],
  },
  {
    says: 'a full join keeps both',
    query:
      'select count(*), countif(o.id is null), countif(p.id is null) from shop.orders as o full join shop.people as p on p.id = o.person',
    gives: [['5', '1', '1']],
  },
  {
    says: 'a cross join multiplies',
    query: 'select count(*) from shop.orders cross join shop.people',
    gives: [['12']],
  },
  {
    says: 'using gives the column once',
    query:
      'select person, amount, name from (select person, amount from shop.orders) join (select id as person, name from shop.people) using (person) order by amount',
    gives: [
      ['1', '5', 'Ana'],
      ['2', '7.25', 'Ben'],
      ['1', '20.5', 'Ana'],
    ],
  },
  {
    says: 'NULL joins no NULL',
    query:
      'select count(*) from (select cast(null as int64) as x) as a join (select cast(null as int64) as x) as b on a.x = b.x',
    gives: [['0']],
  },
  {
    says: 'exists asks without multiplying',
    query:
      'select name from shop.people as p where exists (select 1 from shop.orders as o where o.person = p.id) order by name',
    gives: [['Ana'], ['Ben']],
  },
  {
    says: 'not in a list with NULL holds for nothing',
    query: 'select count(*) from shop.people where id not in (select person from shop.orders)',
    gives: [['0']],
  },
  {
    says: 'a self join finds the next',
    query:
      'select a.id, min(b.id) from shop.orders as a left join shop.orders as b on b.id > a.id group by a.id order by a.id',
    gives: [
      ['10', '11'],
      ['11', '12'],
      ['12', '13'],
      ['13', null],
    ],
  },
]

const groups: readonly WorkedStatement[] = [
  {
    says: 'count counts no NULL',
    query: 'select count(*), count(amount), count(distinct person) from shop.orders',
    gives: [['4', '3', '2']],
  },
  {
    says: 'sum of nothing is NULL',
    query: 'select sum(amount), count(*) from shop.orders where false',
    gives: [[null, '0']],
  },
  {
    says: 'NULL is a group of its own, and sorts first',
    query: 'select person, sum(amount) from shop.orders group by person order by person',
    gives: [
      [null, null],
      ['1', '25.5'],
      ['2', '7.25'],
    ],
  },
  {
    says: 'NULL sorts last where one says so',
    query: 'select id from shop.orders order by amount nulls last, id',
    gives: [['11'], ['12'], ['10'], ['13']],
  },
  {
    says: 'descending, NULL sorts last',
    query: 'select id from shop.orders order by amount desc',
    gives: [['10'], ['12'], ['11'], ['13']],
  },
  {
    says: 'having filters groups',
    query: 'select person from shop.orders group by person having count(*) > 1',
    gives: [['1']],
  },
  { says: 'avg of integers is a double', query: 'select avg(x) from unnest([1, 2]) as x', gives: [['1.5']] },
  {
    says: 'min and max leave NULL out',
    query: 'select min(amount), max(amount) from shop.orders',
    gives: [['5', '20.5']],
  },
  {
    says: 'string_agg orders and leaves NULL out',
    query: "select string_agg(country, '+' order by country) from shop.people",
    gives: [['AT+DE']],
  },
  {
    says: 'array_agg ignores NULL where told',
    query: 'select array_agg(country ignore nulls order by country desc) from shop.people',
    gives: [[['DE', 'AT']]],
  },
  {
    says: 'logical_or and logical_and',
    query: "select logical_or(country = 'DE'), logical_and(country = 'DE') from shop.people",
    gives: [['true', 'false']],
  },
  {
    says: 'any_value with having max takes the latest',
    query:
      'select person, any_value(id having max made) from shop.orders where person is not null group by person order by person',
    gives: [
      ['1', '11'],
      ['2', '12'],
    ],
  },
  {
    says: 'distinct takes equal rows together',
    query: 'select distinct person from shop.orders order by person',
    gives: [[null], ['1'], ['2']],
  },
  {
    says: 'union all keeps doubles, union distinct does not',
    query:
      'select (select count(*) from (select 1 union all select 1)), (select count(*) from (select 1 union distinct select 1))',
    gives: [['2', '1']],
  },
  {
    says: 'except distinct takes away',
    query: 'select x from unnest([1, 2, 3]) as x except distinct select x from unnest([2]) as x order by x',
    gives: [['1'], ['3']],
  },
  {
    says: 'intersect distinct keeps what is in both',
    query: 'select x from unnest([1, 2, 2]) as x intersect distinct select x from unnest([2, 3]) as x',
    gives: [['2']],
  },
]

const windows: readonly WorkedStatement[] = [
  {
    says: 'row_number counts in order',
    query: 'select id, row_number() over (partition by person order by made) from shop.orders order by id',
    gives: [
      ['10', '1'],
      ['11', '2'],
      ['12', '1'],
      ['13', '1'],
    ],
  },
  {
    says: 'rank leaves gaps, dense_rank does not',
    query: 'select x, rank() over (order by x), dense_rank() over (order by x) from unnest([1, 1, 2]) as x order by x',
    gives: [
      ['1', '1', '1'],
      ['1', '1', '1'],
      ['2', '3', '2'],
    ],
  },
  {
    says: 'lag and lead reach over rows',
    query: 'select id, lag(id) over (order by id), lead(id, 2, -1) over (order by id) from shop.orders order by id',
    gives: [
      ['10', null, '12'],
      ['11', '10', '13'],
      ['12', '11', '-1'],
      ['13', '12', '-1'],
    ],
  },
  {
    says: 'a running sum by rows',
    query:
      'select id, sum(id) over (order by id rows between unbounded preceding and current row) from shop.orders order by id',
    gives: [
      ['10', '10'],
      ['11', '21'],
      ['12', '33'],
      ['13', '46'],
    ],
  },
  {
    says: 'the default frame takes equals together',
    query: 'select x, count(*) over (order by x) from unnest([1, 1, 2]) as x order by x',
    gives: [
      ['1', '2'],
      ['1', '2'],
      ['2', '3'],
    ],
  },
  {
    says: 'last_value reaches only to the current row by default',
    query:
      'select x, last_value(x) over (order by x), last_value(x) over (order by x rows between unbounded preceding and unbounded following) from unnest([1, 2]) as x order by x',
    gives: [
      ['1', '1', '2'],
      ['2', '2', '2'],
    ],
  },
  {
    says: 'first_value ignores NULL where told',
    query:
      'select distinct first_value(amount ignore nulls) over (order by made rows between unbounded preceding and unbounded following) from shop.orders',
    gives: [['20.5']],
  },
  {
    says: 'ntile puts the rest into the first',
    query: 'select x, ntile(2) over (order by x) from unnest([1, 2, 3]) as x order by x',
    gives: [
      ['1', '1'],
      ['2', '1'],
      ['3', '2'],
    ],
  },
  {
    says: 'qualify filters by a window',
    query:
      'select id from shop.orders where person is not null qualify row_number() over (partition by person order by made desc) = 1 order by id',
    gives: [['11'], ['12']],
  },
  {
    says: 'a range frame with numbers',
    query:
      'select x, count(*) over (order by x range between 1 preceding and current row) from unnest([1, 2, 4]) as x order by x',
    gives: [
      ['1', '1'],
      ['2', '2'],
      ['4', '1'],
    ],
  },
  {
    says: 'percent_rank and cume_dist',
    query:
      'select x, percent_rank() over (order by x), cume_dist() over (order by x) from unnest([1, 2]) as x order by x',
    gives: [
      ['1', '0.0', '0.5'],
      ['2', '1.0', '1.0'],
    ],
  },
  {
    says: 'a window over groups',
    query: 'select person, sum(count(*)) over () from shop.orders group by person order by person',
    gives: [
      [null, '4'],
      ['1', '4'],
      ['2', '4'],
    ],
  },
]

const nested: readonly WorkedStatement[] = [
  {
    says: 'unnest gives a row an element',
    query: 'select id, tag from shop.orders, unnest(tags) as tag order by id, tag',
    gives: [
      ['10', 'new'],
      ['10', 'web'],
      ['11', 'web'],
      ['13', 'gift'],
      ['13', 'store'],
      ['13', 'web'],
    ],
  },
  {
    says: 'left join unnest keeps the empty',
    query: 'select id, tag from shop.orders left join unnest(tags) as tag where id = 12',
    gives: [['12', null]],
  },
  {
    says: 'with offset counts from 0',
    query: 'select tag, place from shop.orders, unnest(tags) as tag with offset as place where id = 13 order by place',
    gives: [
      ['store', '0'],
      ['gift', '1'],
      ['web', '2'],
    ],
  },
  {
    says: 'array_length of an empty array is 0',
    query: 'select id, array_length(tags) from shop.orders order by id',
    gives: [
      ['10', '2'],
      ['11', '1'],
      ['12', '0'],
      ['13', '3'],
    ],
  },
  {
    says: 'offset and ordinal',
    query: 'select tags[offset(0)], tags[ordinal(3)], tags[safe_offset(9)] from shop.orders where id = 13',
    gives: [['store', 'web', null]],
  },
  { says: 'in unnest asks an array', query: "select id from shop.orders where 'new' in unnest(tags)", gives: [['10']] },
  {
    says: 'an array subquery keeps its order',
    query: 'select array(select x * 2 from unnest([3, 1, 2]) as x order by x)',
    gives: [[['2', '4', '6']]],
  },
  {
    says: 'array_concat and array_to_string',
    query: "select array_to_string(array_concat(['a'], ['b', null]), '-', '?')",
    gives: [['a-b-?']],
  },
  { says: 'generate_array counts', query: 'select generate_array(1, 7, 3)', gives: [[['1', '4', '7']]] },
  {
    says: 'generate_date_array counts days',
    query: "select generate_date_array('2024-02-28', '2024-03-01')",
    gives: [[['2024-02-28', '2024-02-29', '2024-03-01']]],
  },
  {
    says: 'a struct has its fields',
    query: 'select s.a, s.b.c from (select struct(1 as a, struct("x" as c) as b) as s)',
    gives: [['1', 'x']],
  },
  {
    says: 'structs compare by their fields',
    query: 'select struct(1, "a") = struct(1, "a"), struct(1, "a") = struct(1, "b")',
    gives: [['true', 'false']],
  },
  {
    says: 'an array of structs is unnested to columns',
    query: 'select sku, quantity from unnest([struct("a" as sku, 2 as quantity), struct("b", 1)]) order by sku',
    gives: [
      ['a', '2'],
      ['b', '1'],
    ],
  },
  { says: 'array_reverse turns round', query: 'select array_reverse([1, 2, 3])', gives: [[['3', '2', '1']]] },
  {
    says: 'a correlated sum over an array',
    query: 'select id, (select sum(length(tag)) from unnest(tags) as tag) from shop.orders order by id',
    gives: [
      ['10', '6'],
      ['11', '3'],
      ['12', null],
      ['13', '12'],
    ],
  },
]

const times: readonly WorkedStatement[] = [
  {
    says: 'timestamp_trunc by day and by month',
    query:
      'select string(timestamp_trunc(made, day)), string(timestamp_trunc(made, month)) from shop.orders where id = 13',
    gives: [['2024-02-29 00:00:00+00', '2024-02-01 00:00:00+00']],
  },
  {
    says: 'date in a zone',
    query: "select date(made), date(made, 'Europe/Berlin') from shop.orders where id = 13",
    gives: [['2024-02-29', '2024-03-01']],
  },
  {
    says: 'the hour that summer time leaves out',
    query: "select string(timestamp('2024-03-31 02:30:00', 'Europe/Berlin'))",
    gives: [['2024-03-31 01:30:00+00']],
  },
  {
    says: 'timestamp_diff truncates',
    query:
      "select timestamp_diff('2024-01-01 00:59:59', '2024-01-01 00:00:00', minute), timestamp_diff('2024-01-01 00:00:00', '2024-01-01 00:59:59', minute)",
    gives: [['59', '-59']],
  },
  {
    says: 'date_diff counts boundaries',
    query:
      "select date_diff('2024-03-01', '2024-02-29', month), date_diff('2024-12-31', '2024-01-01', year), date_diff(date '2024-01-08', date '2024-01-07', week), date_diff(date '2024-01-08', date '2024-01-07', week(monday))",
    gives: [['1', '0', '0', '1']],
  },
  {
    says: 'date_add at the end of a month',
    query: "select date_add(date '2024-01-31', interval 1 month), date_sub(date '2024-02-29', interval 1 year)",
    gives: [['2024-02-29', '2023-02-28']],
  },
  {
    says: 'a week begins on Sunday, an ISO week on Monday',
    query: "select date_trunc(date '2024-03-03', week), date_trunc(date '2024-03-03', isoweek)",
    gives: [['2024-03-03', '2024-02-26']],
  },
  {
    says: 'extract counts Sunday as 1',
    query:
      "select extract(dayofweek from date '2024-03-03'), extract(isoweek from date '2024-12-30'), extract(isoyear from date '2024-12-30')",
    gives: [['1', '1', '2025']],
  },
  {
    says: 'microseconds are kept',
    query: 'select string(made), extract(microsecond from made) from shop.orders where id = 12',
    gives: [['2024-03-03 09:00:00.000001+00', '1']],
  },
  {
    says: 'unix time and back',
    query:
      "select unix_seconds(timestamp '1970-01-02'), string(timestamp_millis(1500)), unix_micros(timestamp '1969-12-31 23:59:59.999999')",
    gives: [['86400', '1970-01-01 00:00:01.500+00', '-1']],
  },
  {
    says: 'parse and format',
    query:
      "select parse_date('%d.%m.%Y', '29.02.2024'), format_timestamp('%Y-%m-%dT%H:%M', timestamp '2024-02-29 23:59:59', 'Asia/Tokyo')",
    gives: [['2024-02-29', '2024-03-01T08:59']],
  },
  {
    says: 'last_day',
    query: "select last_day(date '2024-02-10'), last_day(date '2023-02-10')",
    gives: [['2024-02-29', '2023-02-28']],
  },
  {
    says: 'datetime has no zone',
    query:
      "select datetime(timestamp '2024-07-01 00:00:00', 'Europe/Berlin'), datetime_diff(datetime '2024-01-02', datetime '2024-01-01', hour)",
    gives: [['2024-07-01T02:00:00', '24']],
  },
  {
    says: 'safe_cast of no date is NULL',
    query: "select safe_cast('2023-02-29' as date), safe_cast('2024-02-29' as date)",
    gives: [[null, '2024-02-29']],
  },
]

const values: readonly WorkedStatement[] = [
  {
    says: 'division is of doubles, div of integers',
    query: 'select 7 / 2, div(7, 2), div(-7, 2), mod(-7, 2)',
    gives: [['3.5', '3', '-3', '-1']],
  },
  {
    says: 'numeric keeps nine decimals, half away from zero',
    query: "select numeric '1' / 3, round(numeric '2.5'), round(numeric '-2.5'), round(2.345, 2)",
    gives: [['0.333333333', '3', '-3', '2.35']],
  },
  {
    says: 'numeric multiplies exactly',
    query: "select numeric '0.1' * 3, numeric '19.99' * 100",
    gives: [['0.3', '1999']],
  },
  {
    says: 'casts to integers round half away from zero',
    query: 'select cast(2.5 as int64), cast(-2.5 as int64), cast(0.5 as int64)',
    gives: [['3', '-3', '1']],
  },
  {
    says: 'safe_divide gives NULL, ieee_divide infinity',
    query: 'select safe_divide(1, 0), ieee_divide(1, 0)',
    gives: [[null, 'Infinity']],
  },
  {
    says: 'NULL is neither equal nor different',
    query:
      'select person = person, person != 1, person is null, 1 is distinct from person from shop.orders where id = 13',
    gives: [[null, null, 'true', 'true']],
  },
  {
    says: 'and, or with NULL',
    query: 'select null and false, null or true, null and true',
    gives: [['false', 'true', null]],
  },
  {
    says: 'coalesce, ifnull, nullif',
    query: "select coalesce(null, null, 3), ifnull(null, 'x'), nullif('a', 'a')",
    gives: [['3', 'x', null]],
  },
  {
    says: 'greatest with NULL is NULL',
    query: 'select greatest(1, null), greatest(1, 2), least(3, 2)',
    gives: [[null, '2', '2']],
  },
  {
    says: 'if and case',
    query: "select if(1 > 2, 'a', 'b'), case 3 when 3 then 'x' else 'y' end, case when false then 1 end",
    gives: [['b', 'x', null]],
  },
  {
    says: 'letters count as characters, bytes as bytes',
    query: "select length('Çé'), byte_length('Çé'), upper('çé'), reverse('ab')",
    gives: [['2', '4', 'ÇÉ', 'ba']],
  },
  {
    says: 'substr from the end',
    query: "select substr('abcdef', 2, 3), substr('abcdef', -2), left('abc', 2), right('abc', 2)",
    gives: [['bcd', 'ef', 'ab', 'bc']],
  },
  {
    says: 'split and trim',
    query: "select split('a,b,,c', ','), trim('  a '), ltrim('xxa', 'x')",
    gives: [[['a', 'b', '', 'c'], 'a', 'a']],
  },
  {
    says: 'regular expressions find parts',
    query: "select regexp_contains('abc', 'b'), regexp_extract('k=v', r'=(.*)'), regexp_replace('a1b2', r'[0-9]', '#')",
    gives: [['true', 'v', 'a#b#']],
  },
  {
    says: 'like with its two wildcards',
    query: "select 'a_c' like 'a\\\\_c', 'abc' like 'a\\\\_c', 'abc' like 'a%'",
    gives: [['true', 'false', 'true']],
  },
  { says: 'concat with NULL is NULL', query: "select concat('a', null), 'a' || 'b'", gives: [[null, 'ab']] },
  {
    says: 'hashes in hex',
    query: "select to_hex(sha256('abc')), to_hex(md5(''))",
    gives: [['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'd41d8cd98f00b204e9800998ecf8427e']],
  },
  {
    says: 'strpos counts from 1',
    query: "select strpos('hello', 'l'), strpos('hello', 'x'), starts_with('hello', 'he')",
    gives: [['3', '0', 'true']],
  },
  {
    says: 'lpad and repeat',
    query: "select lpad('7', 3, '0'), repeat('ab', 2), initcap('hello world')",
    gives: [['007', 'abab', 'Hello World']],
  },
  {
    says: 'to and from base64',
    query: "select to_base64(b'abc'), safe_convert_bytes_to_string(from_base64('YWJj'))",
    gives: [['YWJj', 'abc']],
  },
  { says: 'bits', query: 'select 6 & 3, 6 | 3, 6 ^ 3, 1 << 4, bit_count(7)', gives: [['2', '7', '5', '16', '3']] },
]

const json: readonly WorkedStatement[] = [
  {
    says: 'json_value takes scalars alone',
    query:
      "select json_value(j, '$.a'), json_value(j, '$.b'), json_value(j, '$.c') from (select json '{\"a\": \"x\", \"b\": [1]}' as j)",
    gives: [['x', null, null]],
  },
  {
    says: 'json_query takes all but null',
    query: "select json_query('{\"b\": [1, 2]}', '$.b'), json_query('{\"b\": null}', '$.b')",
    gives: [['[1,2]', null]],
  },
  {
    says: 'fields by name, elements by number',
    query: 'select j.a.b[1], int64(j.a.b[0]) from (select json \'{"a": {"b": [7, "x"]}}\' as j)',
    gives: [['"x"', '7']],
  },
  {
    says: 'to_json_string writes rows',
    query: "select to_json_string(struct(1 as a, 'x' as b, cast(null as int64) as c))",
    gives: [['{"a":1,"b":"x","c":null}']],
  },
  {
    says: 'json_extract_array gives elements',
    query: "select array_length(json_extract_array('[1, 2, 3]')), json_extract_scalar('{\"k\": 5}', '$.k')",
    gives: [['3', '5']],
  },
  {
    says: 'what is no JSON is NULL where that is asked for',
    query: "select safe.parse_json('{a') is null, json_type(json '[1]')",
    gives: [['true', 'array']],
  },
]

const changes: readonly WorkedStatement[] = [
  {
    says: 'insert from a query',
    before: 'insert into shop.people (id, name) select id + 10, upper(name) from shop.people where id < 3',
    query: 'select id, name, country from shop.people order by id',
    gives: [
      ['1', 'Ana', 'DE'],
      ['2', 'Ben', 'AT'],
      ['3', 'Çem', null],
      ['11', 'ANA', null],
      ['12', 'BEN', null],
    ],
  },
  {
    says: 'update from a join',
    before: 'update shop.orders as o set amount = amount + p.id from shop.people as p where p.id = o.person',
    query: 'select id, amount from shop.orders order by id',
    gives: [
      ['10', '21.5'],
      ['11', '6'],
      ['12', '9.25'],
      ['13', null],
    ],
  },
  {
    says: 'delete by a subquery',
    before: "delete from shop.orders where person in (select id from shop.people where country = 'DE')",
    query: 'select id from shop.orders order by id',
    gives: [['12'], ['13']],
  },
  {
    says: 'merge with conditions and an order of clauses',
    before:
      "merge shop.people as p using (select 1 as id, 'Zoe' as name union all select 2, 'Bea' union all select 9, 'Gil') as n on n.id = p.id when matched and p.id = 1 then delete when matched then update set name = n.name when not matched then insert (id, name) values (id, name)",
    query: 'select id, name, country from shop.people order by id',
    gives: [
      ['2', 'Bea', 'AT'],
      ['3', 'Çem', null],
      ['9', 'Gil', null],
    ],
  },
  {
    says: 'merge by row',
    before:
      "merge shop.people as p using (select 4 as id, 'Dai' as name, 'IT' as country) as n on false when not matched then insert row when not matched by source and p.country is null then delete",
    query: 'select id, name from shop.people order by id',
    gives: [
      ['1', 'Ana'],
      ['2', 'Ben'],
      ['4', 'Dai'],
    ],
  },
  {
    says: 'update a part of a struct',
    before:
      "create table shop.boxes as select 1 as id, struct('a' as code, 2 as size) as box; update shop.boxes set box.size = 3 where id = 1",
    query: 'select box.code, box.size from shop.boxes',
    gives: [['a', '3']],
  },
  {
    says: 'create or replace with partitions',
    before:
      'create or replace table shop.daily partition by day cluster by person as select date(made) as day, person, count(*) as n from shop.orders group by day, person',
    query: 'select day, n from shop.daily where day >= "2024-03-01" order by day, n',
    gives: [
      ['2024-03-01', '1'],
      ['2024-03-03', '1'],
      ['2024-03-03', '1'],
    ],
  },
  {
    says: 'a view follows its table',
    before:
      'create view shop.big as select id from shop.orders where amount > 6; delete from shop.orders where id = 10',
    query: 'select id from shop.big order by id',
    gives: [['12']],
  },
  {
    says: 'a function of the user',
    before: 'create temp function half(x int64) returns float64 as (x / 2)',
    query: 'select half(3), half(null)',
    gives: [['1.5', null]],
  },
  {
    says: 'alter, drop and rename columns',
    before:
      'alter table shop.people add column age int64; update shop.people set age = id * 10 where true; alter table shop.people drop column country; alter table shop.people rename column name to called',
    query: 'select * from shop.people order by id',
    gives: [
      ['1', 'Ana', '10'],
      ['2', 'Ben', '20'],
      ['3', 'Çem', '30'],
    ],
  },
]

export const statements: readonly WorkedStatement[] = [
  ...joins,
  ...groups,
  ...windows,
  ...nested,
  ...times,
  ...values,
  ...json,
  ...changes,
]
