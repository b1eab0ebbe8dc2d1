import { date as dateColumn, macro, sql, type } from 'throughline'

/**
 * The Monday on or before a date: the first day of its ISO 8601 week. NULL for NULL.
 * On Snowflake by the ISO day number, since date_trunc('week') obeys the session's WEEK_START.
 */
export const startOfMondayWeek = macro({
  takes: ['date'],
  gives: 'date',
  examples: [
    { given: ['2026-03-02'], gives: '2026-03-02' },
    { given: ['2026-03-08'], gives: '2026-03-02' },
    { given: ['2026-03-09'], gives: '2026-03-09' },
    { given: ['2026-01-01'], gives: '2025-12-29' },
    { given: ['2024-02-29'], gives: '2024-02-26' },
    { given: ['1969-12-31'], gives: '1969-12-29' },
    { given: [null], gives: null },
  ],
  as: date => ({
    duckdb: sql`cast(date_trunc('week', ${date}) as date)`,
    bigquery: sql`date_trunc(${date}, week(monday))`,
    snowflake: sql`dateadd('day', 1 - dayofweekiso(${date}), ${date})`,
  }),
})

/** The Sunday on or before a date. NULL for NULL. */
export const startOfSundayWeek = macro({
  takes: ['date'],
  gives: 'date',
  examples: [
    { given: ['2026-03-01'], gives: '2026-03-01' },
    { given: ['2026-03-02'], gives: '2026-03-01' },
    { given: ['2026-03-07'], gives: '2026-03-01' },
    { given: ['2026-01-01'], gives: '2025-12-28' },
    { given: ['2024-02-29'], gives: '2024-02-25' },
    { given: ['1969-12-31'], gives: '1969-12-28' },
    { given: [null], gives: null },
  ],
  as: date => ({
    duckdb: sql`(${date} - cast(dayofweek(${date}) as integer))`,
    bigquery: sql`date_trunc(${date}, week(sunday))`,
    snowflake: sql`dateadd('day', 0 - mod(dayofweekiso(${date}), 7), ${date})`,
  }),
})

/** The first day of a date's month. NULL for NULL. */
export const startOfMonth = macro({
  takes: ['date'],
  gives: 'date',
  examples: [
    { given: ['2024-02-29'], gives: '2024-02-01' },
    { given: ['2026-03-01'], gives: '2026-03-01' },
    { given: ['1969-12-31'], gives: '1969-12-01' },
    { given: [null], gives: null },
  ],
  as: date => ({
    duckdb: sql`cast(date_trunc('month', ${date}) as date)`,
    bigquery: sql`date_trunc(${date}, month)`,
    snowflake: sql`cast(date_trunc('month', ${date}) as date)`,
  }),
})

/** The first day of a date's calendar quarter: 1 January, April, July or October. NULL for NULL. */
export const startOfQuarter = macro({
  takes: ['date'],
  gives: 'date',
  examples: [
    { given: ['2024-02-29'], gives: '2024-01-01' },
    { given: ['2026-03-31'], gives: '2026-01-01' },
    { given: ['2026-04-01'], gives: '2026-04-01' },
    { given: ['2026-12-31'], gives: '2026-10-01' },
    { given: ['1969-12-31'], gives: '1969-10-01' },
    { given: [null], gives: null },
  ],
  as: date => ({
    duckdb: sql`cast(date_trunc('quarter', ${date}) as date)`,
    bigquery: sql`date_trunc(${date}, quarter)`,
    snowflake: sql`cast(date_trunc('quarter', ${date}) as date)`,
  }),
})

