import { listed, onPage, type SnowflakeFunction } from './snowflake-function.ts'

const anyNull = 'NULL if any argument is NULL'
const scaled = ['number, constant number -> timestamp_ntz'] as const

/** Functions of dates and instants. Instants are TIMESTAMP_NTZ in UTC, so that no session's time zone comes in. */
export const timeFunctions: readonly SnowflakeFunction[] = [
  listed(
    'dateadd',
    'row',
    ['part, number, date -> date', 'part, number, timestamp_ntz -> timestamp_ntz'],
    anyNull,
    'a DATE stays one for days and longer, and becomes TIMESTAMP_NTZ for hours and shorter',
    'adding months keeps the day, or takes the last of the month',
  ),
  listed(
    'datediff',
    'row',
    ['part, date, date -> number', 'part, timestamp_ntz, timestamp_ntz -> number'],
    anyNull,
    'counts borders of the part that are crossed, not whole parts that have gone by: of microseconds and of days of dates the two are one',
  ),
  listed(
    'date_trunc',
    'row',
    ['part, date -> date'],
    anyNull,
    'gives the type of what it is given; week obeys the session’s WEEK_START',
  ),
  onPage(
    'year',
    listed('dayofweekiso', 'row', ['date -> number'], anyNull, '1 is Monday and 7 Sunday, whatever WEEK_START says'),
  ),
  listed(
    'convert_timezone',
    'row',
    ['constant varchar, varchar, timestamp_ntz -> timestamp_ntz'],
    anyNull,
    'three arguments take and give TIMESTAMP_NTZ, two a TIMESTAMP_TZ; from UTC no time is skipped or doubled',
  ),
  onPage(
    'to_timestamp',
    listed(
      'to_timestamp_ntz',
      'row',
      scaled,
      anyNull,
      'a number without a scale is seconds; a text of digits is guessed to be seconds, milliseconds, microseconds or nanoseconds by its size',
    ),
  ),
]
