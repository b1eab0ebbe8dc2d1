import { boolean, integer, landedTables, locationIn, source, text, timestamp, z } from 'throughline'

const settings = landedTables(['user', 'ticket', 'ticket_comment', 'ticket_chat', 'ticket_chat_event'], {
  external_id_is_user_id: z
    .boolean()
    .default(false)
    .describe("true: the external id of a user is the shop's own customer number, and so identifies people elsewhere."),
  calls_are_actions: z
    .boolean()
    .default(false)
    .describe(
      'true: a ticket by phone is an action of the customer, where no call log is loaded. false: the call log has that action, and the ticket would be a second one.',
    ),
})

const synced = () => timestamp('When Fivetran brought this version, UTC')
const deleted = () => boolean('The row is gone in Zendesk; NULL where it never was').nullable().mayBeMissing()

export const zendesk = source({
  description: "Zendesk's users, tickets and chats, as Fivetran lands them.",
  settings,
  tables: {
    user: {
      description: 'One row per user: customers (end users), agents and admins.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        id: integer('The user'),
        role: text('end-user, agent or admin').nullable(),
        name: text('Full name').nullable(),
        email: text('E-mail address').nullable(),
        phone: text('Phone number, as somebody typed it').nullable(),
        shared_phone_number: text('true: the phone number is one that several people share').nullable().mayBeMissing(),
        external_id: text("The user in another system, as the shop's customer number").nullable(),
        locale: text('Language, as en-US').nullable(),
        created_at: timestamp('When the user was created, UTC').nullable(),
        updated_at: timestamp('When the user last changed, UTC').nullable(),
        _fivetran_synced: synced(),
        _fivetran_deleted: deleted(),
      }),
      location: given => locationIn(given, 'user'),
    },
    ticket: {
      description: 'One row per ticket: a request of a customer, by whatever way it came.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        id: integer('The ticket'),
        requester_id: integer('The user whose request it is').nullable(),
        submitter_id: integer('The user who wrote it: an agent may write it for the requester').nullable(),
        via_channel: text('How it came: email, web, voice, chat, native_messaging, api …').nullable(),
        via_source_rel: text('More on how it came: of a ticket by phone inbound, outbound or voicemail').nullable(),
        status: text('new, open, pending, hold, solved, closed or deleted').nullable(),
        created_at: timestamp('When it was created, UTC').nullable(),
        _fivetran_synced: synced(),
        _fivetran_deleted: deleted(),
      }),
      location: given => locationIn(given, 'ticket'),
    },
    ticket_comment: {
      description: 'One row per comment on a ticket; the first is the request itself.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        id: integer('The comment'),
        ticket_id: integer('The ticket').nullable(),
        user_id: integer('The user who wrote it').nullable(),
        created: timestamp('When it was written, UTC').nullable(),
        public: boolean('false: a note among agents').nullable(),
        voice_comment: boolean('true: what was said on the phone').nullable().mayBeMissing(),
        facebook_comment: boolean('true: written on Facebook').nullable().mayBeMissing(),
        tweet: boolean('true: written on X').nullable().mayBeMissing(),
        _fivetran_synced: synced(),
        _fivetran_deleted: deleted(),
      }),
      location: given => locationIn(given, 'ticket_comment'),
    },
    ticket_chat: {
      description: 'One row per chat and ticket that was made of it.',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        chat_id: text('The chat'),
        ticket_id: integer('The ticket'),
        user_id: integer('The user who chats').nullable(),
        visitor_id: text('The browser that the visitor chats in').nullable(),
        _fivetran_synced: synced(),
        _fivetran_deleted: deleted(),
      }),
      location: given => locationIn(given, 'ticket_chat'),
    },
    ticket_chat_event: {
      description: 'One row per thing that happened in a chat: a message, somebody who joined …',
      loadedAt: '_fivetran_synced',
      columns: () => ({
        chat_id: text('The chat'),
        chat_index: integer('Which event of the chat'),
        created_at: timestamp('When it happened, UTC').nullable(),
        actor_id: text(
          'Whose doing it was: the id of a user, agent: and such an id, or a name of the system',
        ).nullable(),
        _fivetran_synced: synced(),
        _fivetran_deleted: deleted(),
      }),
      location: given => locationIn(given, 'ticket_chat_event'),
    },
  },
})
