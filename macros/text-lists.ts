import { macro, sql, text as textColumn } from 'throughline'

/**
 * A relation: one row per part of a text between its separators (never the empty text), as written; a text without one is one part, and
 * where two separators meet there is an empty part. No rows if either is NULL. Stands after a join, and may read columns of what
 * stands before it: ``cross join ${eachPart(sql`c.merged_ids`, ';')} as p``.
 */
export const eachPart = macro({
  takes: ['text', 'text'],
  gives: { part: textColumn('What stands between two separators') },
  over: 'relation',
  examples: [
    {
      given: ['76340251;46897301;76226001', ';'],
      gives: [{ part: '76340251' }, { part: '46897301' }, { part: '76226001' }],
    },
    { given: ['76340251', ';'], gives: [{ part: '76340251' }] },
    { given: ['a; a', ';'], gives: [{ part: 'a' }, { part: ' a' }] },
    { given: [';é🙂;', ';'], gives: [{ part: '' }, { part: 'é🙂' }, { part: '' }] },
    { given: ["it's, a", ', '], gives: [{ part: "it's" }, { part: 'a' }] },
    { given: ['a.b', '.'], gives: [{ part: 'a' }, { part: 'b' }] },
    { given: ['', ';'], gives: [{ part: '' }] },
    { given: [null, ';'], gives: [] },
    { given: ['a', null], gives: [] },
  ],
  as: (text, separator) => ({
    duckdb: sql`(select unnest(case when ${separator} is not null then string_split(${text}, ${separator}) end) as part)`,
    bigquery: sql`unnest(array(select as struct piece as part from unnest(split(${text}, ${separator})) as piece))`,
    snowflake: sql`lateral (select cast(f.value as varchar) as part from table(flatten(input => split(${text}, ${separator}))) as f)`,
  }),
})
