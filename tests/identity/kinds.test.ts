import { expect, test } from 'vitest'
import { problemsWith } from './config-problems.ts'
import { type Told, toldWorld } from './told-world.ts'

const file = 'warehouse.config.yaml'

test('a rule for a kind of identifier that there is not is refused at its line, wherever it stands, with the nearest', () => {
  expect(
    problemsWith(`
  one_person_per: usr_id
  links: [[user_id, emial], [user_id, cookie_id]]
  limits: [{ for_one: cokie_id, at_most: 3, of: userid }]
  blocked: { phon: ["+490000000"] }
  merge: [[{ user_ids: A }, { user_id: B }]]
  keep_apart: [[{ user_id: A }, { custmer: B }]]`),
  ).toEqual([
    `${file}:5:19  identity.one_person_per: there is no kind of identifier usr_id; did you mean user_id?`,
    `${file}:6:21  identity.links[0][1]: there is no kind of identifier emial; did you mean email?`,
    `${file}:7:23  identity.limits[0].for_one: there is no kind of identifier cokie_id; did you mean cookie_id?`,
    `${file}:7:49  identity.limits[0].of: there is no kind of identifier userid; did you mean user_id?`,
    `${file}:8:20  identity.blocked.phon: there is no kind of identifier phon; did you mean phone?`,
    `${file}:9:24  identity.merge[0][0].user_ids: there is no kind of identifier user_ids; did you mean user_id?`,
    `${file}:10:44  identity.keep_apart[0][1].custmer: there is no kind of identifier custmer`,
  ])
})

test('a kind of the company is one where strength has it, and nobody need be a person of a kind', () => {
  const rules = `
  one_person_per: none
  limits: [{ for_one: badge_id, at_most: 3, of: user_id }]`
  expect(problemsWith(`${rules}\n  strength: [badge_id]`)).toEqual([])
  expect(problemsWith(rules)).toEqual([
    `${file}:6:23  identity.limits[0].for_one: there is no kind of identifier badge_id`,
  ])
})

test('a kind of the company that no system tells is warned of', async () => {
  const told: Told = {
    events: [{ event_id: '1', at: '2026-03-01 10:00:00', kind: 'badge_id', value: '17' }],
  }
  const { compiled, session } = await toldWorld(told, { strength: ['bagde_id', 'user_id', 'badge_id'] }, [
    'identifier_kinds',
  ])
  const { table, tests } = compiled.models.get('identifier_kinds')!
  const warning = tests.find(test => test.kind === 'never')!
  expect(warning.options.severity).toBe('warn')
  expect(await session.query(warning.rows(table).text)).toEqual([{ identifier_kind: 'bagde_id' }])
})
