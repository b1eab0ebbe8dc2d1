/** A model or a raw table, as far as order and selection need to know it. */
export interface GraphNode {
  /** `sessions`, or `clickstream.events` for a raw table. */
  readonly name: string
  readonly kind: 'model' | 'source'
  /** Names of the nodes that it reads itself. */
  readonly parents: readonly string[]
  readonly tags: readonly string[]
  /** Path of its file within the project: `models/journeys/sessions.ts`. */
  readonly path: string
  /** The schema's folder; undefined for a raw table. */
  readonly layer: string | undefined
  /** The source system of a raw table. */
  readonly source: string | undefined
}

/** Who reads whom. */
export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>
  /** What each node reads, in order of name. */
  readonly parents: ReadonlyMap<string, readonly string[]>
  /** What reads each node, in order of name. */
  readonly children: ReadonlyMap<string, readonly string[]>
}

/** The graph of these nodes; a parent that is not among them is left out. Circles were reported when the queries were compiled: there is none. */
export function graphOfNodes(nodes: Iterable<GraphNode>): Graph {
  const byName = new Map([...nodes].sort((a, b) => (a.name < b.name ? -1 : 1)).map(node => [node.name, node]))
  const parents = new Map<string, readonly string[]>()
  const children = new Map<string, string[]>([...byName.keys()].map(name => [name, []]))
  for (const node of byName.values()) {
    const known = [...new Set(node.parents)].filter(parent => byName.has(parent)).sort()
    parents.set(node.name, known)
    for (const parent of known) children.get(parent)!.push(node.name)
  }
  return { nodes: byName, parents, children }
}

/** What these nodes read, directly or through others, up to `depth` steps away; they themselves only where one reads another. */
export function ancestors(
  graph: Graph,
  names: Iterable<string>,
  depth = Number.POSITIVE_INFINITY,
): ReadonlySet<string> {
  return reached(graph.parents, names, depth)
}

/** What reads these nodes, directly or through others, up to `depth` steps away; they themselves only where one reads another. */
export function descendants(
  graph: Graph,
  names: Iterable<string>,
  depth = Number.POSITIVE_INFINITY,
): ReadonlySet<string> {
  return reached(graph.children, names, depth)
}

/** Every node after all that it reads; among those that could come next, the first by name. */
export function topologicalOrder(graph: Graph): readonly string[] {
  const open = new Map([...graph.parents].map(([name, parents]) => [name, parents.length]))
  const ready = [...open].filter(([, count]) => count === 0).map(([name]) => name)
  const order: string[] = []
  while (ready.length > 0) {
    const name = ready.shift()!
    order.push(name)
    for (const child of graph.children.get(name)!) {
      const left = open.get(child)! - 1
      open.set(child, left)
      if (left === 0) insertSorted(ready, child)
    }
  }
  return order
}

/**
 * The weight of the heaviest path from each node to an end of the graph, its own included: the number of nodes, or with `weightOf`
 * (the seconds of an earlier run, say) their sum. What has the heaviest path ahead is started first.
 */
export function pathWeights(graph: Graph, weightOf: (name: string) => number = () => 1): ReadonlyMap<string, number> {
  const weights = new Map<string, number>()
  for (const name of topologicalOrder(graph).toReversed()) {
    const ahead = graph.children.get(name)!.map(child => weights.get(child)!)
    weights.set(name, weightOf(name) + Math.max(0, ...ahead))
  }
  return weights
}

/** Breadth first, so that each node is met at its least distance. */
function reached(
  edges: ReadonlyMap<string, readonly string[]>,
  names: Iterable<string>,
  depth: number,
): ReadonlySet<string> {
  const found = new Set<string>()
  let frontier: Iterable<string> = new Set(names)
  for (let step = 0; step < depth; step++) {
    const next = new Set<string>()
    for (const name of frontier) {
      for (const other of edges.get(name) ?? []) if (!found.has(other)) next.add(other)
    }
    if (next.size === 0) break
    for (const name of next) found.add(name)
    frontier = next
  }
  return found
}

function insertSorted(sorted: string[], name: string): void {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < name) low = middle + 1
    else high = middle
  }
  sorted.splice(low, 0, name)
}
