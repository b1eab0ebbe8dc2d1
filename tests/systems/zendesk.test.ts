import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltExtract, buildExtract, type ExtractFiles, extractOf, inAnotherOrder } from './extract.ts'

const { folder, isThere } = extractOf('zendesk')

const files: ExtractFiles = {
  user: 'user_data.csv',
  ticket: 'ticket_data.csv',
  ticket_comment: 'ticket_comment_data.csv',
  ticket_chat: 'ticket_chat_data.csv',
  // A search for "Fivetran" and its replacement went through the header too.
  ticket_chat_event: {
    file: 'ticket_chat_event_data.csv',
    mended: text => text.replace('_Company_synced', '_fivetran_synced'),
  },
}

describe.skipIf(!isThere)(`a Zendesk account with chat${isThere ? '' : `, skipped: there is no ${folder}`}`, () => {
  let built: BuiltExtract

  beforeAll(async () => {
    built = await buildExtract({
      system: 'zendesk',
      files,
      models: ['events'],
    })
  })
  afterAll(() => built?.close())

  test('every row of every table lands', () => {
    expect(Object.fromEntries(Object.entries(built.landed).map(([name, { rowCount }]) => [name, rowCount]))).toEqual({
      user: 10,
      ticket: 10,
      ticket_comment: 20,
      ticket_chat: 10,
      ticket_chat_event: 12,
    })
  })

  test('tickets that were deleted are gone, and all others came by e-mail', async () => {
    const tickets = await built.rows(`
      select system_event_id, platform, place_channel, is_customer_action
      from events.events where raw_event_name = 'ticket_created' order by system_event_id`)
    const told = { platform: 'email', place_channel: 'Support', is_customer_action: true }
    expect(tickets).toEqual(
      ['11071', '1404', '14173', '16988', '1966', '4721', '6171', '6605'].map(id => ({
        system_event_id: `ticket:${id}`,
        ...told,
      })),
    )
  })

  test('a chat is since the first doing of a customer, else since its first event; one of which nothing says when is left out', async () => {
    const chats = await built.rows(`
      select system_event_id, occurred_at, platform, place_channel, is_customer_action
      from events.events where raw_event_name = 'chat_started' order by occurred_at`)
    const told = { platform: 'chat', place_channel: 'Chat', is_customer_action: true }
    const chat = (id: string, occurred_at: string) => ({
      system_event_id: `chat:4323.953441.${id}`,
      occurred_at,
      ...told,
    })
    expect(chats).toEqual([
      chat('T6OrgbvMIqPplK', '2023-12-08 05:07:28.408'),
      chat('TyDfrDh7BV3QA', '2023-12-12 10:27:50.256'),
      chat('TyDs6revFIOI0Y', '2023-12-12 11:16:29.19'),
      chat('TyDt23helloZt4E', '2023-12-12 11:20:10.181'),
      chat('TzAcedetjkcKyq', '2023-12-22 10:37:20.489'),
      chat('TzkArUd3CjKI', '2023-12-28 14:20:35.032'),
      chat('TzkBGrapJoA', '2023-12-28 14:22:12.84'),
    ])
  })

  test('comments on tickets that are not loaded are nobody’s replies', async () => {
    expect(await built.rows(`select * from events.events where raw_event_name = 'ticket_replied'`)).toEqual([])
  })

  test('a ticket is of its requester, a chat of a user and a browser', async () => {
    const events = await built.rows('select event_id, system_event_id from events.events')
    const names = new Map(events.map(row => [row.event_id, row.system_event_id]))
    const identifiers = (await built.rows('zendesk_identifiers'))
      .map(({ event_id, ...identifier }) => ({ system_event_id: names.get(event_id), ...identifier }))
      .filter(({ system_event_id: id }) => id === 'ticket:11071' || id === 'chat:4323.953441.TzkArUd3CjKI')
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    expect(identifiers).toEqual([
      {
        system_event_id: 'chat:4323.953441.TzkArUd3CjKI',
        identifier_kind: 'cookie_id',
        identifier_value: 'zendesk:9421471-1JRmMeNdc68s72a',
      },
      {
        system_event_id: 'chat:4323.953441.TzkArUd3CjKI',
        identifier_kind: 'support_id',
        identifier_value: 'zendesk:221276',
      },
      { system_event_id: 'ticket:11071', identifier_kind: 'support_id', identifier_value: 'zendesk:2222' },
    ])
  })

  test('nine of the ten users are customers, whose records have an id and an e-mail address', async () => {
    const records = await built.rows('zendesk_records')
    expect(records).toHaveLength(18)
    expect(records.map(row => row.record_id)).not.toContain('zendesk:user:1111')
    expect(records).toContainEqual({
      record_id: 'zendesk:user:2222',
      system: 'zendesk',
      stated_at: '2020-02-26 22:41:37',
      identifier_kind: 'email',
      identifier_value: 'example@email.com',
    })
  })

  test('rows in another order, each of them twice, tell the same', async () => {
    const again = await buildExtract({ system: 'zendesk', files: inAnotherOrder(files), models: ['events'] })
    for (const model of ['events', 'zendesk_identifiers', 'zendesk_records', 'zendesk_traits']) {
      expect(await again.rows(model), model).toEqual(await built.rows(model))
    }
    await again.close()
  })
})
