import { join } from 'node:path'
import { day, hour, minute, second, startOfDay, utcText } from '../lib/calendar.ts'
import type { Random } from '../lib/random.ts'
import { TableFile } from '../lib/table-file.ts'
import { typedEmail, typedPhone } from '../people/contact-details.ts'
import type { Customer } from '../people/customer.ts'
import type { Person } from '../people/person.ts'
import type { TruthKeeper } from '../truth/truth-keeper.ts'
import { zendeskColumns } from './zendesk-tables.ts'

/** Those of the service who answer. */
const agents = [403_959_218_893, 403_969_141_094] as const

export type TicketChannel = 'email' | 'web' | 'chat' | 'voice'

/** The service desk: who asks, what about, and chats as they were typed. */
export class Zendesk {
  readonly #tables
  readonly #truth: TruthKeeper
  readonly #end: number
  #userCount = 0
  #ticketCount = 0
  #commentCount = 0

  constructor(folder: string, truth: TruthKeeper, end: number) {
    this.#truth = truth
    this.#end = end
    const open = <Table extends keyof typeof zendeskColumns>(table: Table) =>
      new TableFile<(typeof zendeskColumns)[Table][number]>(
        join(folder, `${table}.csv`),
        zendeskColumns[table],
        utcText,
      )
    this.#tables = {
      user: open('user'),
      ticket: open('ticket'),
      ticket_comment: open('ticket_comment'),
      ticket_chat: open('ticket_chat'),
      ticket_chat_event: open('ticket_chat_event'),
    }
    const since = startOfDay(0) - 40 * day
    agents.forEach((id, index) => {
      const email = `service${index + 1}@lumen-lamps.example`
      this.#addUser(id, { name: `Service ${index + 1}`, email, phone: '', role: 'agent', locale: 'de' }, since)
    })
  }

  /** Somebody writes, or an agent writes down what they said on the telephone. */
  openTicket(random: Random, customer: Customer, person: Person, channel: 'email' | 'web' | 'voice', at: number): void {
    const requester = this.#userOf(random, customer, person, at, channel === 'voice')
    const answeredAt = at + random.between(20 * minute, 30 * hour)
    this.#addTicket(random, requester, person.id, channel, at, answeredAt, false)
  }

  /** A conversation on the site; who does not say who they are is a visitor of the moment. */
  chat(
    random: Random,
    customer: Customer,
    person: Person,
    at: number,
    isNamed: boolean,
  ): { endedAt: number; userId: number } {
    const userId = isNamed ? this.#userOf(random, customer, person, at, false) : this.#visitor(random, person.id, at)
    const lines = random.between(3, 8)
    const chatId = `4323.953441.T${random.hex(13)}`
    let endedAt = at
    for (let index = 0; index < lines; index++) {
      const actor = index === 1 ? '__system' : index % 2 === 0 ? String(userId) : `agent:${agents[0]}`
      this.#tables.ticket_chat_event.add(
        {
          chat_id: chatId,
          chat_index: index,
          created_at: utcText(endedAt),
          actor_id: actor,
          type: index === 0 ? 'ChatJoin' : 'ChatMessage',
          message: index === 0 ? '' : index % 2 === 0 ? 'Passt die E14, "dimmbar"?' : 'Guten Tag, einen Moment.',
          message_id: random.hex(24),
          is_history_context: 'false',
        },
        at,
      )
      this.#truth.row('zendesk', 'ticket_chat_event', `${chatId}|${index}`, person.id)
      if (index < lines - 1) endedAt += random.between(5 * second, 90 * second)
    }
    const ticketId = this.#addTicket(random, userId, person.id, 'chat', at, endedAt, true)
    this.#tables.ticket_chat.add(
      {
        chat_id: chatId,
        ticket_id: ticketId,
        user_id: userId,
        visitor_id: `21432-${random.hex(14)}`,
        channel: 'chat',
        backend: 'chat',
        authenticated: 'false',
        initiator: 1,
      },
      at,
    )
    this.#truth.row('zendesk', 'ticket_chat', chatId, person.id)
    return { endedAt, userId }
  }

  finish(): void {
    for (const table of Object.values(this.#tables)) table.finish()
  }

  #userOf(random: Random, customer: Customer, person: Person, at: number, byPhone: boolean): number {
    if (customer.supportId !== 0) return customer.supportId
    customer.supportId = this.#nextUser()
    const hasPhone = byPhone || random.chance(0.35)
    this.#addUser(
      customer.supportId,
      {
        name: `${person.givenName} ${person.familyName}`,
        email: typedEmail(random, person.email),
        phone: hasPhone ? typedPhone(random, person) : random.chance(0.04) ? 'unknown' : '',
        role: 'end-user',
        locale: person.country.language,
      },
      at,
    )
    this.#truth.row('zendesk', 'user', String(customer.supportId), person.id)
    const place = customer.clusters.place('support_id', String(customer.supportId))
    customer.tie(place, customer.placeOfEmail(person))
    if (hasPhone) customer.tie(place, customer.placeOfPhone(person))
    return customer.supportId
  }

  #visitor(random: Random, personId: string, at: number): number {
    const id = this.#nextUser()
    const name = `Visitor ${random.between(10_000_000, 99_999_999)}`
    this.#addUser(
      id,
      { name, email: random.chance(0.3) ? 'unknown' : '', phone: '', role: 'end-user', locale: 'de' },
      at,
    )
    this.#truth.row('zendesk', 'user', String(id), personId)
    return id
  }

  #nextUser(): number {
    this.#userCount += 1
    return 424_000_000_000 + this.#userCount * 17
  }

  #addUser(
    id: number,
    user: { name: string; email: string; phone: string; role: string; locale: string },
    at: number,
  ): void {
    this.#tables.user.add(
      {
        id,
        ...user,
        active: 'TRUE',
        verified: String(user.role === 'agent').toUpperCase(),
        suspended: 'FALSE',
        chat_only: 'FALSE',
        time_zone: 'Berlin',
        created_at: utcText(at),
        updated_at: utcText(at),
        url: `https://lumen-lamps.zendesk.example/api/v2/users/${id}.json`,
        _fivetran_deleted: 'FALSE',
      },
      at,
    )
  }

  /** The ticket as it was opened, and as it is when it is answered; its first comment is what was asked. */
  #addTicket(
    random: Random,
    requester: number,
    personId: string,
    channel: TicketChannel,
    at: number,
    answeredAt: number,
    isSolvedAtOnce: boolean,
  ): number {
    this.#ticketCount += 1
    const id = 16_000 + this.#ticketCount
    const agent = random.pick(agents)
    const opened = {
      id,
      subject: random.pick(['Lieferung', 'Rückgabe, Frage', 'Welches Leuchtmittel?', 'Rechnung "fehlt"']),
      description: 'Guten Tag,\nich habe eine Frage.',
      status: isSolvedAtOnce ? 'solved' : 'open',
      type: 'question',
      priority: 'normal',
      via_channel: channel,
      requester_id: requester,
      submitter_id: channel === 'voice' ? agent : requester,
      assignee_id: agent,
      brand_id: 360_003_529_474,
      created_at: utcText(at),
      updated_at: utcText(at),
      is_public: 'TRUE',
      url: `https://lumen-lamps.zendesk.example/api/v2/tickets/${id}.json`,
      _fivetran_deleted: 'FALSE',
    }
    this.#tables.ticket.add(opened, at)
    this.#truth.row('zendesk', 'ticket', String(id), personId)
    this.#addComment(id, channel === 'voice' ? agent : requester, personId, channel, at)
    if (isSolvedAtOnce || answeredAt >= this.#end) return id
    this.#addComment(id, agent, personId, channel, answeredAt)
    this.#tables.ticket.add({ ...opened, status: 'solved', updated_at: utcText(answeredAt) }, answeredAt)
    return id
  }

  #addComment(ticketId: number, userId: number, personId: string, channel: TicketChannel, at: number): void {
    this.#commentCount += 1
    const id = 1_030_820_000_000 + this.#commentCount * 3
    this.#tables.ticket_comment.add(
      {
        id,
        ticket_id: ticketId,
        user_id: userId,
        body: 'Guten Tag,\nich habe eine Frage.',
        created: utcText(at),
        public: 'TRUE',
        facebook_comment: 'FALSE',
        tweet: 'FALSE',
        voice_comment: String(channel === 'voice').toUpperCase(),
        _fivetran_deleted: 'FALSE',
      },
      at,
    )
    this.#truth.row('zendesk', 'ticket_comment', String(id), personId)
  }
}
