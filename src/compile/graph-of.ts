import { type Graph, type GraphNode, graphOfNodes } from '../project/graph.ts'
import type { CompiledProject } from './compiled.ts'

/** The graph of what is built: raw tables and models, inline ones too, each with what its own queries read. */
export function graphOf(compiled: CompiledProject): Graph {
  const sources = [...compiled.sourceTables.values()].map(
    ({ name, path, source }): GraphNode => ({
      name,
      kind: 'source',
      parents: [],
      tags: [],
      path,
      layer: undefined,
      source,
    }),
  )
  const models = [...compiled.models.values()].map(
    ({ name, layer, model, reads, readsSourceTables }): GraphNode => ({
      name,
      kind: 'model',
      parents: [...reads, ...readsSourceTables],
      tags: model.value.tags,
      path: model.path,
      layer,
      source: undefined,
    }),
  )
  return graphOfNodes([...sources, ...models])
}