/** What a clock on the wall shows when a date begins: the timestamp at 00:00:00, bearing no zone. NULL for NULL. (BigQuery's cast goes by the project's own time zone.) */
export const midnight = macro({
  takes: ['date'],
  gives: 'timestamp',
  examples: [
    { given: ['2024-02-29'], gives: '2024-02-29 00:00:00' },
    { given: ['2026-03-29'], gives: '2026-03-29 00:00:00' },
    { given: ['1969-12-31'], gives: '1969-12-31 00:00:00' },
    { given: [null], gives: null },
  ],
  as: date => ({
    duckdb: sql`cast(${date} as ${type.timestamp})`,
    bigquery: sql`timestamp(${date}, 'UTC')`,
    snowflake: sql`cast(${date} as ${type.timestamp})`,
  }),
})

/** The date so many days later (earlier where negative). NULL if either is NULL. */
export const addDays = macro({
  takes: ['date', 'integer'],
  gives: 'date',
  examples: [
    { given: ['2024-02-28', 1], gives: '2024-02-29' },
    { given: ['2026-02-28', 1], gives: '2026-03-01' },
    { given: ['2024-03-01', -1], gives: '2024-02-29' },
    { given: ['2026-03-28', 2], gives: '2026-03-30' },
    { given: ['2026-03-01', 0], gives: '2026-03-01' },
    { given: [null, 1], gives: null },
    { given: ['2026-03-01', null], gives: null },
  ],
  as: (date, days) => ({
    duckdb: sql`(${date} + cast(${days} as integer))`,
    bigquery: sql`date_add(${date}, interval (${days}) day)`,
    snowflake: sql`dateadd('day', ${days}, ${date})`,
  }),
})

/** Days from the first date to the second; negative where the second is earlier. NULL if either is NULL. */
export const daysBetween = macro({
  takes: ['date', 'date'],
  gives: 'integer',
  examples: [
    { given: ['2024-02-28', '2024-03-01'], gives: 2 },
    { given: ['2026-02-28', '2026-03-01'], gives: 1 },
    { given: ['2026-03-01', '2026-02-28'], gives: -1 },
    { given: ['2026-03-01', '2026-03-01'], gives: 0 },
    { given: ['1970-01-01', '2026-01-01'], gives: 20_454 },
    { given: [null, '2026-03-01'], gives: null },
    { given: ['2026-03-01', null], gives: null },
  ],
  as: (from, to) => ({
    duckdb: sql`date_diff('day', ${from}, ${to})`,
    bigquery: sql`date_diff(${to}, ${from}, day)`,
    snowflake: sql`datediff('day', ${from}, ${to})`,
  }),
})

/**
 * A relation: one row per calendar day from `first` to `last`, both included. No rows where `last` is before `first` or either is NULL.
 * Stands after a join, and may read columns of what stands before it: ``cross join ${eachDay(sql`a.first_date`, sql`a.last_date`)} as d``.
 * (BigQuery joins arrays, not subqueries, to columns before them; Snowflake counts the days from 0.)
 */
export const eachDay = macro({
  takes: ['date', 'date'],
  gives: { calendar_date: dateColumn('A day') },
  over: 'relation',
  examples: [
    {
      given: ['2024-02-28', '2024-03-01'],
      gives: [{ calendar_date: '2024-02-28' }, { calendar_date: '2024-02-29' }, { calendar_date: '2024-03-01' }],
    },
    { given: ['2026-03-29', '2026-03-29'], gives: [{ calendar_date: '2026-03-29' }] },
    { given: ['2026-03-02', '2026-03-01'], gives: [] },
    { given: [null, '2026-03-01'], gives: [] },
    { given: ['2026-03-01', null], gives: [] },
  ],
  as: (first, last) => ({
    duckdb: sql`(select cast(unnest(generate_series(${first}, ${last}, interval 1 day)) as date) as calendar_date)`,
    bigquery: sql`unnest(array(select as struct day as calendar_date from unnest(generate_date_array(${first}, ${last})) as day))`,
    snowflake: sql`
      lateral (
        select dateadd('day', cast(f.value as ${type.integer}), ${first}) as calendar_date
        from table(flatten(input => array_generate_range(0, datediff('day', ${first}, ${last}) + 1))) as f
      )
    `,
  }),
})
