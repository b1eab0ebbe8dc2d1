import { key, seed, text } from 'throughline'
import { siteKinds } from '../macros/channels'

export const known_sites = seed({
  description:
    'One row per site that brings people to others: search engines, social networks, video, shopping, AI assistants.',
  grain: ['host'],
  columns: {
    host: key(
      'A host, its subdomains included (google.com); a name with .* stands for its country domains (google.* is google.de, google.co.uk); a bare name is a UTM source (google)',
    ).matches('^[a-z0-9.-]+([.][*])?$'),
    site_kind: text('What the site is; other: a host under a listed one that is none of these (mail.google.com)').oneOf(
      siteKinds,
    ),
  },
  file: 'known_sites.csv',
})
