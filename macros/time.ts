import { macro, sql, type } from 'throughline'

/**
 * Whole seconds from `start` to `end`, truncated toward zero: 0.999999 s is 0, and -1.5 s is -1. NULL if either is NULL.
 * Snowflake's datediff('second') counts borders crossed and so cannot be used; microseconds divide exactly with its six further digits.
 */
export const elapsedSeconds = macro({
  takes: ['timestamp', 'timestamp'],
  gives: 'integer',
  examples: [
    { given: ['2026-03-01 10:00:00', '2026-03-01 10:00:30'], gives: 30 },
    { given: ['2026-03-01 10:00:00.000001', '2026-03-01 10:00:01'], gives: 0 },
    { given: ['2026-03-01 10:00:00.999999', '2026-03-01 10:00:01.999999'], gives: 1 },
    { given: ['2026-03-01 10:00:01.5', '2026-03-01 10:00:00'], gives: -1 },
    { given: ['2026-03-01 10:00:00', '2026-03-01 10:00:00'], gives: 0 },
    { given: ['2024-02-28 00:00:00', '2024-03-01 00:00:00'], gives: 172_800 },
    { given: ['1970-01-01 00:00:00', '2026-01-01 00:00:00'], gives: 1_767_225_600 },
    { given: [null, '2026-03-01 10:00:00'], gives: null },
    { given: ['2026-03-01 10:00:00', null], gives: null },
  ],
  as: (start, end) => ({
    duckdb: sql`date_sub('second', ${start}, ${end})`,
    bigquery: sql`timestamp_diff(${end}, ${start}, second)`,
    snowflake: sql`cast(trunc(datediff('microsecond', ${start}, ${end}) / 1000000) as ${type.integer})`,
  }),
})

/** The instant so many whole seconds later (earlier where negative). NULL if either is NULL. */
export const plusSeconds = macro({
  takes: ['timestamp', 'integer'],
  gives: 'timestamp',
  examples: [
    { given: ['2026-03-01 10:00:00', 30], gives: '2026-03-01 10:00:30' },
    { given: ['2024-02-28 23:59:59.999999', 1], gives: '2024-02-29 00:00:00.999999' },
    { given: ['2026-03-01 00:00:00', -1], gives: '2026-02-28 23:59:59' },
    { given: ['2026-03-01 10:00:00', 2_592_000], gives: '2026-03-31 10:00:00' },
    { given: ['2026-03-01 10:00:00', 0], gives: '2026-03-01 10:00:00' },
    { given: [null, 30], gives: null },
    { given: ['2026-03-01 10:00:00', null], gives: null },
  ],
  as: (instant, seconds) => ({
    duckdb: sql`(${instant} + to_seconds(${seconds}))`,
    bigquery: sql`timestamp_add(${instant}, interval (${seconds}) second)`,
    snowflake: sql`dateadd('second', ${seconds}, ${instant})`,
  }),
})

/**
 * What a clock on the wall in `zone` (an IANA name, `'Europe/Berlin'`) shows at an instant, as a timestamp that bears no zone.
 * NULL if either is NULL; an unknown zone is the engine's error.
 */
export const localWallClock = macro({
  takes: ['timestamp', 'text'],
  gives: 'timestamp',
  examples: [
    { given: ['2026-01-15 12:00:00', 'UTC'], gives: '2026-01-15 12:00:00' },
    { given: ['2026-01-15 12:00:00', 'Europe/Berlin'], gives: '2026-01-15 13:00:00' },
    { given: ['2026-03-29 00:59:59.999999', 'Europe/Berlin'], gives: '2026-03-29 01:59:59.999999' },
    { given: ['2026-03-29 01:00:00', 'Europe/Berlin'], gives: '2026-03-29 03:00:00' },
    { given: ['2026-10-25 00:30:00', 'Europe/Berlin'], gives: '2026-10-25 02:30:00' },
    { given: ['2026-10-25 01:30:00', 'Europe/Berlin'], gives: '2026-10-25 02:30:00' },
    { given: ['2026-01-15 20:00:00', 'Asia/Kolkata'], gives: '2026-01-16 01:30:00' },
    { given: [null, 'Europe/Berlin'], gives: null },
    { given: ['2026-01-15 12:00:00', null], gives: null },
  ],
  as: (instant, zone) => ({
    duckdb: sql`((${instant} at time zone 'UTC') at time zone ${zone})`,
    bigquery: sql`timestamp(datetime(${instant}, ${zone}), 'UTC')`,
    snowflake: sql`convert_timezone('UTC', ${zone}, ${instant})`,
  }),
})

/** The calendar date in `zone` (an IANA name) at an instant. NULL if either is NULL. */
export const localDate = macro({
  takes: ['timestamp', 'text'],
  gives: 'date',
  examples: [
    { given: ['2026-03-01 23:30:00', 'UTC'], gives: '2026-03-01' },
    { given: ['2026-03-01 23:30:00', 'Europe/Berlin'], gives: '2026-03-02' },
    { given: ['2026-03-28 22:59:59.999999', 'Europe/Berlin'], gives: '2026-03-28' },
    { given: ['2026-03-28 23:00:00', 'Europe/Berlin'], gives: '2026-03-29' },
    { given: ['2026-03-29 22:00:00', 'Europe/Berlin'], gives: '2026-03-30' },
    { given: ['2026-10-25 22:30:00', 'Europe/Berlin'], gives: '2026-10-25' },
    { given: ['2026-10-25 23:00:00', 'Europe/Berlin'], gives: '2026-10-26' },
    { given: ['2024-03-01 03:00:00', 'America/New_York'], gives: '2024-02-29' },
    { given: [null, 'UTC'], gives: null },
    { given: ['2026-03-01 23:30:00', null], gives: null },
  ],
  as: (instant, zone) => ({
    duckdb: sql`cast(((${instant} at time zone 'UTC') at time zone ${zone}) as date)`,
    bigquery: sql`date(${instant}, ${zone})`,
    snowflake: sql`cast(convert_timezone('UTC', ${zone}, ${instant}) as date)`,
  }),
})

