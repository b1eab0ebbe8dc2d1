import { given, unitTest } from 'throughline'
import { event_sources } from '../../models/journeys/event_sources'
import { sites } from '../../models/journeys/sites'
import { source_sites } from '../../models/journeys/source_sites'

const sources = [
  'google',
  'www.google.com',
  'news.google.co.uk',
  'google.com.br',
  'mail.google.com',
  'a.mail.google.com',
  'google.museum',
  'google.com.evil.example',
  'notgoogle.com',
  'facebook.com',
  'l.facebook.com',
  'a.b.facebook.com',
  'facebook',
  'uk',
]

export const the_longest_host_that_fits_names_the_site = unitTest({
  description:
    'A source is the longest known site that it is or lies under; name.* stands for country domains, and a bare name for itself alone.',
  model: source_sites,
  given: [
    given(
      event_sources,
      sources.map(source => ({ event_id: source, source })),
    ),
    given(sites, [
      { host: 'google', site_kind: 'search' },
      { host: 'google.*', site_kind: 'search' },
      { host: 'mail.google.com', site_kind: 'other' },
      { host: 'facebook.com', site_kind: 'social' },
      { host: 'uk', site_kind: 'shopping' },
    ]),
  ],
  expect: [
    { source: 'google', host: 'google', site_kind: 'search' },
    { source: 'www.google.com', host: 'google.*', site_kind: 'search' },
    { source: 'news.google.co.uk', host: 'google.*', site_kind: 'search' },
    { source: 'google.com.br', host: 'google.*', site_kind: 'search' },
    { source: 'mail.google.com', host: 'mail.google.com', site_kind: 'other' },
    { source: 'a.mail.google.com', host: 'mail.google.com', site_kind: 'other' },
    { source: 'facebook.com', host: 'facebook.com', site_kind: 'social' },
    { source: 'l.facebook.com', host: 'facebook.com', site_kind: 'social' },
    { source: 'a.b.facebook.com', host: 'facebook.com', site_kind: 'social' },
    { source: 'uk', host: 'uk', site_kind: 'shopping' },
  ],
})
