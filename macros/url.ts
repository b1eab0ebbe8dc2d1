import { macro, type Sql, type SqlPart, sql } from 'throughline'
import { containsText, textAfter, textBefore } from './text'

/**
 * The host of a URL in lower case, without user or port; `www.` stays. Without a scheme, text that does not begin with `/`, `?` or
 * `#` is read as beginning with the host (`shop.example/cart`). NULL where there is none: a path alone, `about:blank`, `mailto:`,
 * words with spaces, a colon without a port. NULL for NULL.
 */
export const urlHost = macro({
  takes: ['text'],
  gives: 'text',
  examples: [
    { given: ['https://www.shop.example/cart?step=2#top'], gives: 'www.shop.example' },
    { given: ['HTTPS://Shop.EXAMPLE/Cart'], gives: 'shop.example' },
    { given: ['https://shop.example:8443/cart'], gives: 'shop.example' },
    { given: ['https://ada:p@ss@shop.example:8443/cart'], gives: 'shop.example' },
    { given: ['https://shop.example?utm_source=a/b'], gives: 'shop.example' },
    { given: ['https://shop.example#a@b.example'], gives: 'shop.example' },
    { given: ['https://shop.example/to?mail=a@b.example'], gives: 'shop.example' },
    { given: ['//cdn.shop.example/x'], gives: 'cdn.shop.example' },
    { given: ['shop.example/cart'], gives: 'shop.example' },
    { given: ['shop.example:8080'], gives: 'shop.example' },
    { given: ['localhost:3000/'], gives: 'localhost' },
    { given: ['android-app://com.google.android.gm/'], gives: 'com.google.android.gm' },
    { given: ['https://münchen.example/'], gives: 'münchen.example' },
    { given: ['http://[2001:DB8::1]:3000/'], gives: '[2001:db8::1]' },
    { given: ['/cart?from=https://other.example/'], gives: null },
    { given: ['?utm_source=a'], gives: null },
    { given: ['file:///etc/hosts'], gives: null },
    { given: ['about:blank'], gives: null },
    { given: ['mailto:ada@shop.example'], gives: null },
    { given: ['not a url'], gives: null },
    { given: [''], gives: null },
    { given: [null], gives: null },
  ],
  as: url => sql`lower(${hostAsWritten(url)})`,
})

/**
 * The path of a URL, from its first `/` to the query or fragment, as written: case, `%20` and a closing `/` stay. `/` where a URL has
 * none. NULL for NULL and the empty text. Without a scheme, text before the first `/` is the host.
 */
export const urlPath = macro({
  takes: ['text'],
  gives: 'text',
  examples: [
    { given: ['https://shop.example/Cart/Items/?step=2#top'], gives: '/Cart/Items/' },
    { given: ['https://shop.example'], gives: '/' },
    { given: ['https://shop.example?from=/a/b'], gives: '/' },
    { given: ['https://shop.example#/a'], gives: '/' },
    { given: ['https://ada:pw@shop.example:8443/cart'], gives: '/cart' },
    { given: ['/cart?x=1'], gives: '/cart' },
    { given: ['//cdn.shop.example/x'], gives: '/x' },
    { given: ['shop.example/cart'], gives: '/cart' },
    { given: ['https://shop.example/a%20b//c/é'], gives: '/a%20b//c/é' },
    { given: ['https://shop.example/#'], gives: '/' },
    { given: [''], gives: null },
    { given: [null], gives: null },
  ],
  as: url => sql`(case when ${url} <> '' then coalesce(${pathAsWritten(url)}, '/') end)`,
})

/** The query of a URL: between the first `?` and the fragment, as written. NULL where there is none or it is empty. NULL for NULL. */
export const urlQuery = macro({
  takes: ['text'],
  gives: 'text',
  examples: [
    { given: ['https://shop.example/cart?a=1&b=2#top'], gives: 'a=1&b=2' },
    { given: ['https://shop.example?a=what?'], gives: 'a=what?' },
    { given: ['https://shop.example/#/cart?a=1'], gives: null },
    { given: ['https://shop.example/?'], gives: null },
    { given: ['https://shop.example/'], gives: null },
    { given: [null], gives: null },
  ],
  as: url => sql`${queryAsWritten(url)}`,
})

