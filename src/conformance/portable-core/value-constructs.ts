import { boolean, date, integer, number, real, text, timestamp } from '../../authoring/column-words.ts'
import { day, decimal, instant, sql, type } from '../../authoring/sql.ts'
import type { Construct } from './construct.ts'
import { noVisits, visits } from './tables.ts'

const id = text('x')
const count = integer('x')

/** What is made of values, of groups and of windows. */
export const valueConstructs: readonly Construct[] = [
  {
    row: '`case`',
    says: 'the first condition that holds; NULL holds nowhere, and equals nothing',
    query: sql`
      select
        v.id,
        case when v.pages > 3 then 'many' when v.pages > 0 then 'some' else 'none' end as amount,
        case v.person when 'Ana' then 1 end as is_ana
      from ${visits} as v
    `,
    columns: { id, amount: text('x'), is_ana: count.nullable() },
    gives: [
      { id: 'v1', amount: 'some', is_ana: 1 },
      { id: 'v2', amount: 'none', is_ana: 1 },
      { id: 'v3', amount: 'none', is_ana: null },
      { id: 'v4', amount: 'many', is_ana: null },
    ],
  },
  {
    row: '`coalesce`, `nullif`',
    says: 'the first that is not NULL, and NULL for one value',
    query: sql`
      select v.id, coalesce(v.person, 'nobody') as who, nullif(v.pages, 5) as pages, coalesce(v.spent, 0) as spent
      from ${visits} as v
      where v.id >= 'v3'
    `,
    columns: { id, who: text('x'), pages: count.nullable(), spent: number('x') },
    gives: [
      { id: 'v3', who: 'Çem 🙂', pages: null, spent: '0' },
      { id: 'v4', who: 'nobody', pages: null, spent: '2' },
    ],
  },
  {
    row: '`in (list)`, `between`',
    says: 'NULL is in no list and between nothing, nor outside; both ends of between are in',
    query: sql`
      select v.id, 'in' as place from ${visits} as v where v.person in ('Ana', 'Çem 🙂')
      union all
      select v.id, 'not in' as place from ${visits} as v where v.pages not in (3, 7)
      union all
      select v.id, 'between' as place from ${visits} as v where v.day between ${day('2024-02-29')} and ${day('2024-03-01')}
    `,
    columns: { id, place: text('x') },
    gives: [
      { id: 'v1', place: 'in' },
      { id: 'v2', place: 'in' },
      { id: 'v3', place: 'in' },
      { id: 'v2', place: 'not in' },
      { id: 'v4', place: 'not in' },
      { id: 'v1', place: 'between' },
      { id: 'v2', place: 'between' },
    ],
  },
  {
    row: '`||`',
    says: 'joins text of any alphabet, and is NULL with a NULL',
    query: sql`select v.id, v.person || '·' || v.id as label from ${visits} as v where v.id >= 'v3'`,
    columns: { id, label: text('x').nullable() },
    gives: [
      { id: 'v3', label: 'Çem 🙂·v3' },
      { id: 'v4', label: null },
    ],
  },
  {
    row: '`count(*)`, `count(x)`, `count(distinct x)`, `sum`, `min`, `max`',
    says: 'NULLs are left out; the least and greatest of instants to the microsecond, of texts by their bytes, of days past a leap day',
    query: sql`
      select
        count(*) as visit_count, count(v.person) as named_count, count(distinct v.person) as person_count,
        sum(v.pages) as pages, sum(v.spent) as spent, sum(v.weight) as weight,
        min(v.seen_at) as first_at, max(v.seen_at) as last_at, max(v.person) as last_person, min(v.day) as first_day, max(v.day) as last_day
      from ${visits} as v
    `,
    columns: {
      visit_count: count,
      named_count: count,
      person_count: count,
      pages: count,
      spent: number('x'),
      weight: real('x'),
      first_at: timestamp('x'),
      last_at: timestamp('x'),
      last_person: text('x'),
      first_day: date('x'),
      last_day: date('x'),
    },
    gives: [
      {
        visit_count: 4,
        named_count: 3,
        person_count: 2,
        pages: 6,
        spent: '12.499999999',
        weight: 1,
        first_at: '2024-02-29 23:59:59.999999',
        last_at: '2024-03-01 00:00:00.000001',
        last_person: 'Çem 🙂',
        first_day: '2024-02-28',
        last_day: '2024-03-01',
      },
    ],
  },
  {
    row: '`count(*)`, `count(x)`, `count(distinct x)`, `sum`, `min`, `max`',
    says: 'of no rows the counts are 0 and all else NULL, and there is no group',
    query: sql`
      select count(*) as visit_count, count(distinct n.person) as person_count, sum(n.pages) as pages, sum(n.spent) as spent, max(n.seen_at) as last_at
      from ${noVisits} as n
      union all
      select count(*) as visit_count, count(distinct n.person) as person_count, sum(n.pages) as pages, sum(n.spent) as spent, max(n.seen_at) as last_at
      from ${noVisits} as n
      group by n.person
    `,
    columns: {
      visit_count: count,
      person_count: count,
      pages: count.nullable(),
      spent: number('x').nullable(),
      last_at: timestamp('x').nullable(),
    },
    gives: [{ visit_count: 0, person_count: 0, pages: null, spent: null, last_at: null }],
  },
  {
    row: '`row_number`, `rank`, `ntile`, `lag`, `lead`',
    says: 'in an order with NULLs first; ranks leave gaps, the first tiles have the rest',
    query: sql`
      select
        v.id,
        row_number() over (order by v.pages nulls first, v.id) as place,
        rank() over (order by v.is_new nulls first) as truth_rank,
        ntile(3) over (order by v.id) as third,
        lag(v.pages) over (order by v.id) as pages_before,
        lead(v.id, 2, 'none') over (order by v.id) as two_after
      from ${visits} as v
    `,
    columns: {
      id,
      place: count,
      truth_rank: count,
      third: count,
      pages_before: count.nullable(),
      two_after: text('x'),
    },
    gives: [
      { id: 'v1', place: 3, truth_rank: 3, third: 1, pages_before: null, two_after: 'v3' },
      { id: 'v2', place: 2, truth_rank: 2, third: 1, pages_before: 3, two_after: 'v4' },
      { id: 'v3', place: 1, truth_rank: 1, third: 2, pages_before: -2, two_after: 'none' },
      { id: 'v4', place: 4, truth_rank: 3, third: 3, pages_before: null, two_after: 'none' },
    ],
  },
  {
    row: '`sum`, `min`, `max`, `count`, `first_value`, `last_value` over a window with a `rows` frame',
    says: 'a running sum passes over NULL, and first and last values are NULL where that is what stands there',
    query: sql`
      select
        v.id,
        sum(v.pages) over (order by v.id rows between unbounded preceding and current row) as running,
        min(v.pages) over (order by v.id rows between 1 preceding and 1 following) as least_near,
        max(v.seen_at) over (order by v.id rows between current row and unbounded following) as last_at,
        count(v.pages) over (order by v.id rows between 1 preceding and current row) as known,
        first_value(v.pages) over (order by v.id rows between 1 preceding and current row) as previous,
        last_value(v.pages) over (order by v.id rows between current row and 1 following) as next,
        count(*) over (partition by v.person) as of_person
      from ${visits} as v
    `,
    columns: {
      id,
      running: count,
      least_near: count,
      last_at: timestamp('x'),
      known: count,
      previous: count.nullable(),
      next: count.nullable(),
      of_person: count,
    },
    gives: [
      {
        id: 'v1',
        running: 3,
        least_near: -2,
        last_at: '2024-03-01 00:00:00.000001',
        known: 1,
        previous: 3,
        next: -2,
        of_person: 2,
      },
      {
        id: 'v2',
        running: 1,
        least_near: -2,
        last_at: '2024-03-01 00:00:00.000001',
        known: 2,
        previous: 3,
        next: null,
        of_person: 2,
      },
      {
        id: 'v3',
        running: 1,
        least_near: -2,
        last_at: '2024-03-01 00:00:00.000001',
        known: 1,
        previous: -2,
        next: 5,
        of_person: 1,
      },
      {
        id: 'v4',
        running: 6,
        least_near: 5,
        last_at: '2024-03-01 00:00:00.000001',
        known: 1,
        previous: null,
        next: 5,
        of_person: 1,
      },
    ],
  },
  {
    row: '`cast(x as …)`, the types being macros',
    says: 'whole numbers to text, decimal and real, decimals to whole ones by halves away from zero, truths to text, NULL to NULL',
    query: sql`
      select
        v.id,
        cast(v.pages as ${type.text}) as as_text,
        cast(v.pages as ${type.number}) as as_number,
        cast(v.pages as ${type.real}) as as_real,
        cast(v.is_new as ${type.text}) as truth,
        cast(v.spent as ${type.integer}) as rounded,
        cast(${decimal('-2.5')} as ${type.integer}) as away_from_zero
      from ${visits} as v
      where v.id in ('v1', 'v2', 'v3')
    `,
    columns: {
      id,
      as_text: text('x').nullable(),
      as_number: number('x').nullable(),
      as_real: real('x').nullable(),
      truth: text('x').nullable(),
      rounded: count.nullable(),
      away_from_zero: count,
    },
    gives: [
      { id: 'v1', as_text: '3', as_number: '3', as_real: 3, truth: 'true', rounded: 11, away_from_zero: -3 },
      { id: 'v2', as_text: '-2', as_number: '-2', as_real: -2, truth: 'false', rounded: 0, away_from_zero: -3 },
      { id: 'v3', as_text: null, as_number: null, as_real: null, truth: null, rounded: null, away_from_zero: -3 },
    ],
  },
  {
    row: 'literals that `${}` writes',
    says: 'text with quotes, backslashes and line breaks, days and instants come as they were given',
    query: sql`
      select ${"it's a \\ and\na 🙂"} as words, ${day('2024-02-29')} as leap_day, ${instant('2024-02-29 23:59:59.999999')} as last_at, ${-7} as seven, ${true} as truth, ${0.25} as quarter
    `,
    columns: {
      words: text('x'),
      leap_day: date('x'),
      last_at: timestamp('x'),
      seven: count,
      truth: boolean('x'),
      quarter: real('x'),
    },
    gives: [
      {
        words: "it's a \\ and\na 🙂",
        leap_day: '2024-02-29',
        last_at: '2024-02-29 23:59:59.999999',
        seven: -7,
        truth: true,
        quarter: 0.25,
      },
    ],
  },
  {
    row: '`like` with `%` and `_` alone',
    says: 'one character is one, whatever its bytes; case counts; NULL is like nothing',
    query: sql`
      select v.id, v.person like '_em _' as is_four, v.person like 'A%' as begins, v.person like 'a%' as small
      from ${visits} as v
      where v.id <> 'v2'
    `,
    columns: { id, is_four: boolean('x').nullable(), begins: boolean('x').nullable(), small: boolean('x').nullable() },
    gives: [
      { id: 'v1', is_four: false, begins: true, small: false },
      { id: 'v3', is_four: true, begins: false, small: false },
      { id: 'v4', is_four: null, begins: null, small: null },
    ],
  },
]
