import { integer, key, model, rows, sql, text } from 'throughline'
import { siteKinds } from '../../macros/channels'
import { known_sites } from '../../seeds/known_sites'
import { channels as channelRules } from '../definitions/channels'

export const sites = model({
  description: 'One row per site that is known to bring people: those of the config, and of those we know the others.',
  grain: ['host'],
  columns: {
    host: key('A host with its subdomains, name.* for its country domains, or a bare UTM source; lower case'),
    site_kind: text('What the site is').oneOf(siteKinds),
  },
  materialize: { kind: 'view' },
  uses: { channelRules },
  query: ({ channelRules: { sites: own } }) => sql`
    with listed as (
      select o.list_order, o.host, o.site_kind
      from ${rows(
        { list_order: integer('The last that names a host counts'), host: text('Host'), site_kind: text('Kind') },
        own.map(({ host, kind }, index) => ({ list_order: index + 1, host, site_kind: kind })),
      )} as o
      union all
      select 0 as list_order, k.host, k.site_kind
      from ${known_sites} as k
    )

    select l.host, l.site_kind
    from listed as l
    qualify row_number() over (partition by l.host order by l.list_order desc, l.site_kind) = 1
  `,
})
