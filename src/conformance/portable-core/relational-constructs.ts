import { boolean, integer, number, real, text } from '../../authoring/column-words.ts'
import { instant, sql } from '../../authoring/sql.ts'
import type { Construct } from './construct.ts'
import { people, visits } from './tables.ts'

const id = text('x')
const count = integer('x')

/** How rows are read, joined, filtered, grouped and put together. */
export const relationalConstructs: readonly Construct[] = [
  {
    row: 'CTEs',
    says: 'one reads another, and select * takes the last as it stands',
    query: sql`
      with named as (select v.id, v.person from ${visits} as v where v.person is not null),

      counted as (select n.person, count(*) as visit_count from named as n group by n.person)

      select * from counted
    `,
    columns: { person: id, visit_count: count },
    gives: [
      { person: 'Ana', visit_count: 2 },
      { person: 'Çem 🙂', visit_count: 1 },
    ],
  },
  {
    row: 'explicit column lists',
    says: 'columns come by their names, some of them renamed',
    query: sql`select v.id, v.pages as page_count from ${visits} as v`,
    columns: { id, page_count: count.nullable() },
    gives: [
      { id: 'v1', page_count: 3 },
      { id: 'v2', page_count: -2 },
      { id: 'v3', page_count: null },
      { id: 'v4', page_count: 5 },
    ],
  },
  {
    row: 'inner, left, full and cross joins, conditions in `on`',
    says: 'an inner join keeps what meets, and NULL meets no NULL',
    query: sql`select v.id, p.country from ${visits} as v join ${people} as p on p.name = v.person`,
    columns: { id, country: text('x') },
    gives: [
      { id: 'v1', country: 'DE' },
      { id: 'v2', country: 'DE' },
    ],
  },
  {
    row: 'inner, left, full and cross joins, conditions in `on`',
    says: 'a left join keeps the left, and a second condition in on drops only matches',
    query: sql`
      select v.id, p.country from ${visits} as v left join ${people} as p on p.name = v.person and v.pages > 0
    `,
    columns: { id, country: text('x').nullable() },
    gives: [
      { id: 'v1', country: 'DE' },
      { id: 'v2', country: null },
      { id: 'v3', country: null },
      { id: 'v4', country: null },
    ],
  },
  {
    row: 'inner, left, full and cross joins, conditions in `on`',
    says: 'a full join keeps both sides',
    query: sql`select v.id, p.country from ${visits} as v full join ${people} as p on p.name = v.person`,
    columns: { id: id.nullable(), country: text('x').nullable() },
    gives: [
      { id: 'v1', country: 'DE' },
      { id: 'v2', country: 'DE' },
      { id: 'v3', country: null },
      { id: 'v4', country: null },
      { id: null, country: 'TR' },
      { id: null, country: null },
    ],
  },
  {
    row: 'inner, left, full and cross joins, conditions in `on`',
    says: 'a cross join pairs all with all',
    query: sql`select count(*) as pair_count from ${visits} as v cross join ${people} as p`,
    columns: { pair_count: count },
    gives: [{ pair_count: 12 }],
  },
  {
    row: '`select distinct`',
    says: 'NULL is one value',
    query: sql`select distinct v.person from ${visits} as v`,
    columns: { person: text('x').nullable() },
    gives: [{ person: 'Ana' }, { person: 'Çem 🙂' }, { person: null }],
  },
  {
    row: '`+ -` on numbers, `*` on numbers of which one at most is a decimal',
    says: 'negative numbers and decimals to the last digit, NULL of NULL',
    query: sql`
      select v.id, v.pages - 5 as less, v.pages * v.pages as squared, v.spent + v.spent as twice, v.weight * v.weight as area, -v.pages as negated
      from ${visits} as v
      where v.id <> 'v4'
    `,
    columns: {
      id,
      less: count.nullable(),
      squared: count.nullable(),
      twice: number('x').nullable(),
      area: real('x').nullable(),
      negated: count.nullable(),
    },
    gives: [
      { id: 'v1', less: -2, squared: 9, twice: '21', area: 0.25, negated: -3 },
      { id: 'v2', less: -7, squared: 4, twice: '-0.000000002', area: 2.25, negated: 2 },
      { id: 'v3', less: null, squared: null, twice: null, area: null, negated: null },
    ],
  },
  {
    row: '`+ -` on numbers, `*` on numbers of which one at most is a decimal',
    says: 'a double where one of them is one, else a decimal where one of them is one',
    query: sql`
      select
        v.id, v.pages + v.spent as decimal_sum, v.spent - v.weight as real_difference, v.pages + v.weight as real_sum,
        v.spent * v.pages as decimal_product, v.spent * v.weight as real_product
      from ${visits} as v
      where v.id < 'v3'
    `,
    columns: {
      id,
      decimal_sum: number('x').nullable(),
      real_difference: real('x').nullable(),
      real_sum: real('x').nullable(),
      decimal_product: number('x').nullable(),
      real_product: real('x').nullable(),
    },
    gives: [
      {
        id: 'v1',
        decimal_sum: '13.5',
        real_difference: 10,
        real_sum: 3.5,
        decimal_product: '31.5',
        real_product: 5.25,
      },
      {
        id: 'v2',
        decimal_sum: '-2.000000001',
        real_difference: 1.499999999,
        real_sum: -3.5,
        decimal_product: '0.000000002',
        real_product: 1.5e-9,
      },
    ],
  },
  {
    row: '`where`',
    says: 'a condition that is NULL keeps no row, nor does its negation',
    query: sql`
      select v.id, 'yes' as answer from ${visits} as v where v.is_new
      union all
      select v.id, 'no' as answer from ${visits} as v where not v.is_new
    `,
    columns: { id, answer: text('x') },
    gives: [
      { id: 'v1', answer: 'yes' },
      { id: 'v4', answer: 'yes' },
      { id: 'v2', answer: 'no' },
    ],
  },
  {
    row: '`group by` names or expressions',
    says: 'NULL is a group',
    query: sql`select v.person, sum(v.pages) as page_count from ${visits} as v group by v.person`,
    columns: { person: text('x').nullable(), page_count: count.nullable() },
    gives: [
      { person: 'Ana', page_count: 1 },
      { person: 'Çem 🙂', page_count: null },
      { person: null, page_count: 5 },
    ],
  },
  {
    row: '`group by` names or expressions',
    says: 'an expression is grouped by as it is written, and by its alias',
    query: sql`
      select coalesce(v.person, '-') as who, count(*) as visit_count from ${visits} as v group by coalesce(v.person, '-')
      union all
      select case when v.pages > 0 then 'some' else 'none' end as who, count(*) as visit_count
      from ${visits} as v
      group by who
    `,
    columns: { who: text('x'), visit_count: count },
    gives: [
      { who: 'Ana', visit_count: 2 },
      { who: 'Çem 🙂', visit_count: 1 },
      { who: '-', visit_count: 1 },
      { who: 'some', visit_count: 2 },
      { who: 'none', visit_count: 2 },
    ],
  },
  {
    row: '`having`',
    says: 'groups of one fall away, and groups whose sum is NULL',
    query: sql`select v.person from ${visits} as v group by v.person having sum(v.pages) < 5`,
    columns: { person: text('x').nullable() },
    gives: [{ person: 'Ana' }],
  },
  {
    row: '`qualify`',
    says: 'the newest of each person, NULLs last',
    query: sql`
      select v.id from ${visits} as v
      qualify row_number() over (partition by v.person order by v.seen_at desc nulls last, v.id) = 1
    `,
    columns: { id },
    gives: [{ id: 'v2' }, { id: 'v3' }, { id: 'v4' }],
  },
  {
    row: '`union all`',
    says: 'keeps doubles, takes the names of the first, and NULL for a column that is there',
    query: sql`
      select p.name as who, p.country from ${people} as p where p.country = 'DE'
      union all
      select p.name, null from ${people} as p where p.country = 'DE'
      union all
      select p.name, p.country from ${people} as p where p.country = 'DE'
    `,
    columns: { who: text('x'), country: text('x').nullable() },
    gives: [
      { who: 'Ana', country: 'DE' },
      { who: 'Ana', country: null },
      { who: 'Ana', country: 'DE' },
    ],
  },
  {
    row: '`exists` and `not exists`, joined by `and`',
    says: 'NULL equals nothing, so that a NULL is not found',
    query: sql`
      select v.id, 'known' as what from ${visits} as v where exists (select 1 from ${people} as p where p.name = v.person)
      union all
      select v.id, 'unknown' as what
      from ${visits} as v
      where v.id <> 'v3' and not exists (select 1 from ${people} as p where p.name = v.person and p.country <> 'TR')
    `,
    columns: { id, what: text('x') },
    gives: [
      { id: 'v1', what: 'known' },
      { id: 'v2', what: 'known' },
      { id: 'v4', what: 'unknown' },
    ],
  },
  {
    row: 'comparison, `and`, `or`, `not`, `is null`',
    says: 'of three truths: unknown or true is true, unknown and false is false',
    query: sql`
      select
        v.id,
        v.is_new or v.id = 'v3' as either_true,
        v.is_new and v.id <> 'v3' as both_true,
        not v.is_new as negated,
        v.is_new is null as is_unknown,
        v.seen_at >= ${instant('2024-03-01 00:00:00')} as is_march,
        v.pages <> 3 as is_other
      from ${visits} as v
      where v.id <> 'v2'
    `,
    columns: {
      id,
      either_true: boolean('x'),
      both_true: boolean('x'),
      negated: boolean('x').nullable(),
      is_unknown: boolean('x'),
      is_march: boolean('x').nullable(),
      is_other: boolean('x').nullable(),
    },
    gives: [
      {
        id: 'v1',
        either_true: true,
        both_true: true,
        negated: false,
        is_unknown: false,
        is_march: false,
        is_other: false,
      },
      {
        id: 'v3',
        either_true: true,
        both_true: false,
        negated: null,
        is_unknown: true,
        is_march: null,
        is_other: null,
      },
      {
        id: 'v4',
        either_true: true,
        both_true: true,
        negated: false,
        is_unknown: false,
        is_march: true,
        is_other: true,
      },
    ],
  },
]
