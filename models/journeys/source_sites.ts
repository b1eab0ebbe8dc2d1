import { integer, key, model, rows, sql, text } from 'throughline'
import { siteKinds } from '../../macros/channels'
import { matchesPattern, textAfter, textBefore } from '../../macros/text'
import { event_sources } from './event_sources'
import { sites } from './sites'

/** Where a name with `.*` stands for country domains: .com, .de, .co.uk, .com.br. */
const countryEndings = '^(com|net|org|[a-z][a-z]|com?[.][a-z][a-z])$'

export const source_sites = model({
  description:
    'One row per source that is a known site or lies under one: what kind of site it is. The longest host that fits decides.',
  grain: ['source'],
  columns: {
    source: key('A UTM source or the host of a referrer, lower case'),
    host: text('The site it is, or lies under'),
    site_kind: text('What kind of site that is').oneOf(siteKinds),
  },
  materialize: { kind: 'table' },
  query: () => sql`
    with sources as (
      select distinct e.source
      from ${event_sources} as e
      where e.source is not null
    ),

    without_one_label as (
      select s.source, ${textAfter(sql`s.source`, '.')} as host from sources as s
    ),

    without_two_labels as (
      select w.source, w.host, ${textAfter(sql`w.host`, '.')} as shorter_host from without_one_label as w
    ),

    without_three_labels as (
      select w.source, w.host, w.shorter_host, ${textAfter(sql`w.shorter_host`, '.')} as shortest_host
      from without_two_labels as w
    ),

    -- A bare name is itself alone: nothing lies under it.
    candidates as (
      select
        w.source,
        n.labels_removed,
        case n.labels_removed
          when 0 then w.source
          when 1 then case when w.host like '%.%' then w.host end
          when 2 then case when w.shorter_host like '%.%' then w.shorter_host end
          else case when w.shortest_host like '%.%' then w.shortest_host end
        end as host
      from without_three_labels as w
      cross join ${rows(
        { labels_removed: integer('Labels removed from the left') },
        [0, 1, 2, 3].map(labels_removed => ({ labels_removed })),
      )} as n
    ),

    spellings as (
      select c.source, c.labels_removed, 0 as is_wildcard, c.host
      from candidates as c
      where c.host is not null
      union all
      select c.source, c.labels_removed, 1 as is_wildcard, ${textBefore(sql`c.host`, '.')} || '.*' as host
      from candidates as c
      where ${matchesPattern(textAfter(sql`c.host`, '.'), countryEndings)}
    )

    select p.source, t.host, t.site_kind
    from spellings as p
    inner join ${sites} as t on t.host = p.host
    qualify row_number() over (partition by p.source order by p.labels_removed, p.is_wildcard) = 1
  `,
})
