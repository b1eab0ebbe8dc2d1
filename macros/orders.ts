import { macro, sql } from 'throughline'
import { replacedPattern, trimmed } from './text'

/**
 * An order's number as we compare it, since one system writes #LL1001 where another writes ll1001: without white space around it, without #
 * before it, and in capital letters. A clean number stays as it is. These are promised for a to z; letters beyond ASCII follow the engine's own Unicode tables. What is empty
 * then is none: NULL. NULL for NULL.
 */
export const orderNumber = macro({
  takes: ['text'],
  gives: 'text',
  examples: [
    { given: ['1001'], gives: '1001' },
    { given: ['#1001'], gives: '1001' },
    { given: [' #1001\n'], gives: '1001' },
    { given: ['# 1001'], gives: '1001' },
    { given: ['DE-1001#2'], gives: 'DE-1001#2' },
    { given: ['# #1'], gives: '1' },
    { given: ['#ll-1001a'], gives: 'LL-1001A' },
    { given: ['№1🙂'], gives: '№1🙂' },
    { given: ['#'], gives: null },
    { given: [' '], gives: null },
    { given: [''], gives: null },
    { given: [null], gives: null },
  ],
  as: text => sql`nullif(upper(${trimmed(replacedPattern(text, '^[#\\s]+', ''))}), '')`,
})
