import { beforeAll, describe, expect, it } from 'vitest'
import { checkGrammar } from '../../src/compile/portable/check-grammar.ts'
import { parseSql, readyParser } from '../../src/compile/portable/parse.ts'
import { reservedIn } from '../../src/compile/portable/reserved-words.ts'

beforeAll(readyParser)

describe('parsing', () => {
  it('gives a tree for each statement', () => {
    expect(parseSql('select 1; select 2', 'duckdb')).toMatchObject({ kind: 'parsed', statements: [{}, {}] })
  })

  it('says where text stops being SQL', () => {
    expect(parseSql('select a\nfrom t where where b', 'duckdb')).toEqual({
      kind: 'syntax-error',
      error: { message: 'expected end of statement, found b', line: 2, column: 20, offset: 28 },
    })
  })

  it('places an unexpected end of the text at its end', () => {
    expect(parseSql('select a from\n', 'duckdb')).toMatchObject({ error: { line: 1, column: 14 } })
  })

  it('counts characters of two units as two', () => {
    expect(parseSql("select '😀' + ) from t", 'duckdb')).toMatchObject({ error: { line: 1, column: 15, offset: 14 } })
  })
})

describe('the grammar of an engine', () => {
  it.each([
    ['duckdb', "select a::varchar, l[1], a->>'$.b' from t, unnest(t.l) as u(x)"],
    ['bigquery', "select * except (a), array_agg(b ignore nulls order by c limit 1)[offset(0)], r'\\d' from `p-q.r.s`"],
    [
      'snowflake',
      "select a:b::int, listagg(c, ',') within group (order by d) from t, lateral flatten(input => t.l) as f",
    ],
  ] as const)('of %s takes what is its own', (engine, sql) => {
    expect(checkGrammar(sql, engine)).toEqual([])
  })

  it("refuses what is another engine's", () => {
    expect(checkGrammar('select * except (a) from t', 'snowflake')).toMatchObject([{ line: 1, column: 18 }])
    expect(checkGrammar('select * exclude (a) from t', 'bigquery')).toMatchObject([{ line: 1, column: 10 }])
  })

  it.each([
    'select first_value(a ignore nulls) over (order by b) from t',
    'with u as not materialized (select 1 as a) select a from u',
    'select a from t using sample 10',
    'select t.a from t asof join s on t.a = s.a and t.b >= s.b',
    'select [x * 2 for x in l] from t',
    'select a ** 2 from t',
  ])("leaves DuckDB's own SQL that the parser does not know alone: %s", sql => {
    expect(checkGrammar(sql, 'duckdb')).toEqual([])
  })

  it('tells a mistake of the same words', () => {
    expect(checkGrammar('select a from t where materialized b c', 'duckdb')).toMatchObject([{ line: 1, column: 36 }])
    expect(checkGrammar('select a from t using s', 'duckdb')).toMatchObject([{ line: 1, column: 17 }])
  })
})

describe('reserved words', () => {
  it('names the engines that reserve a word', () => {
    expect(reservedIn('select')).toEqual(['BigQuery', 'Snowflake', 'DuckDB'])
    expect(reservedIn('rows')).toEqual(['BigQuery', 'Snowflake'])
    expect(reservedIn('Summarize')).toEqual(['DuckDB'])
    expect(reservedIn('start')).toEqual(['Snowflake'])
    expect(reservedIn('lookup')).toEqual(['BigQuery'])
    expect(reservedIn('channel')).toEqual([])
  })
})
