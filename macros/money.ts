import { macro, sql } from 'throughline'
import { timesDecimal } from './numbers'
import { trimmed } from './text'

/** A currency's code as we compare it: without white space around it, in capital letters. The empty text is none: NULL. NULL for NULL. */
export const currencyCode = macro({
  takes: ['text'],
  gives: 'text',
  examples: [
    { given: ['EUR'], gives: 'EUR' },
    { given: [' chf\n'], gives: 'CHF' },
    { given: [''], gives: null },
    { given: ['  '], gives: null },
    { given: [null], gives: null },
  ],
  as: code => sql`nullif(upper(${trimmed(code)}), '')`,
})

/**
 * An amount in the reporting currency: as it is where it is in that already, else times the rate (the reporting currency for one unit),
 * rounded to nine digits after the point, halves away from zero. The arguments are the amount, its currency, the reporting currency and
 * the rate. NULL where the amount or its currency is NULL, or the rate is and is needed: no rate is guessed.
 */
export const converted = macro({
  takes: ['number', 'text', 'text', 'number'],
  gives: 'number',
  examples: [
    { given: ['12.50', 'EUR', 'EUR', null], gives: '12.5' },
    { given: ['12.50', 'EUR', 'EUR', '2'], gives: '12.5' },
    { given: ['100', 'CHF', 'EUR', '1.0431'], gives: '104.31' },
    { given: ['-19.99', 'USD', 'EUR', '0.5'], gives: '-9.995' },
    { given: ['1', 'JPY', 'EUR', '0.000000001'], gives: '0.000000001' },
    { given: ['0', 'USD', 'EUR', '0.9'], gives: '0' },
    { given: ['100', 'USD', 'EUR', null], gives: null },
    { given: ['100', null, 'EUR', '1'], gives: null },
    { given: [null, 'EUR', 'EUR', '1'], gives: null },
    { given: [null, 'USD', 'EUR', '1'], gives: null },
  ],
  as: (amount, currency, reportingCurrency, rate) => sql`
    case
      when ${currency} = ${reportingCurrency} then ${amount}
      when ${currency} is not null then ${timesDecimal(amount, rate)}
    end
  `,
})