/**
 * The instant at which a clock on the wall in `zone` showed this time. Where the clocks go back and show a time twice, the earlier
 * instant; where they go forward and skip a time, as much later as was skipped (02:30 in Berlin on 29 March 2026 is read as 03:30).
 * NULL if either is NULL. The engines' own conversions need not agree in these two hours, so the offsets of the day before and of the
 * day after are tried here; a zone that changes its offset twice within two days is not provided for.
 */
export const localToInstant = macro({
  takes: ['timestamp', 'text'],
  gives: 'timestamp',
  examples: [
    { given: ['2026-01-15 13:00:00', 'Europe/Berlin'], gives: '2026-01-15 12:00:00' },
    { given: ['2026-07-15 13:00:00.000001', 'Europe/Berlin'], gives: '2026-07-15 11:00:00.000001' },
    { given: ['2026-03-29 01:59:59.999999', 'Europe/Berlin'], gives: '2026-03-29 00:59:59.999999' },
    { given: ['2026-03-29 02:30:00', 'Europe/Berlin'], gives: '2026-03-29 01:30:00' },
    { given: ['2026-03-29 03:00:00', 'Europe/Berlin'], gives: '2026-03-29 01:00:00' },
    { given: ['2026-10-25 01:59:59', 'Europe/Berlin'], gives: '2026-10-24 23:59:59' },
    { given: ['2026-10-25 02:30:00', 'Europe/Berlin'], gives: '2026-10-25 00:30:00' },
    { given: ['2026-10-25 03:00:00', 'Europe/Berlin'], gives: '2026-10-25 02:00:00' },
    { given: ['2026-03-08 02:30:00', 'America/New_York'], gives: '2026-03-08 07:30:00' },
    { given: ['2026-11-01 01:30:00', 'America/New_York'], gives: '2026-11-01 05:30:00' },
    { given: ['2024-02-29 00:00:00', 'UTC'], gives: '2024-02-29 00:00:00' },
    { given: [null, 'Europe/Berlin'], gives: null },
    { given: ['2026-01-15 13:00:00', null], gives: null },
  ],
  as: (wallClock, zone) => {
    const offsetAt = (utc: ReturnType<typeof plusSeconds>) => elapsedSeconds(localWallClock(utc, zone), utc)
    const byOffsetOfDayBefore = plusSeconds(wallClock, offsetAt(plusSeconds(wallClock, -86_400)))
    const byOffsetOfDayAfter = plusSeconds(wallClock, offsetAt(plusSeconds(wallClock, 86_400)))
    return sql`
      case
        when ${localWallClock(byOffsetOfDayBefore, zone)} = ${wallClock} then ${byOffsetOfDayBefore}
        when ${localWallClock(byOffsetOfDayAfter, zone)} = ${wallClock} then ${byOffsetOfDayAfter}
        else ${byOffsetOfDayBefore}
      end
    `
  },
})

/** The instant so many seconds after 1970-01-01 00:00:00 UTC. NULL for NULL. */
export const instantFromEpochSeconds = macro({
  takes: ['integer'],
  gives: 'timestamp',
  examples: [
    { given: [0], gives: '1970-01-01 00:00:00' },
    { given: [1_709_164_800], gives: '2024-02-29 00:00:00' },
    { given: [-1], gives: '1969-12-31 23:59:59' },
    { given: [null], gives: null },
  ],
  as: seconds => ({
    duckdb: sql`make_timestamp(cast(${seconds} as ${type.integer}) * 1000000)`,
    bigquery: sql`timestamp_seconds(${seconds})`,
    snowflake: sql`to_timestamp_ntz(${seconds}, 0)`,
  }),
})

/** The instant so many milliseconds after 1970-01-01 00:00:00 UTC. NULL for NULL. */
export const instantFromEpochMilliseconds = macro({
  takes: ['integer'],
  gives: 'timestamp',
  examples: [
    { given: [0], gives: '1970-01-01 00:00:00' },
    { given: [1_709_164_800_001], gives: '2024-02-29 00:00:00.001' },
    { given: [-1], gives: '1969-12-31 23:59:59.999' },
    { given: [null], gives: null },
  ],
  as: milliseconds => ({
    duckdb: sql`make_timestamp(cast(${milliseconds} as ${type.integer}) * 1000)`,
    bigquery: sql`timestamp_millis(${milliseconds})`,
    snowflake: sql`to_timestamp_ntz(${milliseconds}, 3)`,
  }),
})

/** The instant so many microseconds after 1970-01-01 00:00:00 UTC. NULL for NULL. */
export const instantFromEpochMicroseconds = macro({
  takes: ['integer'],
  gives: 'timestamp',
  examples: [
    { given: [0], gives: '1970-01-01 00:00:00' },
    { given: [1_709_164_800_000_001], gives: '2024-02-29 00:00:00.000001' },
    { given: [-1], gives: '1969-12-31 23:59:59.999999' },
    { given: [null], gives: null },
  ],
  as: microseconds => ({
    duckdb: sql`make_timestamp(cast(${microseconds} as ${type.integer}))`,
    bigquery: sql`timestamp_micros(${microseconds})`,
    snowflake: sql`to_timestamp_ntz(${microseconds}, 6)`,
  }),
})
