import { join, type Sql, sql } from 'throughline'
import { clickIds } from './ga4-channels'
import { containsText, textAfter, textBefore, trimmed } from './text'
import { urlParameter, urlQuery } from './url'

export type UtmParameter = 'utm_source' | 'utm_medium' | 'utm_campaign' | 'utm_content' | 'utm_term'

/**
 * The UTM value that a page's URL carries, decoded, without white space around it; NULL where there is none, or nothing is left. Few pages have
 * one, and taking a URL apart is dear: it is done only where the name occurs.
 */
export function utmOfPage(page: Sql, name: UtmParameter): Sql {
  return sql`case when ${containsText(page, name)} then nullif(${trimmed(urlParameter(page, name))}, '') end`
}

/**
 * The query of a page's URL with `&` before it, where it may have a click id that we know, else NULL; for `clickIdKind`, in a step before it.
 * Few pages have one, and looking for the names anywhere is cheap beside taking the URL apart.
 */
export function clickQuery(page: Sql): Sql {
  const mayHaveClickId = ['clid=', 'clkid=', 'braid=', 'li_fat_id='].map(part => containsText(page, part))
  return sql`case when ${join(mayHaveClickId, ' or ')} then '&' || ${urlQuery(page)} end`
}

/** Of the click ids in what `clickQuery` gave, the kind of the first that we know, in the order of `clickIds`; one without a value is none. */
export function clickIdKind(query: Sql): Sql {
  const branches = clickIds.map(({ click_id_kind }) => {
    const value = textBefore(textAfter(query, `&${click_id_kind}=`), '&')
    return sql`when ${value} <> '' then ${click_id_kind}`
  })
  return sql`
    case
      ${join(branches, '\n')}
    end
  `
}
