import { integer, list, macro, real, record, type Sql, type SqlPart, sql, text, type } from 'throughline'
import { numberFromText, toNumber } from './decimals'
import { matchesPattern } from './text'

/**
 * A parameter of an event, as Google Analytics 4 and Firebase export it: a key, and a value in one of four fields, by its kind. Web
 * pages send whole numbers as `int_value`, others as `double_value`; `float_value` is not in use.
 */
export const eventParameter = record({
  key: text(),
  value: record({ string_value: text(), int_value: integer(), float_value: real(), double_value: real() }),
})

const word = (key: string, string_value: string) => ({ key, value: { string_value } })
const whole = (key: string, int_value: number | bigint) => ({ key, value: { int_value } })
const fraction = (key: string, double_value: number) => ({ key, value: { double_value } })

/**
 * The value of an event's parameter as text: a whole number in digits, with no point; of other numbers the engine's own spelling, promised
 * for few digits (`4.5`). Of parameters with the same key the first counts. NULL where the key is absent, and for NULL. `key` is a
 * literal, compared as written.
 */
export const parameterText = macro({
  takes: [list(eventParameter), 'text'],
  gives: 'text',
  literals: [1],
  examples: [
    { given: [[word('page_title', 'Käse 🙂'), word('source', 'google')], 'source'], gives: 'google' },
    { given: [[word('page_title', "it's"), word('source', 'google')], 'page_title'], gives: "it's" },
    { given: [[whole('ga_session_id', 1_702_650_951)], 'ga_session_id'], gives: '1702650951' },
    { given: [[whole('id', 9_007_199_254_740_993n)], 'id'], gives: '9007199254740993' },
    { given: [[whole('offset', -3)], 'offset'], gives: '-3' },
    { given: [[fraction('percent', 4.5)], 'percent'], gives: '4.5' },
    { given: [[fraction('value', 31)], 'value'], gives: '31' },
    { given: [[{ key: 'value', value: { float_value: -0.5 } }], 'value'], gives: '-0.5' },
    { given: [[word('id', 'first'), word('id', 'second')], 'id'], gives: 'first' },
    { given: [[word('id', ''), word('id', 'second')], 'id'], gives: '' },
    { given: [[word('Source', 'google'), word('source ', 'bing')], 'source'], gives: null },
    { given: [[{ key: 'source', value: {} }, word('source', 'google')], 'source'], gives: null },
    { given: [[{ key: 'source', value: null }], 'source'], gives: null },
    { given: [[{ key: null, value: { string_value: 'google' } }, word('source', 'bing')], 'source'], gives: 'bing' },
    { given: [[], 'source'], gives: null },
    { given: [null, 'source'], gives: null },
  ],
  as: (parameters, key) => ofFirst(parameters, key, textOf),
})

/**
 * The value of an event's parameter as a whole number: `int_value`, digits in `string_value`, or another number that is whole. Of parameters
 * with the same key the first counts. NULL where the key is absent or its value no whole number, and for NULL. `key` is a literal.
 */
export const parameterInteger = macro({
  takes: [list(eventParameter), 'text'],
  gives: 'integer',
  literals: [1],
  examples: [
    { given: [[whole('entrances', 1), whole('engagement_time_msec', 17_415)], 'engagement_time_msec'], gives: 17_415 },
    { given: [[whole('id', 9_007_199_254_740_993n)], 'id'], gives: 9_007_199_254_740_993n },
    { given: [[word('session_engaged', '1')], 'session_engaged'], gives: 1 },
    { given: [[word('offset', '-12')], 'offset'], gives: -12 },
    { given: [[word('percent', '1.5')], 'percent'], gives: null },
    { given: [[word('id', '1 2')], 'id'], gives: null },
    { given: [[word('id', '')], 'id'], gives: null },
    { given: [[fraction('value', 31)], 'value'], gives: 31 },
    { given: [[fraction('value', 31.5)], 'value'], gives: null },
    { given: [[whole('id', 1), whole('id', 2)], 'id'], gives: 1 },
    { given: [[whole('id', 1)], 'other'], gives: null },
    { given: [[], 'id'], gives: null },
    { given: [null, 'id'], gives: null },
  ],
  as: (parameters, key) =>
    ofFirst(
      parameters,
      key,
      value => sql`
        coalesce(
          ${value.whole},
          case when ${matchesPattern(value.text, '^-?[0-9]{1,18}$')} then cast(${value.text} as ${type.integer}) end,
          case when ${isWhole(value.real)} then cast(${value.real} as ${type.integer}) end
        )
      `,
    ),
})

/**
 * The value of an event's parameter as a decimal: a number, rounded to nine digits after the point (see `toNumber`), or a text that writes one
 * (see `numberFromText`). Of parameters with the same key the first counts. NULL where the key is absent or its value no number, and
 * for NULL. `key` is a literal.
 */
export const parameterNumber = macro({
  takes: [list(eventParameter), 'text'],
  gives: 'number',
  literals: [1],
  examples: [
    { given: [[fraction('tax', 4.9495798319328), whole('value', 31)], 'tax'], gives: '4.949579832' },
    { given: [[fraction('tax', 4.9495798319328), whole('value', 31)], 'value'], gives: '31' },
    { given: [[{ key: 'value', value: { float_value: 0.5 } }], 'value'], gives: '0.5' },
    { given: [[word('value', '19.90')], 'value'], gives: '19.9' },
    { given: [[word('value', '19,90')], 'value'], gives: null },
    { given: [[fraction('value', -12.5)], 'value'], gives: '-12.5' },
    { given: [[whole('value', 0)], 'value'], gives: '0' },
    { given: [[whole('value', 1), whole('value', 2)], 'value'], gives: '1' },
    { given: [[whole('value', 1)], 'price'], gives: null },
    { given: [[], 'value'], gives: null },
    { given: [null, 'value'], gives: null },
  ],
  as: (parameters, key) =>
    ofFirst(
      parameters,
      key,
      value => sql`
        coalesce(cast(${value.whole} as ${type.number}), ${toNumber(value.real)}, ${numberFromText(value.text)})
      `,
    ),
})

