import { beforeAll, describe, expect, test } from 'vitest'
import { orders, type Report, reportText, saidOf } from './support.ts'

/** A model each, all in one project: what is wrong with it, and all that is said of it. */
const cases: Readonly<Record<string, Report & { readonly says: readonly string[] }>> = {
  'nothing at all': {
    columns: `id: text('x'), n: integer('x')`,
    query: 'select o.order_id as id, count(*) as n from ${orders} as o group by o.order_id',
    says: [],
  },
  'a column that its table has not': {
    columns: `id: text('x')`,
    query: 'select\n  o.oder_id as id\nfrom ${orders} as o',
    says: [
      `11:5  "o" has no column named "oder_id"; did you mean order_id?
      o.oder_id as id
        ^`,
    ],
  },
  'a column that nothing here has': {
    columns: `id: text('x')`,
    query: 'select persn_id as id from ${orders}',
    says: [
      `10:8  no column named "persn_id" can be read here; did you mean person_id?
    select persn_id as id from \${orders}
           ^`,
    ],
  },
  'a column of a CTE': {
    columns: `id: text('x')`,
    query: 'with paid as (select o.order_id as paid_id from ${orders} as o)\nselect p.payd_id as id from paid as p',
    says: [
      `11:10  "p" has no column named "payd_id"; did you mean paid_id?
    select p.payd_id as id from paid as p
             ^`,
    ],
  },
  'the name of a CTE': {
    columns: `id: text('x')`,
    query: 'with paid as (select o.order_id from ${orders} as o)\nselect p.order_id as id from piad as p',
    says: [
      `11:30  there is no table named "piad"; did you mean paid?
    select p.order_id as id from piad as p
                                 ^`,
    ],
  },
  'an alias that is none': {
    columns: `id: text('x')`,
    query: 'select p.order_id as id from ${orders} as o',
    says: [
      `10:8  no table is called "p" here; those that are: o
    select p.order_id as id from \${orders} as o
           ^`,
    ],
  },
  'a function that is misspelt': {
    columns: `n: integer('x')`,
    query: 'select cuont(o.order_id) as n from ${orders} as o',
    says: [
      `10:8  there is no scalar function named "cuont"; did you mean count?
    select cuont(o.order_id) as n from \${orders} as o
           ^`,
    ],
  },
  'a function of another engine': {
    columns: `n: real('x')`,
    query: 'select safe_divide(o.lines, 2) as n from ${orders} as o',
    says: [
      `10:8  there is no scalar function named "safe_divide"
    select safe_divide(o.lines, 2) as n from \${orders} as o
           ^
  use a macro of macros/numbers (ratio, quotient, remainder, rounded, timesDecimal, toReal, powerOfTwo)`,
    ],
  },
  'arguments of a type that the function does not take': {
    columns: `n: number('x')`,
    query: 'select sum(o.order_id) as n from ${orders} as o',
    says: [
      `10:8  No function matches the given name and argument types 'sum(VARCHAR)'.
    select sum(o.order_id) as n from \${orders} as o
           ^`,
    ],
  },
  'a group by that is missing': {
    columns: `id: text('x'), n: integer('n')`,
    query: 'select o.order_id as id, count(*) as n from ${orders} as o',
    says: [
      `10:8  column "order_id" must appear in the GROUP BY clause or must be part of an aggregate function.
    select o.order_id as id, count(*) as n from \${orders} as o
           ^`,
    ],
  },
  'a comparison of an instant with text': {
    columns: `id: text('x')`,
    query: 'select o.order_id as id from ${orders} as o\nwhere o.ordered_at > o.order_id',
    says: [
      `11:20  Cannot compare values of type TIMESTAMP and type VARCHAR - an explicit cast is required
    where o.ordered_at > o.order_id
                       ^`,
    ],
  },
  'a type other than that of the contract': {
    columns: `id: integer('x'), amount: real('x')`,
    query: 'select o.order_id as id, o.amount from ${orders} as o',
    says: [
      `7:14  the query of case_a_type_other_than_that_of_the_contract gives 'id' as text, and its contract says integer
      columns: { id: integer('x'), amount: real('x') },
                 ^
  cast it where it is computed: cast(… as \${type.integer}), or change the contract`,
      `7:32  the query of case_a_type_other_than_that_of_the_contract gives 'amount' as number, and its contract says real
      columns: { id: integer('x'), amount: real('x') },
                                   ^
  cast it where it is computed: cast(… as \${type.real}), or change the contract`,
    ],
  },
  'a column that the contract has and the query not': {
    columns: `id: text('x'), order_count: integer('x')`,
    query: 'select o.order_id as id from ${orders} as o',
    says: [
      `7:29  the query of case_a_column_that_the_contract_has_and_the_query_not gives no column 'order_count', which its contract has
      columns: { id: text('x'), order_count: integer('x') },
                                ^`,
    ],
  },
  'a column that the query has and the contract not': {
    columns: `id: text('x')`,
    query: 'select o.order_id as id, o.lines from ${orders} as o',
    says: [
      `3:14  the query of case_a_column_that_the_query_has_and_the_contract_not gives a column 'lines', which its contract has not
    export const case_a_column_that_the_query_has_and_the_contract_not = model({
                 ^`,
    ],
  },
  'a column spelt otherwise than in the contract': {
    columns: `id: text('x'), order_count: integer('x')`,
    query: 'select o.order_id as id, o.lines as ordr_count from ${orders} as o',
    says: [
      `7:29  the query of case_a_column_spelt_otherwise_than_in_the_contract gives no column 'order_count', which its contract has; did you mean ordr_count?
      columns: { id: text('x'), order_count: integer('x') },
                                ^`,
    ],
  },
  'a name that stands twice': {
    columns: `id: text('x')`,
    query: 'select o.order_id as id, o.person_id as id from ${orders} as o',
    says: [
      `10:41  two columns are named 'id': DuckDB renames one, BigQuery refuses both
    select o.order_id as id, o.person_id as id from \${orders} as o
                                            ^
  give each its own name`,
    ],
  },
  'a word too many': {
    columns: `id: text('x')`,
    query: 'select o.order_id as id\nfrom ${orders} as o\nwhere and o.lines = 1',
    says: [
      `12:7  syntax error at or near "and"
    where and o.lines = 1
          ^`,
    ],
  },
  'an end before the end': {
    columns: `id: text('x')`,
    query: 'select o.order_id as id\nfrom ${orders} as o where',
    says: [
      `11:25  syntax error: the SQL ends here, where more was expected
    from \${orders} as o where
                            ^`,
    ],
  },
  'constructs that are not portable': {
    columns: `id: text('x'), d: real('x')`,
    query: 'select o.order_id::text as id, o.lines / 2 as d\nfrom ${orders} as o\nwhere "o".lines = 1\nlimit 3',
    says: [
      `10:18  \`::\` is not on BigQuery
    select o.order_id::text as id, o.lines / 2 as d
                     ^
  write cast(x as \${type.integer}), with the type of the contract`,
      `10:40  \`/\`: of integers it is a double on BigQuery and DuckDB and fixed point on Snowflake, and by zero it is an error, NULL or infinity
    select o.order_id::text as id, o.lines / 2 as d
                                           ^
  use the macro ratio (NULL where the denominator is 0), or quotient for whole numbers`,
      expect.stringMatching(/^12:7 {2}a quoted name: /) as unknown as string,
      expect.stringMatching(/^13:1 {2}`limit`/) as unknown as string,
    ],
  },
  "another engine's quotes": {
    columns: `id: text('x')`,
    query: 'select o.\\`order_id\\` as id from ${orders} as o',
    says: [expect.stringMatching(/^10:1[01] {2}a quoted name: /) as unknown as string],
  },
  'a column after characters of two units': {
    columns: `id: text('x')`,
    query: "select '😀é' || o.oder_id as id\nfrom ${orders} as o",
    says: [
      `10:19  "o" has no column named "oder_id"; did you mean order_id?
    select '😀é' || o.oder_id as id
                      ^`,
    ],
  },
  'names that an engine reserves': {
    columns: `id: text('x'), sample: text('x')`,
    query: 'with hash as (select o.order_id as id from ${orders} as o)\nselect h.id, h.id as sample from hash as h',
    says: [
      `7:29  the column 'sample' has a name that Snowflake reserves
      columns: { id: text('x'), sample: text('x') },
                                ^
  give it a name that no engine reserves, like sample_value`,
      `10:6  'hash' is a reserved word of BigQuery
    with hash as (select o.order_id as id from \${orders} as o)
         ^
  give it a name that no engine reserves, like hash_value`,
      `11:22  'sample' is a reserved word of Snowflake
    select h.id, h.id as sample from hash as h
                         ^
  give it a name that no engine reserves, like sample_value`,
    ],
  },
  'the SQL of tests': {
    columns: "id: text('x').oneOf(['a'], { where: sql`idd = 'b'` })",
    query: 'select o.order_id as id from ${orders} as o',
    rest: `  tests: {
    always: { a: sql\`id =\`, b: { holds: sql\`id <> 'x'\`, where: sql\`id::text = 'y'\` } },
    never: { c: self => sql\`select s.id from \${self} as s where s.idd = 'x'\` },
  },`,
    says: [
      `7:54  no column named "idd" can be read here; did you mean id?
      columns: { id: text('x').oneOf(['a'], { where: sql\`idd = 'b'\` }) },
                                                         ^`,
      `13:25  syntax error: the SQL ends here, where more was expected
        always: { a: sql\`id =\`, b: { holds: sql\`id <> 'x'\`, where: sql\`id::text = 'y'\` } },
                            ^`,
      `14:67  "s" has no column named "idd"; did you mean id?
        never: { c: self => sql\`select s.id from \${self} as s where s.idd = 'x'\` },
                                                                      ^`,
      `13:70  \`::\` is not on BigQuery
        always: { a: sql\`id =\`, b: { holds: sql\`id <> 'x'\`, where: sql\`id::text = 'y'\` } },
                                                                         ^
  write cast(x as \${type.integer}), with the type of the contract`,
    ],
  },
}

const nameOf = (what: string) => `case_${what.toLowerCase().replaceAll(/[^a-z]+/g, '_')}`

let said: readonly string[]

beforeAll(async () => {
  const files = Object.entries(cases).map(([what, report]) => {
    const name = nameOf(what)
    return [`models/shop/${name}.ts`, reportText(name, report)]
  })
  said = await saidOf({ ...orders, ...Object.fromEntries(files) })
})

describe('A check tells, at its file, line and column, once', () => {
  test.each(Object.entries(cases))('%s', (what, { says }) => {
    const file = `models/shop/${nameOf(what)}.ts:`
    expect(said.filter(text => text.startsWith(file)).map(text => text.slice(file.length))).toEqual(says)
  })

  test('nothing of any other file', () => {
    const files = new Set(said.map(text => text.split(':')[0]))
    expect([...files].filter(file => !file?.startsWith('models/shop/case_'))).toEqual([])
  })
})
