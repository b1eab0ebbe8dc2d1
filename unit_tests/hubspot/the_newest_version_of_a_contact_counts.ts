import { defined, givenRaw, unitTest } from 'throughline'
import { stg_hubspot__contact } from '../../models/staging/stg_hubspot__contact'
import { hubspot } from '../../sources/hubspot'

const version = (id: number, _fivetran_synced: string, more: Readonly<Record<string, unknown>>) => ({
  id,
  _fivetran_synced,
  property_createdate: '2026-01-01 08:00:00',
  ...more,
})

export const the_newest_version_of_a_contact_counts = unitTest({
  description:
    'Of the rows of one contact the one that Fivetran synced last counts, whatever their order; of those synced at once the one of the greatest hash. A contact whose newest row says that it is deleted is gone, one that came back is there.',
  model: stg_hubspot__contact,
  definitions: [defined(hubspot, { folder: 'raw/hubspot' })],
  given: [
    givenRaw(hubspot.tables.contact, [
      version(1, '2026-03-02 00:00:00', { property_email: ' new@shop.example ', property_phone: '  ' }),
      version(1, '2026-03-01 00:00:00', { property_email: 'old@shop.example', property_phone: '030 123' }),
      version(2, '2026-03-01 00:00:00', { property_email: 'a@shop.example', tl_row_id: 'a' }),
      version(2, '2026-03-01 00:00:00', { property_email: 'c@shop.example', tl_row_id: 'c' }),
      version(2, '2026-03-01 00:00:00', { property_email: 'b@shop.example', tl_row_id: 'b' }),
      version(3, '2026-03-01 00:00:00', { _fivetran_deleted: false }),
      version(3, '2026-03-02 00:00:00', { _fivetran_deleted: true }),
      version(4, '2026-03-01 00:00:00', { _fivetran_deleted: true }),
      version(4, '2026-03-02 00:00:00', { _fivetran_deleted: false, property_createdate: null }),
    ]),
  ],
  expect: [
    {
      contact_id: '1',
      email: 'new@shop.example',
      loaded_at: '2026-03-02 00:00:00',
      created_at: '2026-01-01 08:00:00',
      phone: null,
    },
    {
      contact_id: '2',
      email: 'c@shop.example',
      loaded_at: '2026-03-01 00:00:00',
      created_at: '2026-01-01 08:00:00',
    },
    { contact_id: '4', loaded_at: '2026-03-02 00:00:00' },
  ],
})
