import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltFile, buildFile } from './clickstream-file.ts'

const data = process.env.THROUGHLINE_SHARED_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
const file = join(data, 'ecom', 'events.csv')
const isThere = existsSync(file)

describe.skipIf(!isThere)(`somebody else's shop${isThere ? '' : `, skipped: there is no ${file}`}`, () => {
  let built: BuiltFile
  let reckoned: ReturnType<typeof reckon>

  beforeAll(async () => {
    reckoned = reckon(readFileSync(file, 'utf8'))
    built = await buildFile('clickstream', file, ['sessions', 'people', 'conversions', 'touchpoints'])
  }, 120_000)
  afterAll(() => built?.close())

  test('rows that are equal in every column are one event', async () => {
    expect(built.rawRows).toBe(30_943)
    expect(reckoned.events).toHaveLength(30_913)
    expect(await built.rows('select count(*) as count from events.events')).toEqual([{ count: 30_913 }])
  })

  test('whoever has the same user id is the same person, and nobody else: six hundred', async () => {
    expect(reckoned.people).toBe(600)
    const people = await built.rows(
      'select count(*) as count, sum(identifier_count)::integer as identifiers from profiles.people',
    )
    expect(people).toEqual([{ count: 600, identifiers: 600 }])
  })

  test('sessions are those of a plain walk with a timeout of half an hour', async () => {
    const sessions = await built.rows(`
      select i.identifier_value || ' ' || s.started_at || ' ' || s.ended_at || ' ' || s.event_count as session
      from journeys.sessions as s
      inner join profiles.identifiers as i on i.identifier_id = s.person_id`)
    expect(reckoned.sessions).toHaveLength(3_606)
    expect(sessions.map(({ session }) => session).sort()).toEqual(reckoned.sessions)
  })

  test('events are counted by name, under our names', async () => {
    const counts = await built.rows('select event_name, count(*) as count from events.events group by event_name')
    const ours = {
      home: 'home_viewed',
      product_view: 'product_viewed',
      purchase: 'order_placed',
      compare: 'products_compared',
    }
    for (const [theirs, name] of Object.entries(ours)) {
      expect(counts, name).toContainEqual({ event_name: name, count: reckoned.names.get(theirs) })
    }
  })

  test('every order is a conversion, in the session that it lies in', async () => {
    const [found] = await built.rows(`
      select count(*) as conversions, count(s.session_id) as in_sessions
      from journeys.conversions as c
      left join journeys.sessions as s
        on s.session_id = c.session_id and s.person_id = c.person_id and c.converted_at between s.started_at and s.ended_at`)
    const orders = reckoned.names.get('purchase')
    expect(found).toEqual({ conversions: orders, in_sessions: orders })
  })

  test('each session and touchpoint has the channel that the file gives its person, in our words', async () => {
    const words: Readonly<Record<string, string>> = {
      organic: 'Organic Search',
      paid_search: 'Paid Search',
      social: 'Organic Social',
      email: 'Email',
      direct: 'Direct',
    }
    const expected = [...reckoned.channels].map(([user, channel]) => `${user} ${words[channel]}`).sort()
    for (const table of ['sessions', 'touchpoints']) {
      const found = await built.rows(`
        select distinct i.identifier_value || ' ' || t.channel as given
        from journeys.${table} as t
        inner join profiles.identifiers as i on i.identifier_id = t.person_id`)
      expect(found.map(({ given }) => given).sort(), table).toEqual(expected)
    }
  })
})

/** The file's own numbers, from its lines: no field of it is quoted. */
function reckon(text: string) {
  const [header, ...lines] = text.trimEnd().split('\n')
  const place = (name: string) => header!.split(',').indexOf(name)
  const [user, name, at, channel] = ['user_id', 'event', 'timestamp', 'acquisition_channel'].map(place) as [
    number,
    number,
    number,
    number,
  ]
  const events = [...new Set(lines)].map(line => line.split(','))
  const names = new Map<string, number>()
  const instants = new Map<string, string[]>()
  const channels = new Map<string, string>()
  for (const event of events) {
    names.set(event[name]!, (names.get(event[name]!) ?? 0) + 1)
    instants.set(event[user]!, [...(instants.get(event[user]!) ?? []), event[at]!])
    channels.set(event[user]!, event[channel]!)
  }
  const sessions = [...instants].flatMap(([person, own]) => {
    const found: string[][] = []
    for (const instant of own.sort()) {
      const last = found.at(-1)
      const isPause = last === undefined || Date.parse(`${instant}Z`) - Date.parse(`${last.at(-1)}Z`) > 1_800_000
      if (isPause) found.push([instant])
      else last.push(instant)
    }
    return found.map(session => `${person} ${session[0]} ${session.at(-1)} ${session.length}`)
  })
  return { events, people: instants.size, names, channels, sessions: sessions.sort() }
}
