import { describe, expect, it } from 'vitest'
import { folderOf } from '../support/project.ts'
import { kiosk } from './kiosk.ts'
import { type } from './support.ts'

const target = (keys: string) => `  prod: { engine: bigquery, project: acme, location: EU, dataset: j, ${keys} }\n`

/** What `ls` says of the kiosk with this target, whose customers are classified as persons. */
async function toldOf(keys: string) {
  const config = kiosk['warehouse.config.yaml']!.replace('targets:\n', `targets:\n${target(keys)}`)
  const orders = kiosk['models/shop/orders.ts']!.replace("text('Who')", "text('Who').classified('person')")
  const folder = folderOf({ ...kiosk, 'warehouse.config.yaml': config, 'models/shop/orders.ts': orders })
  const { exitCode, stderr } = await type(folder, ['ls', '--target', 'prod'])
  return { exitCode, stderr }
}

const tag = 'projects/acme/locations/eu/taxonomies/1/policyTags/2'

describe('A target that speaks of the project', () => {
  it('says of models and classes that are there what it likes', async () => {
    const keys = `models: { orders: { priority: batch }, customers: {} }, policy_tags: { person: ${tag} }`
    expect(await toldOf(keys)).toMatchObject({ exitCode: 0 })
  })

  it.each([
    ['models: { order: { priority: batch } }', 'targets.prod.models: there is no model order; did you mean orders?'],
    [
      'models: { named: { priority: batch } }',
      'targets.prod.models.named: it is inline, and has no statement of its own',
    ],
    [
      `policy_tags: { persn: ${tag} }`,
      'targets.prod.policy_tags: no column is classified as persn; did you mean person?',
    ],
    [
      `policy_tags: { person: ${tag.replace('/eu/', '/us/')} }`,
      "targets.prod.policy_tags.person: is a tag of us, and the target's datasets are in EU",
    ],
  ])('names nothing that is not there: %s', async (keys, message) => {
    const { exitCode, stderr } = await toldOf(keys)
    expect(exitCode).toBe(2)
    expect(stderr).toContain(message)
    expect(stderr).toMatch(/^warehouse\.config\.yaml:\d+:\d+ /m)
  })
})
