import { listed, type SnowflakeFunction } from './snowflake-function.ts'

const anyNull = 'NULL if any argument is NULL'

/** Functions of VARIANT and ARRAY. Elements count from 0. */
export const nestedFunctions: readonly SnowflakeFunction[] = [
  listed(
    'parse_json',
    'row',
    ['varchar -> variant'],
    'NULL for NULL and for the empty text',
    'an error where the text is no JSON; the JSON value null is not NULL',
  ),
  listed(
    'try_parse_json',
    'row',
    ['varchar -> variant'],
    'NULL for NULL, the empty text, and where the text is no JSON',
    'the JSON value null is not NULL',
  ),
  listed(
    'get_path',
    'row',
    ['variant, constant varchar -> variant'],
    'NULL if any argument is NULL, and where there is nothing at the path',
    'names are compared letter for letter; what is written with a point within needs brackets',
  ),
  listed('get', 'row', ['array, number -> variant'], 'NULL if any argument is NULL, and past the end'),
  listed('typeof', 'row', ['variant -> varchar'], anyNull, "of the JSON value null it is 'NULL_VALUE'"),
  listed('split', 'row', ['varchar, varchar -> array'], anyNull),
  listed('array_size', 'row', ['array -> number'], anyNull),
  listed('array_slice', 'row', ['array, number, number -> array'], anyNull, 'up to the second place, and without it'),
  listed('array_sort', 'row', ['array -> array'], anyNull, 'rising, NULLs last'),
  listed('array_to_string', 'row', ['array, constant varchar -> varchar'], anyNull, 'texts without quotes around them'),
  listed(
    'array_generate_range',
    'row',
    ['number, number -> array'],
    anyNull,
    'up to the second number, and without it',
  ),
  listed(
    'filter',
    'row',
    ['array, lambda boolean -> array'],
    anyNull,
    'an element of which the condition is NULL goes; it is coerced to the type that the lambda names',
  ),
  listed(
    'transform',
    'row',
    ['array, lambda any -> array'],
    anyNull,
    'elements are coerced to the type that the lambda names',
  ),
  listed(
    'flatten',
    'relation',
    ['input => array -> rows'],
    'no rows of NULL and of an empty array, unless outer is asked for',
    'value is a VARIANT, to be cast; no condition may stand after `on` of a lateral one',
  ),
]