/**
 * A text with each `%` and two hexadecimal digits replaced by the byte they stand for (RFC 3986, 2.1), read as UTF-8. A `%` without
 * two digits stays, as does `%00`, for no warehouse keeps NUL; where the bytes are no UTF-8 the whole text stays as given. `+` stays.
 * NULL for NULL.
 */
export const percentDecoded = macro({
  takes: ['text'],
  gives: 'text',
  examples: [
    { given: ['summer%20sale'], gives: 'summer sale' },
    { given: ['caf%C3%A9'], gives: 'café' },
    { given: ['%f0%9f%99%82é'], gives: '🙂é' },
    { given: ['100%'], gives: '100%' },
    { given: ['%zz%2'], gives: '%zz%2' },
    { given: ['%%41'], gives: '%A' },
    { given: ['%2541'], gives: '%41' },
    { given: ['a%FFb%20c'], gives: 'a%FFb%20c' },
    { given: ['a%00b%20c'], gives: 'a%00b c' },
    { given: ['%%00'], gives: '%%00' },
    { given: ['%2500'], gives: '%00' },
    { given: ['41a+b'], gives: '41a+b' },
    { given: [''], gives: '' },
    { given: [null], gives: null },
  ],
  as: text => ({
    duckdb: sql`coalesce(try(url_decode(${withoutNul(text)})), ${text})`,
    bigquery: sql`
      coalesce(
        safe_cast(
          from_hex((
            select string_agg(
              case
                when place = 0 then to_hex(cast(piece as bytes))
                when regexp_contains(piece, '^[0-9A-Fa-f]{2}') then substr(piece, 1, 2) || to_hex(cast(substr(piece, 3) as bytes))
                else '25' || to_hex(cast(piece as bytes))
              end,
              '' order by place
            )
            from unnest(split(${withoutNul(text)}, '%')) as piece with offset as place
          )) as string
        ),
        ${text}
      )
    `,
    snowflake: sql`
      coalesce(
        try_hex_decode_string(
          hex_encode(split_part(${withoutNul(text)}, '%', 1)) || array_to_string(
            transform(
              array_slice(split(${withoutNul(text)}, '%'), 1, array_size(split(${withoutNul(text)}, '%'))),
              piece varchar -> case
                when regexp_instr(piece, '^[0-9A-Fa-f]{2}') > 0 then substr(piece, 1, 2) || hex_encode(substr(piece, 3))
                else '25' || hex_encode(piece)
              end
            ),
            ''
          )
        ),
        ${text}
      )
    `,
  }),
})

const withoutNul = (text: SqlPart): Sql => sql`replace(${text}, '%00', '%2500')`

/**
 * The value of a URL's query parameter, decoded: `+` is a space and `%20` a byte (the form encoding of the WHATWG URL standard). The
 * first where it occurs more than once; NULL where it is absent or empty, or if either is NULL. `name` is compared as written, case
 * and all.
 */
export const urlParameter = macro({
  takes: ['text', 'text'],
  gives: 'text',
  examples: [
    { given: ['https://shop.example/?utm_source=news&utm_medium=email#top', 'utm_medium'], gives: 'email' },
    { given: ['https://shop.example/?utm_source=news', 'utm_source'], gives: 'news' },
    { given: ['https://shop.example/?my_utm_source=a', 'utm_source'], gives: null },
    { given: ['https://shop.example/?UTM_SOURCE=a', 'utm_source'], gives: null },
    { given: ['https://shop.example/?a=1&a=2', 'a'], gives: '1' },
    { given: ['https://shop.example/?a=&b=2', 'a'], gives: null },
    { given: ['https://shop.example/?a&b=2', 'a'], gives: null },
    { given: ['https://shop.example/?q=a=b', 'q'], gives: 'a=b' },
    { given: ['?utm_campaign=summer+sale%20%26%20caf%C3%A9', 'utm_campaign'], gives: 'summer sale & café' },
    { given: ['https://shop.example/?a=1%2B1', 'a'], gives: '1+1' },
    { given: ['https://shop.example/?next=/x?a=1', 'a'], gives: null },
    { given: ['https://shop.example/#?a=1', 'a'], gives: null },
    { given: ["https://shop.example/?q=it's🙂", 'q'], gives: "it's🙂" },
    { given: ['https://shop.example/?x.y=1', 'x.y'], gives: '1' },
    { given: ['https://shop.example/', 'a'], gives: null },
    { given: [null, 'a'], gives: null },
    { given: ['https://shop.example/?a=1', null], gives: null },
  ],
  as: (url, name) => {
    const value = textBefore(textAfter(sql`('&' || ${urlQuery(url)})`, sql`('&' || ${name} || '=')`), '&')
    return sql`${percentDecoded(sql`replace(nullif(${value}, ''), '+', ' ')`)}`
  },
})