/**
 * An event's parameters as one text, a line each, in order of their text: two events have the same where they have the same parameters, in
 * whatever order. The empty text where there are none, and for NULL. Meant to be hashed.
 */
export const parametersText = macro({
  takes: [list(eventParameter)],
  gives: 'text',
  examples: [
    { given: [[word('source', 'google'), whole('entrances', 1)]], gives: 'entrances i1\nsource sgoogle' },
    { given: [[whole('entrances', 1), word('source', 'google')]], gives: 'entrances i1\nsource sgoogle' },
    { given: [[word('entrances', '1')]], gives: 'entrances s1' },
    { given: [[fraction('value', 4.5), fraction('tax', 2)]], gives: 'tax r2\nvalue r4.5' },
    { given: [[word('id', 'b'), word('id', 'a')]], gives: 'id sa\nid sb' },
    { given: [[word('z', ''), word('a', 'é'), word('a', 'Z')]], gives: 'a sZ\na sé\nz s' },
    {
      given: [
        [
          { key: 'source', value: {} },
          { key: null, value: null },
        ],
      ],
      gives: ' \nsource ',
    },
    { given: [[]], gives: '' },
    { given: [null], gives: '' },
  ],
  as: parameters => ({
    duckdb: sql`
      coalesce(
        array_to_string(list_sort(list_transform(${parameters}, lambda parameter: ${lineOf(dotted(sql`parameter`))})), chr(10)),
        ''
      )
    `,
    bigquery: sql`
      coalesce(
        (
          select string_agg(p.line, '\n' order by p.line)
          from (select ${lineOf(dotted(sql`parameter`))} as line from unnest(${parameters}) as parameter) as p
        ),
        ''
      )
    `,
    snowflake: sql`
      coalesce(
        array_to_string(
          array_sort(transform(cast(${parameters} as array), parameter variant -> ${lineOf(inVariant(sql`parameter`))})),
          '\n'
        ),
        ''
      )
    `,
  }),
})

/** A parameter's key, and its value by kind. */
interface Parameter {
  readonly key: Sql
  readonly text: Sql
  readonly whole: Sql
  readonly real: Sql
}

const dotted = (parameter: Sql): Parameter => ({
  key: sql`${parameter}.key`,
  text: sql`${parameter}.value.string_value`,
  whole: sql`${parameter}.value.int_value`,
  real: sql`coalesce(${parameter}.value.double_value, ${parameter}.value.float_value)`,
})

function inVariant(parameter: Sql): Parameter {
  const at = (path: string) => sql`get_path(${parameter}, ${path})`
  const real = (field: string) => sql`cast(${at(`value.${field}`)} as ${type.real})`
  return {
    key: sql`cast(${at('key')} as ${type.text})`,
    text: sql`cast(${at('value.string_value')} as ${type.text})`,
    whole: sql`cast(${at('value.int_value')} as ${type.integer})`,
    real: sql`coalesce(${real('double_value')}, ${real('float_value')})`,
  }
}

/**
 * What `read` makes of the first parameter with the key. DuckDB finds the place of the key among the list of keys, which it makes once for all
 * the parameters that a query reads: to filter the list for each takes twice as long.
 */
function ofFirst(parameters: SqlPart, key: SqlPart, read: (parameter: Parameter) => Sql) {
  if (typeof key !== 'string')
    throw new Error(
      "a parameter's key is a string of TypeScript, as in parameterText(sql`e.event_params`, 'page_location')",
    )
  const place = sql`list_position(list_transform(${parameters}, lambda parameter: parameter.key), ${key})`
  const isOfKey = sql`cast(get_path(parameter, 'key') as ${type.text}) = ${key}`
  return {
    duckdb: read(dotted(sql`(${parameters})[${place}]`)),
    bigquery: sql`
      (
        select ${read(dotted(sql`parameter`))}
        from unnest(${parameters}) as parameter with offset as place
        where parameter.key = ${key}
        order by place
        limit 1
      )
    `,
    snowflake: read(inVariant(sql`get(filter(cast(${parameters} as array), parameter variant -> ${isOfKey}), 0)`)),
  }
}

function textOf({ text, whole, real }: Parameter): Sql {
  return sql`coalesce(${text}, cast(${whole} as ${type.text}), ${realText(real)})`
}

function lineOf({ key, text, whole, real }: Parameter): Sql {
  return sql`
    coalesce(${key}, '') || ' '
    || coalesce('s' || ${text}, 'i' || cast(${whole} as ${type.text}), 'r' || ${realText(real)}, '')
  `
}

const realText = (real: Sql): Sql => sql`
  case
    when ${isWhole(real)} then cast(cast(${real} as ${type.integer}) as ${type.text})
    else cast(${real} as ${type.text})
  end
`

const isWhole = (real: Sql): Sql => sql`(${real} = trunc(${real}) and abs(${real}) < 1e15)`
