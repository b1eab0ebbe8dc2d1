import { listed, type SnowflakeFunction } from './snowflake-function.ts'

const anyNull = 'NULL if any argument is NULL'

/** Functions of text. Positions count characters, not bytes, from 1. */
export const textFunctions: readonly SnowflakeFunction[] = [
  listed('lower', 'row', ['varchar -> varchar'], anyNull, 'letters beyond ASCII by its own Unicode tables'),
  listed('upper', 'row', ['varchar -> varchar'], anyNull, 'letters beyond ASCII by its own Unicode tables'),
  listed(
    'trim',
    'row',
    ['varchar, constant varchar -> varchar'],
    anyNull,
    'the second argument is a set of characters, and replaces the blank, which is all that goes without it',
  ),
  listed('contains', 'row', ['varchar, varchar -> boolean'], anyNull),
  listed('startswith', 'row', ['varchar, varchar -> boolean'], anyNull),
  listed('endswith', 'row', ['varchar, varchar -> boolean'], anyNull),
  listed('replace', 'row', ['varchar, varchar, varchar -> varchar'], anyNull),
  listed(
    'substr',
    'row',
    ['varchar, number -> varchar', 'varchar, number, number -> varchar'],
    anyNull,
    'a start of 0 is read as 1, a negative one counts from the end; past the end it gives the empty text',
  ),
  listed(
    'charindex',
    'row',
    ['varchar, varchar -> number'],
    anyNull,
    'what is looked for comes first; 0 where it does not occur',
  ),
  listed('length', 'row', ['varchar -> number'], anyNull, 'characters of text, bytes of BINARY'),
  listed(
    'split_part',
    'row',
    ['varchar, varchar, constant number -> varchar'],
    anyNull,
    'parts count from 1, negative ones from the end, and 0 is read as 1; the empty text where there is no such part',
  ),
  listed(
    'lpad',
    'row',
    ['varchar, constant number, constant varchar -> varchar'],
    anyNull,
    'a longer text is cut to its first characters',
  ),
  listed(
    'regexp_instr',
    'row',
    ['varchar, constant varchar -> number'],
    anyNull,
    'finds a part of the text, where regexp_like and rlike match the whole; 0 where there is none',
    'POSIX extended expressions with \\d \\s \\w \\b: no groups (?:…), no look-around, nothing lazy',
  ),
  listed(
    'regexp_substr',
    'row',
    ['varchar, constant varchar, constant number, constant number, constant varchar, constant number -> varchar'],
    'NULL if any argument is NULL, and where nothing matches',
    "gives the group of the last argument only with 'e'; every pair of parentheses is a group that counts",
  ),
  listed(
    'regexp_replace',
    'row',
    ['varchar, constant varchar, constant varchar -> varchar'],
    anyNull,
    'replaces every match; a backslash and a digit in the replacement stands for a group',
  ),
  listed(
    'sha2',
    'row',
    ['varchar, constant number -> varchar'],
    anyNull,
    'hexadecimal digits in lower case, of the UTF-8 bytes; sha2_binary gives bytes',
  ),
  listed('hex_encode', 'row', ['varchar -> varchar'], anyNull, 'of the UTF-8 bytes, in capital letters'),
  listed(
    'try_hex_decode_string',
    'row',
    ['varchar -> varchar'],
    'NULL for NULL, and where the text is no hexadecimal digits or their bytes are no UTF-8',
  ),
  listed(
    'to_char',
    'row',
    ['timestamp_ntz, constant varchar -> varchar'],
    anyNull,
    'without a format it obeys the session’s TIMESTAMP_OUTPUT_FORMAT',
  ),
]
