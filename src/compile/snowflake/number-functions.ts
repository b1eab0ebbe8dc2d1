import { listed, onPage, type SnowflakeFunction } from './snowflake-function.ts'

const anyNull = 'NULL if any argument is NULL'

/** Functions of numbers, and those of whatever type. */
export const numberFunctions: readonly SnowflakeFunction[] = [
  listed(
    'round',
    'row',
    ['number, constant number -> number', 'float, constant number -> float'],
    anyNull,
    'halves away from zero; the rounding of a FLOAT goes by its binary value, which is seldom exactly a half',
  ),
  listed('trunc', 'row', ['number -> number', 'float -> float'], anyNull, 'of a DATE or a timestamp it is date_trunc'),
  listed('abs', 'row', ['number -> number', 'float -> float'], anyNull),
  listed(
    'mod',
    'row',
    ['number, number -> number'],
    anyNull,
    'has the sign of the first argument; an error by 0, so that the second stands in nullif(…, 0)',
  ),
  onPage('pow', listed('power', 'row', ['float, float -> float'], anyNull)),
  listed(
    'coalesce',
    'row',
    ['T, T ... -> T'],
    'the first argument that is not NULL',
    'types that differ are converted to one',
  ),
  listed('nullif', 'row', ['T, T -> T'], 'NULL where the first is NULL or the two are equal; else the first'),
]
