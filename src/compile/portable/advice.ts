// biome-ignore-all lint/suspicious/noTemplateCurlyInString: hints show what to write in a template.
import type { Refusal } from './findings.ts'

/** Why a function outside the core is refused, and what to use instead. */
export function functionAdvice(name: string): Refusal {
  const known = advice.get(name)
  return known
    ? [`${name}(): ${known[0]}`, known[1]]
    : [
        `${name}() is not in the portable core: its name, arguments or result differ between the engines`,
        'use a macro from macros/, or write one with a rendering for each engine',
      ]
}

const dates: Refusal = [
  'dates and times differ in types, zones, the start of the week and how a difference is counted',
  'use a macro of macros/time or macros/dates (elapsedSeconds, plusSeconds, localDate, addDays, daysBetween, startOfMonth, …)',
]
const clock: Refusal = [
  'the answer changes from run to run and from engine to engine',
  'use ${startedAt}, the instant of the run, which a query receives',
]
const random: Refusal = ['the answer changes from run to run', 'order or sample by a key, or by ${sha256Hex(…)} of one']
const regexp: Refusal = [
  'BigQuery and DuckDB read RE2 and match a part, Snowflake a Java-like syntax and the whole text',
  'use the macro matchesPattern, or containsText, startsWithText, textBefore, textAfter',
]
const texts: Refusal = [
  'the engines differ in which characters are white space, in Unicode case, and in where positions count from',
  'use a macro of macros/text (lowered, trimmed, textBefore, textAfter, …)',
]
const hashes: Refusal = [
  'results are bytes or hexadecimal text, and some hashes exist on one engine alone',
  'use the macro sha256Hex',
]
const ordered: Refusal = [
  'the place of the order, NULL elements and the result of no rows differ',
  'use the macro joinedText, or keep one row an element',
]
const nested: Refusal = [
  'JSON, arrays and structs differ in everything',
  'use a macro, or unpack them in a staging model',
]
const quantile: Refusal = [
  'values between two rows are interpolated or not, and it is an aggregate or a window function only',
  'take the nearest rank by row_number() and count(*) over (…)',
]
const approximate: Refusal = ['approximate answers are not equal', 'use count(distinct x)']
const greatest: Refusal = [
  'DuckDB leaves NULL arguments out, BigQuery and Snowflake return NULL',
  'use the macros greater and lesser (greaterInstant and lesserInstant for timestamps)',
]
const booleans: Refusal = ['each engine has another name for it', 'use the macros anyTrue and everyTrue']
const numbers: Refusal = [
  'rounding, remainders, overflow and what happens outside the domain differ',
  'use a macro of macros/numbers (ratio, quotient, remainder, rounded, timesDecimal, toReal, powerOfTwo)',
]
const conditional: Refusal = [
  'it is spelled differently on each engine',
  'write case when … then … else … end, or coalesce',
]
const casts: Refusal = [
  'what cannot be converted is an error or NULL, and on Snowflake it takes text only',
  'write cast(x as ${type.…}) of values that are known to fit, or use a macro',
]
const rankings: Refusal = [
  'it is not in the portable core',
  'use row_number, rank or ntile, or work it out from them and count(*) over (…)',
]
const urls: Refusal = [
  'each engine has another function for it, or none',
  'use a macro of macros/url (urlHost, urlPath, urlParameter, …)',
]

const groups: readonly (readonly [Refusal, string])[] = [
  [
    dates,
    `date date_trunc date_diff datediff date_add dateadd date_sub datesub date_part datepart extract timestamp_trunc timestamp_diff
    timestamp_add timestamp_sub timestampdiff timestampadd datetime datetime_trunc datetime_diff age year quarter month week day hour minute
    second dayofweek dayofyear weekofyear isodow to_date to_timestamp to_timestamp_ntz strftime strptime format_date format_timestamp parse_date
    parse_timestamp to_char epoch epoch_ms last_day make_date make_timestamp convert_timezone timezone at_time_zone trunc_date
    unix_seconds timestamp_seconds timestamp_millis timestamp_micros timestamp interval to_seconds to_days next_day monthname dayname`,
  ],
  [
    clock,
    `current_timestamp current_date current_time current_datetime localtime localtimestamp now today sysdate getdate
    transaction_timestamp get_current_timestamp`,
  ],
  [random, 'random rand uuid generate_uuid gen_random_uuid uuid_string randstr uniform setseed'],
  [
    regexp,
    `regexp_matches regexp_like regexp_contains regexp_extract regexp_substr regexp_replace regexp_full_match regexp_count
    regexp_instr regexp_extract_all regexp_split_to_array rlike`,
  ],
  [
    texts,
    `trim ltrim rtrim upper lower initcap ucase lcase substr substring left right length len char_length strlen octet_length replace
    translate split split_part strpos instr position charindex locate lpad rpad repeat reverse contains starts_with startswith
    ends_with endswith prefix suffix format printf chr ascii unicode normalize overlay soundex levenshtein editdistance`,
  ],
  [
    [
      'DuckDB leaves NULL arguments out, BigQuery and Snowflake return NULL',
      'write a || b, with coalesce where NULL may come',
    ],
    'concat concat_ws',
  ],
  [
    hashes,
    'md5 md5_hex sha1 sha256 sha2 sha512 hash farm_fingerprint crc32 hex unhex to_hex from_hex encode decode base64 to_base64',
  ],
  [ordered, 'string_agg listagg group_concat array_agg list arrayagg object_agg array_concat_agg'],
  [
    nested,
    `json_extract json_extract_scalar json_extract_string json_value json_query json_object to_json to_json_string parse_json
    try_parse_json get_path get json_array_length array array_length array_size cardinality unnest flatten explode generate_series
    generate_array range object_construct array_construct struct struct_pack row list_value element_at array_contains list_contains
    list_filter list_transform typeof`,
  ],
  [quantile, 'median percentile_cont percentile_disc quantile quantile_cont quantile_disc percentile mode'],
  [
    approximate,
    'approx_count_distinct approx_quantile approx_quantiles approx_percentile approx_top_count hll hll_count',
  ],
  [greatest, 'greatest least'],
  [booleans, 'bool_or bool_and logical_or logical_and boolor_agg booland_agg boolxor_agg every countif count_if'],
  [['averages of integers are double or fixed point with six more digits', 'use the macro mean'], 'avg mean'],
  [
    ['which value it gives is not determined', 'use min or max, or first_value with a total order'],
    'any_value first last arbitrary arg_max arg_min argmax argmin max_by min_by',
  ],
  [
    numbers,
    `round floor ceil ceiling trunc truncate mod div divide power pow sqrt exp ln log log10 log2 abs sign int_div safe_divide
    div0 div0null fdiv bit_and bit_or bit_xor bitand bitor stddev stddev_pop stddev_samp variance var_pop var_samp corr covar_pop covar_samp`,
  ],
  [conditional, 'if iff ifnull nvl nvl2 zeroifnull nullifzero isnull decode_case equal_null'],
  [
    casts,
    'try_cast safe_cast to_number to_decimal to_varchar try_to_number try_to_date try_to_timestamp convert int64 float64 string',
  ],
  [rankings, 'dense_rank percent_rank cume_dist nth_value'],
  [urls, 'parse_url net_host url_decode url_encode'],
]

