import { listed, type SnowflakeFunction } from './snowflake-function.ts'

const leftOut = 'NULLs are left out; NULL where nothing remains'

/** Functions of groups and windows of rows. */
export const groupFunctions: readonly SnowflakeFunction[] = [
  listed('count', 'group or window', ['any -> number'], 'NULLs are not counted; 0 where nothing remains'),
  listed(
    'sum',
    'group or window',
    ['number -> number', 'float -> float'],
    leftOut,
    'integers go past 64 bits without an error, which the cast to the contract does not find either',
  ),
  listed('min', 'group or window', ['T -> T'], leftOut),
  listed('max', 'group or window', ['T -> T'], leftOut),
  listed('avg', 'group', ['float -> float'], leftOut, 'of a NUMBER it is fixed point with six more digits'),
  listed('boolor_agg', 'group', ['boolean -> boolean'], leftOut),
  listed('booland_agg', 'group', ['boolean -> boolean'], leftOut),
  listed(
    'listagg',
    'group',
    ['varchar, constant varchar within any -> varchar'],
    'NULLs are left out',
    'the empty text, not NULL, where nothing remains: count first',
  ),
  listed(
    'min_by',
    'group',
    ['T, varchar -> T'],
    'rows whose second argument is NULL are left out; NULL where nothing remains',
    'of several rows with the least second argument any one: that argument must hold all that decides',
  ),
  listed(
    'percentile_disc',
    'group',
    ['constant number within T -> T'],
    leftOut,
    'the value at the least cumulative distribution of at least the percentage: nearest rank',
    'the percentage is a constant from 0.0 to 1.0',
  ),
  listed('row_number', 'window', ['-> number'], 'counts rows, whatever is NULL', 'of equal rows in any order'),
  listed('rank', 'window', ['-> number'], 'ranks rows, NULLs as the order places them'),
  listed('ntile', 'window', ['constant number -> number'], 'divides rows, whatever is NULL'),
  listed(
    'lag',
    'window',
    ['T -> T', 'T, constant number -> T', 'T, constant number, T -> T'],
    'NULLs are kept; NULL before the first row, unless a third argument says otherwise',
  ),
  listed(
    'lead',
    'window',
    ['T -> T', 'T, constant number -> T', 'T, constant number, T -> T'],
    'NULLs are kept; NULL after the last row, unless a third argument says otherwise',
  ),
  listed(
    'first_value',
    'window',
    ['T -> T'],
    'NULLs are kept',
    'without a frame it reads the whole partition, other than the standard',
  ),
  listed(
    'last_value',
    'window',
    ['T -> T'],
    'NULLs are kept',
    'without a frame it reads the whole partition, other than the standard',
  ),
]
