import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SmallShop } from '../small-shop.ts'
import { GrantLedger } from './grant-ledger.ts'
import { killedAfter, leaseIsOver, namesOf } from './killing.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import { newPlace, type Place, rowsOf, smallShop } from './small-shop.ts'

// One small model that changes what it is, from build to build, and each of these builds killed after another statement.

const model = (kind: 'table' | 'view', n: number, isWide = false) => `
import { integer, key, model, sql } from 'throughline'

export const customers = model({
  description: 'One row per customer, ${n}.',
  grain: ['customer'],
  columns: { customer: key('Who'), n: integer('Orders')${isWide ? ", more: integer('More')" : ''} },
  materialize: { kind: '${kind}' },
  query: () => sql\`select 'ann' as customer, ${n} as n${isWide ? ', 5 as more' : ''}\`,
})
`

/** What the model is, and the rows that it has then. */
const states = {
  'a table': { text: model('table', 1), rows: ['{"customer":"ann","n":"1"}'] },
  'a view': { text: model('view', 2), rows: ['{"customer":"ann","n":"2"}'] },
  'a table with another column': { text: model('table', 3, true), rows: ['{"customer":"ann","n":"3","more":"5"}'] },
} as const
type State = keyof typeof states

interface Moment {
  readonly when: string
  readonly sql: RegExp
  /** What readers find then: the rows of before, or those of after, where it is left out. */
  readonly shown?: 'nothing' | readonly string[]
}

/** Every statement of an exchange that changes something. */
const exchange = (kind: 'table' | 'view', old: 'table' | 'view'): readonly Moment[] => [
  {
    when: 'it was made beside the other',
    sql: new RegExp(`^create or replace .*${kind} \\S+_shop\\.customers__tl_next `),
  },
  { when: 'it was granted', sql: /^grant SELECT on \w+ \S+_shop\.customers__tl_next / },
  {
    when: 'the other was put aside',
    sql: new RegExp(`^alter ${old} \\S+ rename to \\S+__tl_aside$`),
    shown: 'nothing',
  },
  { when: 'it had the name', sql: new RegExp(`^alter ${kind} \\S+__tl_next rename to `) },
  { when: 'the other was dropped', sql: new RegExp(`^drop ${old} if exists \\S+__tl_aside$`) },
]
const toTable = exchange('table', 'view')

const withNulls = ['{"customer":"ann","n":"1","more":null}']
/** Each change with one moment, in an order in which the next begins where the last one ended. */
const changes: readonly (readonly [from: State, to: State, moment: Moment])[] = [
  ...exchange('view', 'table').flatMap((moment, index) => [
    ['a table', 'a view', moment] as const,
    ['a view', 'a table', toTable[index]!] as const,
  ]),
  [
    'a table',
    'a table with another column',
    { when: 'it was added', sql: /^alter table \S+_shop\.customers add column /, shown: withNulls },
  ],
  [
    'a table with another column',
    'a table',
    { when: 'it was made anew', sql: /^create or replace transient table \S+_shop\.customers / },
  ],
  [
    'a table',
    'a table with another column',
    {
      when: 'rows were overwritten, and not committed',
      sql: /^insert overwrite into \S+_shop\.customers/,
      shown: withNulls,
    },
  ],
  [
    'a table with another column',
    'a table',
    { when: 'its columns were described', sql: /^alter table \S+_shop\.customers alter column / },
  ],
]

describe.skipIf(whyNoFakesnow() !== undefined)('A model that changes what it is', { timeout: 100_000 }, () => {
  let server: LocalSnowflake
  let place: Place
  let shop: SmallShop
  let ledger: GrantLedger
  let path: string
  beforeAll(async () => {
    server = await startLocalSnowflake()
    place = newPlace(server)
    shop = smallShop(place, '', { files: { 'models/shop/customers.ts': states['a table'].text }, sources: '{}' })
    path = `shop.${place.prefix}_shop.customers`
    ledger = new GrantLedger(server)
    await built()
    ledger.give(path, 'READER')
  }, 100_000)
  afterAll(() => server?.close())

  async function built(): Promise<string> {
    const { exitCode, stdout, stderr } = await shop.run(['build'])
    expect(exitCode, stdout + stderr).toBe(0)
    return stdout
  }

  const shown = () => rowsOf(place, 'shop.customers')
  const ofShop = async () => (await namesOf(place)).filter(name => name.startsWith('_SHOP.'))

  const title = 'from %s to %s, killed when %s: readers have %s, and the next build makes it whole, with its grants'
  const wordsOf = ({ shown: told }: Moment): string =>
    told === undefined ? 'old rows or new ones' : told === 'nothing' ? 'no rows' : 'old rows with NULLs'
  test.each(changes.map(([from, to, moment]) => [from, to, moment.when, wordsOf(moment), moment] as const))(
    title,
    async (from, to, _, __, { sql, shown: told }) => {
      expect(await shown()).toEqual(states[from].rows)
      shop.write('models/shop/customers.ts', states[to].text)
      await killedAfter(server, shop.folder, sql, 1)
      const rows = await shown()
      if (told === 'nothing') expect([rows, ledger.of(`${path}__tl_aside`)]).toEqual([undefined, ['READER']])
      else {
        expect(told === undefined ? [states[from].rows, states[to].rows] : [told]).toContainEqual(rows)
        expect(ledger.of(path)).toEqual(['READER'])
      }
      await leaseIsOver(place)
      const note = 'an earlier run ended while another was to take its place; it stands under its name again'
      expect((await built()).includes(note)).toBe(told === 'nothing')
      expect(await shown()).toEqual(states[to].rows)
      expect(await ofShop()).toEqual(['_SHOP.CUSTOMERS'])
      expect(ledger.of(path)).toEqual(['READER'])
    },
  )
})
