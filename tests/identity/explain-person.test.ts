import { beforeAll, expect, test } from 'vitest'
import { explain } from '../../src/cli/explain/explain.ts'
import { duckdb } from '../../src/compile/dialect/duckdb.ts'
import { readyParser } from '../../src/compile/portable/parse.ts'
import type { World } from '../support/world.ts'
import { toldWorld } from './told-world.ts'

let world: World

beforeAll(async () => {
  await readyParser()
  const at = '2026-03-01 10:00:00'
  world = await toldWorld(
    {
      events: [
        { event_id: '1', at, kind: 'email', value: 'ada@acme.example' },
        { event_id: '1', at, kind: 'phone', value: '0151 2345678' },
        { event_id: '1', at, kind: 'order_id', value: '#LL1042' },
        { event_id: '1', at, kind: 'crm_id', value: 'hubspot:17' },
        { event_id: '2', at, kind: 'support_id', value: 'zendesk:18' },
        { event_id: '2', at, kind: 'cookie_id', value: 'ga4:1.2' },
        { event_id: '3', at, kind: 'crm_id', value: 'hubspot:18' },
        { event_id: '4', at, kind: 'user_id', value: 'guest' },
        { event_id: '4', at, kind: 'cookie_id', value: 'ga4:NULL' },
        { event_id: '4', at, kind: 'support_id', value: 'zendesk:' },
        { event_id: '4', at, kind: 'email', value: 'ops@acme.test' },
        { event_id: '4', at, kind: 'phone', value: '12' },
      ],
    },
    { phone_country: 'DE', blocked: { email: ['nobody@acme.test', '*@ACME.test'] } },
    ['people', 'identity_links'],
  )
})

const explained = async (asked: string) =>
  (await explain(world.compiled.explanations.get('person')!, asked, world.session, duckdb)).sections

test('a person is found by an e-mail address, a telephone number, an order and a number in a system, as people write them', async () => {
  for (const asked of [
    ' Ada@ACME.example',
    '+49 151 2345678',
    '0151/2345678',
    'LL1042',
    '#LL1042',
    'hubspot:17',
    '17',
  ]) {
    expect((await explained(asked))[0]!.lines[0], asked).toBe('Named by email ada@acme.example')
  }
  expect((await explained('1.2'))[0]!.lines[0]).toBe('Named by support_id zendesk:18')
})

test('what is of several people is told with the id and the identifier of each', async () => {
  const [hubspot, zendesk] = await Promise.all(
    ['hubspot:18', 'zendesk:18'].map(async value => {
      const query = `select identifier_id from profiles.identifiers where identifier_value = '${value}'`
      return String((await world.rows(query))[0]!.identifier_id)
    }),
  )
  const told = [`${hubspot} (crm_id hubspot:18)`, `${zendesk} (support_id zendesk:18)`].sort()
  await expect(explained('18')).rejects.toThrow(`several of person_id are named '18': ${told.join(', ')}`)
})

test.each([
  ['guest', 'user_id guest is blocked, and so is nobody: placeholder value: guest is among identity.placeholders'],
  ['null', 'cookie_id ga4:NULL is blocked, and so is nobody: placeholder value: null is among identity.placeholders'],
  [
    'zendesk:',
    'support_id zendesk: is blocked, and so is nobody: placeholder value: nothing stands behind the name of the system',
  ],
  [
    'Ops@acme.test',
    'email ops@acme.test is blocked, and so is nobody: blocked value: identity.blocked.email has *@ACME.test',
  ],
  ['12', 'phone 12 is blocked, and so is nobody: not a phone number'],
])('what is blocked is of nobody, and told with the rule that blocks it: %s', async (asked, why) => {
  await expect(explained(asked)).rejects.toThrow(
    `there is no person with the person_id or identifier '${asked}': ${why}`,
  )
})

test('what was never seen finds nobody', async () => {
  for (const asked of ['bob@acme.example', '', 'nil']) {
    await expect(explained(asked)).rejects.toThrow(`there is no person with the person_id or identifier '${asked}'`)
  }
})
