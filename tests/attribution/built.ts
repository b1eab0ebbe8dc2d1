import { runTests } from '../../src/quality/run-tests.ts'
import { type World, worldOf } from '../support/world.ts'
import type { RandomWorld } from './random-worlds.ts'

export const models = [
  'conversion_touches',
  'conversion_segments',
  'attribution_credits',
  'attribution_by_channel',
  'attribution_comparison',
]

/** A world with the models of attribution, and what their data tests refer to. */
export function built({ events, definitions }: Pick<RandomWorld, 'events' | 'definitions'>): Promise<World> {
  return worldOf(events, { definitions, models: [...models, 'people'] })
}

/** What the data tests of a model that do not pass say. */
export async function failuresOf({ session, compiled }: World, model: string): Promise<readonly string[]> {
  const compiledModel = compiled.models.get(model)!
  const settings = {
    tableOf: (name: string) => compiled.models.get(name)!.table,
    stands: async () => true,
    storeFailures: undefined,
    withTests: true,
    inOneStatement: false,
  }
  const { tests } = await runTests(session, compiledModel, compiledModel.table, settings)
  return tests.filter(({ status }) => status !== 'pass').map(({ says }) => says)
}