/** Whether a URL's query has the parameter, with a value, an empty one or none. NULL if either is NULL. `name` is compared as written. */
export const hasUrlParameter = macro({
  takes: ['text', 'text'],
  gives: 'boolean',
  examples: [
    { given: ['https://shop.example/?gclid=abc&x=1#top', 'gclid'], gives: true },
    { given: ['https://shop.example/?x=1&gclid=', 'gclid'], gives: true },
    { given: ['https://shop.example/?gclid', 'gclid'], gives: true },
    { given: ['https://shop.example/?gclid_x=1', 'gclid'], gives: false },
    { given: ['https://shop.example/?x=gclid', 'gclid'], gives: false },
    { given: ['https://shop.example/?GCLID=1', 'gclid'], gives: false },
    { given: ['https://shop.example/gclid=1', 'gclid'], gives: false },
    { given: ['https://shop.example/#?gclid=1', 'gclid'], gives: false },
    { given: ['', 'gclid'], gives: false },
    { given: [null, 'gclid'], gives: null },
    { given: ['https://shop.example/?gclid=1', null], gives: null },
  ],
  as: (url, name) => {
    const query = sql`('&' || replace(coalesce(${urlQuery(url)}, ''), '=', '&=') || '&')`
    return sql`(case when ${url} is not null then ${containsText(query, sql`('&' || ${name} || '&')`)} end)`
  },
})

const scheme = '(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//)'
/**
 * No white space and no ASCII sign but `-`, `.` and `_`. By ranges, of which that from Z on has Z and `_` too: a bracket within a class is its end to some
 * engines, and to others not.
 */
const hostCharacters = '(?:[^ !-,/:-@Z-`{-~]|[Z_])+'

const hostAsWritten = capturing({
  before: `^(?:${scheme}(?:[^/?#]*@)?)?`,
  wanted: `${hostCharacters}|\\[[0-9A-Fa-f:.]+\\]`,
  after: '(?::[0-9]+)?(?:[/?#]|$)',
})
const pathAsWritten = capturing({ before: `^${scheme}?[^/?#]*`, wanted: '[^?#]*', after: '' })
const queryAsWritten = capturing({ before: '^[^?#]*[?]', wanted: '[^#]*', after: '' })

/**
 * The characters that `wanted` matches between the others, NULL where the whole does not match or they are none. BigQuery allows one group
 * that captures; Snowflake has no other kind, and is told the group's number.
 */
function capturing({ before, wanted, after }: { before: string; wanted: string; after: string }) {
  const pattern = `${before}(${wanted})${after}`
  const groupsBefore = before.split('(').length - 1
  return macro({
    takes: ['text'],
    gives: 'text',
    examples: [],
    as: text => ({
      duckdb: sql`nullif(regexp_extract(${text}, ${pattern}, 1), '')`,
      bigquery: sql`nullif(regexp_extract(${text}, ${pattern}), '')`,
      snowflake: sql`nullif(regexp_substr(${text}, ${pattern.replaceAll('(?:', '(')}, 1, 1, 'e', ${groupsBefore + 1}), '')`,
    }),
  })
}
