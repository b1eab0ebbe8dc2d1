/** Texts of the portable core: what they show, and the text. */
export const accepted: readonly (readonly [shows: string, sql: string])[] = [
  [
    'CTEs, ranking, a whole-partition count, and select * of the last CTE',
    `with touches as (
      select person_id, conversion_id, touchpoint_id, channel, touched_at
      from journeys.touchpoints
    ),

    positions as (
      select
        person_id, conversion_id, channel,
        row_number() over (partition by conversion_id order by touched_at, touchpoint_id) as touch_number,
        count(*) over (partition by conversion_id) as touch_count
      from touches
    )

    select * from positions`,
  ],
  [
    'explicit frames',
    'select sum(x) over (partition by a order by id rows between unbounded preceding and current row) as s from t',
  ],
  [
    'frames by whole numbers',
    'select last_value(x) over (order by id rows between 1 preceding and 1 following) as s from t',
  ],
  ['windows without an order', 'select min(x) over () as a, max(x) over (partition by b) as b from t'],
  [
    'lag and lead with a count and a default',
    "select lag(a, 1, 'none') over (order by id) as a, lead(a) over (order by id) as b from t",
  ],
  ['rank and ntile', 'select rank() over (order by id) as a, ntile(4) over (order by id desc) as b from t'],
  [
    'an order by a nullable column that says where NULLs go',
    'select rank() over (order by maybe desc nulls last) as a from t',
  ],
  ['an order by a column that nothing is known of', 'select rank() over (order by whatever) as a from t'],
  ['qualify', 'select id from t qualify row_number() over (partition by a order by id) = 1'],
  [
    'qualify by an alias',
    'select id, row_number() over (partition by a order by id) as visit_number from t qualify visit_number = 1',
  ],
  [
    'inner, left, full and cross joins',
    'select t.a from t join s on s.a = t.a left join u on u.a = t.a and u.b > t.b full join v on v.a = t.a cross join w',
  ],
  ['an outer join by a macro', 'select t.a from t left join s on tl_macro_isSame(s.a, t.a)'],
  [
    'exists by equality, with conditions of its own',
    "select a from t where not exists (select 1 from s where s.a = t.a and s.kind = 'x' and s.b > 2)",
  ],
  [
    'exists beside other conditions, joined by and',
    'select a from t where b > 1 and (c = 2 and exists (select 1 from s where t.a = s.a)) and not (exists (select 1 from u where u.a = t.a))',
  ],
  ['distinct and union all', 'select distinct a, b from t union all select a, b from s union all select a, b from u'],
  ['union all of selects in parentheses', '(select a from t) union all (select a from s)'],
  [
    'case in both forms',
    "select case when a > 1 then 'many' when a = 1 then 'one' else 'none' end as x, case b when 'x' then 1 else 0 end as y from t",
  ],
  [
    'coalesce, nullif, in, between, null tests',
    "select coalesce(a, b, 'x') as c, nullif(d, 0) as e from t where a in ('x', 'y') and d not between 1 and 2 and b is not null",
  ],
  ['arithmetic, negation and text', "select a + b - c * 2 as x, -1 as y, a || '-' || b as z, (a + b) * 2 as w from t"],
  [
    'comparisons and logic',
    'select a from t where not (a = b or a <> c) and a != d and a < 1 and b <= 2 and c > 3 and d >= 4',
  ],
  [
    'aggregates',
    'select a, count(*) as k, count(b) as l, count(distinct b) as m, sum(c) as n, min(c) as o, max(c) as p from t group by a having count(*) > 1',
  ],
  ['a conditional sum', 'select a, sum(case when b then 1 else 0 end) as k from t group by a'],
  [
    'casts to every type of the contract',
    `select cast(a as text) as a, cast(b as bigint) as b, cast(c as decimal(38, 9)) as c, cast(d as double) as d,
      cast(e as boolean) as e, cast(f as timestamp) as f, cast(g as date) as g, cast(h as json) as h from t`,
  ],
  [
    'literals as the engine writes them',
    "select 'text' as a, 1 as b, true as c, null as d, cast(0 as double) as e, cast('2000-01-01' as date) as f from t",
  ],
  ['like with a literal pattern', "select a from t where a like '%x_' and b not like 'y%'"],
  [
    'macros, of expressions and in from',
    'select tl_macro_elapsedSeconds(a, max(b)) as s from tl_macro_days(1, 2) as d where tl_macro_isBot(agent) group by a',
  ],
  [
    'a macro over rows',
    'select a from tl_macro_gaps((select a from x union all select a from y), journeys.visits) as g',
  ],
  ['a macro given a comparison', 'select a from t where tl_macro_anyTrue(a = 1)'],
  ['a select in parentheses in from', 'select a from (\n  select a from x\n  union all select a from y\n) as e'],
  ['select * of a select in parentheses', 'select * from (select a from x union all select a from y) as e'],
  ['a column renamed to itself and grouped by', 'select t.channel as channel, count(*) as k from t group by t.channel'],
  [
    'a group by an alias that is no column',
    "with u as (select a from t) select coalesce(a, '-') as b, count(*) as k from u group by b",
  ],
  ['a group by expression', "select coalesce(c, '-') as d, count(*) as k from t group by coalesce(c, '-')"],
  [
    'a column of the input with the name of an alias',
    'with u as (select y, z from t) select y as z, z + 1 as w from u',
  ],
  ['the input column within its own alias', "select coalesce(channel, '-') as channel from t where channel <> 'x'"],
  [
    'a column named by a definition, twice',
    'select named_column as named_column, named_column + 1 as a, t.named_column as named_column from t',
  ],
  ['comments', 'select a -- a; note\nfrom t /* and / another :: */ where b = 1 -- the end;'],
  ['words that are no reserved words', 'select a as date, b as account, c as value, d as position, e as name from t'],
]