const advice: ReadonlyMap<string, Refusal> = new Map(
  groups.flatMap(([refusal, names]) =>
    names
      .trim()
      .split(/\s+/)
      .map(name => [name, refusal] as const),
  ),
)

/** Why a kind of expression outside the core is refused, by its name in the tree. */
export function expressionAdvice(name: string): Refusal {
  return (
    expressions[name] ?? [
      'this form of expression is not in the portable core',
      'write it with case, coalesce and comparisons, or use a macro',
    ]
  )
}

const collection: Refusal = [
  'arrays, structs and maps differ in everything',
  'use a macro, or unpack them in a staging model',
]
const json: Refusal = ['reading into JSON differs on each engine', 'use a macro, or unpack it in a staging model']
const truth: Refusal = ['`is true` and its kin are not on every engine', 'write x, not x, or coalesce(x, false)']
const distinct: Refusal = ['`is distinct from` is not equally supported', 'use the macro isDistinct']
const dateWord: Refusal = ['dates and times are worked on differently on each engine', dates[1]]
const subquery: Refusal = [
  'a subquery as a value: correlated ones are limited, and more than one row is an error or a choice',
  'join it, or make it a CTE of one row and cross join that',
]
const inSubquery: Refusal = [
  '`in (select …)`: one NULL in the subquery makes `not in` drop every row, and engines limit it',
  'write exists (select 1 from … where … = …), or not exists',
]
const textual: Refusal = [`text functions differ: ${texts[0]}`, texts[1]]

const expressions: Readonly<Record<string, Refusal>> = {
  Array: collection,
  Struct: collection,
  Dictionary: collection,
  Map: collection,
  Tuple: ['a row of values in parentheses is not on every engine', 'compare each column, joined by `and`'],
  CompoundFieldAccess: collection,
  JsonAccess: json,
  Lambda: ['functions as arguments, and `->` into JSON, differ on each engine', json[1]],
  IsTrue: truth,
  IsFalse: truth,
  IsNotTrue: truth,
  IsNotFalse: truth,
  IsUnknown: truth,
  IsNotUnknown: truth,
  IsDistinctFrom: distinct,
  IsNotDistinctFrom: distinct,
  ILike: ['`ilike` is not on BigQuery', 'write ${lowered(x)} like …, or use the macro containsText'],
  SimilarTo: ['`similar to` is not on every engine', regexp[1]],
  RLike: [`\`regexp\` and \`rlike\`: ${regexp[0]}`, regexp[1]],
  Subquery: subquery,
  InSubquery: inSubquery,
  InUnnest: ['`in unnest(…)` is BigQuery alone', 'write in (…) with ${values([…])}'],
  AnyOp: inSubquery,
  AllOp: inSubquery,
  Interval: ['intervals are written and added differently on each engine', 'use the macros plusSeconds and addDays'],
  TypedString: [
    'typed literals are spelled differently on each engine',
    "write ${day('2026-06-01')} or ${instant('2026-06-01 12:00:00')}",
  ],
  Extract: dateWord,
  AtTimeZone: dateWord,
  Trim: textual,
  Substring: textual,
  Position: textual,
  Overlay: textual,
  Collate: ['collations differ on each engine', 'compare ${lowered(x)}'],
  Ceil: numbers,
  Floor: numbers,
  Convert: casts,
  GroupingSets: [
    'grouping sets, rollup and cube are not proven equal',
    'write one select a grouping and `union all` them',
  ],
}
