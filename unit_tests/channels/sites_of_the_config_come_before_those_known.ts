import { defined, given, unitTest } from 'throughline'
import { channels } from '../../models/definitions/channels'
import { sites } from '../../models/journeys/sites'
import { known_sites } from '../../seeds/known_sites'

export const sites_of_the_config_come_before_those_known = unitTest({
  description: 'A site of the config counts before the one known by that name, of two of the config the last.',
  model: sites,
  definitions: [
    defined(channels, {
      sites: [
        { host: 'Forum.example', kind: 'search' },
        { host: 'forum.example', kind: 'social' },
        { host: 'google.com', kind: 'other' },
      ],
    }),
  ],
  given: [
    given(known_sites, [
      { host: 'google.com', site_kind: 'search' },
      { host: 'youtube.com', site_kind: 'video' },
    ]),
  ],
  expect: [
    { host: 'forum.example', site_kind: 'social' },
    { host: 'google.com', site_kind: 'other' },
    { host: 'youtube.com', site_kind: 'video' },
  ],
})
