import { defined, givenRaw, unitTest } from 'throughline'
import { stg_zendesk__ticket } from '../../models/staging/stg_zendesk__ticket'
import { zendesk } from '../../sources/zendesk'

const version = (id: number, _fivetran_synced: string, status: string, more = {}) => ({
  id,
  _fivetran_synced,
  status,
  requester_id: 396331237134,
  created_at: '2026-01-01 08:00:00',
  via_channel: 'Email',
  ...more,
})

export const a_ticket_that_was_deleted_is_gone = unitTest({
  description:
    'A ticket is gone where its newest row has the status deleted, or Fivetran found it gone; the newest row of all others counts.',
  model: stg_zendesk__ticket,
  definitions: [defined(zendesk, { folder: 'raw/zendesk' })],
  given: [
    givenRaw(zendesk.tables.ticket, [
      version(1, '2026-03-01 00:00:00', 'new', { submitter_id: 5 }),
      version(1, '2026-03-02 00:00:00', 'solved', { submitter_id: 6, via_source_rel: ' Inbound ' }),
      version(2, '2026-03-01 00:00:00', 'open'),
      version(2, '2026-03-02 00:00:00', 'deleted'),
      version(3, '2026-03-01 00:00:00', 'closed', { _fivetran_deleted: true }),
      version(4, '2026-03-01 00:00:00', 'deleted'),
      version(4, '2026-03-02 00:00:00', 'open'),
    ]),
  ],
  expect: [
    {
      ticket_id: '1',
      loaded_at: '2026-03-02 00:00:00',
      created_at: '2026-01-01 08:00:00',
      requester_id: '396331237134',
      submitter_id: '6',
      via_channel: 'email',
      via_relation: 'inbound',
    },
    {
      ticket_id: '4',
      loaded_at: '2026-03-02 00:00:00',
      created_at: '2026-01-01 08:00:00',
      requester_id: '396331237134',
      via_channel: 'email',
    },
  ],
})
