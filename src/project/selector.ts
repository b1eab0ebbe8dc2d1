import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import { type Criterion, parseCriterion } from './criterion.ts'
import { matchesGlob, matchesPath } from './glob.ts'
import { ancestors, descendants, type Graph, type GraphNode, topologicalOrder } from './graph.ts'
import type { StateComparison } from './state.ts'

export interface SelectionInput {
  /** The values of `--select`, each with any number of criteria; none selects everything. */
  readonly select: readonly string[]
  readonly exclude: readonly string[]
  /** For `state:`; undefined where no earlier build was given. */
  readonly state?: StateComparison | undefined
  /** Models of the project that are not built, and why: for whoever names one. */
  readonly disabled?: ReadonlyMap<string, string> | undefined
  /** Tests of the project, which are no nodes, by their names and paths: for whoever names one. */
  readonly tests?: ReadonlyMap<string, { readonly what: string; readonly of: readonly string[] }> | undefined
}

export interface Selection {
  /** Selected nodes, each after what it reads. */
  readonly names: readonly string[]
  /** Criteria that cannot be read, or that select nothing. */
  readonly problems: readonly Problem[]
}

/**
 * Selects nodes by dbt's grammar: a name (with `*`), a folder or a dotted path of folders, `tag:`, `path:`, `layer:`, `source:`, `state:`;
 * `+` and `2+` before, `+` and `+2` after, `@` before; a space is union, a comma intersection. Where a model and a folder have one name, the
 * name means the model alone (in dbt it means both): `layer:` and `path:` name the folder.
 */
export function select(graph: Graph, input: SelectionInput): Selection {
  const selector = new Selector(graph, input)
  const chosen = input.select.length === 0 ? new Set(graph.nodes.keys()) : selector.union(input.select)
  const excluded = selector.union(input.exclude)
  const names = topologicalOrder(graph).filter(name => chosen.has(name) && !excluded.has(name))
  return { names, problems: selector.problems }
}

class Selector {
  readonly problems: Problem[] = []

  constructor(
    private readonly graph: Graph,
    private readonly input: SelectionInput,
  ) {}

  union(values: readonly string[]): ReadonlySet<string> {
    const found = new Set<string>()
    for (const value of values) {
      const terms = value.split(/\s+/).filter(term => term !== '')
      if (terms.length === 0) this.criterion('')
      for (const term of terms) for (const name of this.intersection(term)) found.add(name)
    }
    return found
  }

  private intersection(term: string): ReadonlySet<string> {
    const before = this.problems.length
    const parts = term.split(',').map(text => this.criterion(text))
    const common = new Set([...parts[0]!].filter(name => parts.every(part => part.has(name))))
    if (common.size === 0 && this.problems.length === before && !term.includes('state:')) {
      this.problems.push({
        kind: 'project',
        message: `'${term}' selects nothing: what its parts select has nothing in common`,
        hint: 'a comma selects what meets every part; write a space for what meets any of them',
      })
    }
    return common
  }

  private criterion(text: string): ReadonlySet<string> {
    const criterion = parseCriterion(text)
    if ('kind' in criterion) {
      this.problems.push(criterion)
      return new Set()
    }
    const found = this.matching(criterion)
    const all = new Set(found)
    const { up, down, withParentsOfChildren } = criterion
    if (withParentsOfChildren) {
      for (const name of descendants(this.graph, found)) all.add(name)
      for (const name of ancestors(this.graph, [...all])) all.add(name)
    }
    if (up !== undefined) for (const name of ancestors(this.graph, found, up)) all.add(name)
    if (down !== undefined) for (const name of descendants(this.graph, found, down)) all.add(name)
    return all
  }

  private matching(criterion: Criterion): readonly string[] {
    if (criterion.method === 'state') return this.inState(criterion)
    if (criterion.method === 'name' && this.graph.nodes.get(criterion.value)?.kind === 'model') return [criterion.value]
    const nodes = [...this.graph.nodes.values()]
    const found = nodes.filter(node => matches(criterion, node)).map(node => node.name)
    if (found.length === 0) {
      const test = this.input.tests?.get(criterion.value)
      if (test !== undefined && (criterion.method === 'name' || criterion.method === 'path')) {
        const message = `'${criterion.text}' selects nothing: it is ${test.what}, which runs with what it is of`
        this.problems.push({ kind: 'project', message, hint: `select ${test.of.join(' ')}` })
        return []
      }
      const because = criterion.method === 'name' ? this.input.disabled?.get(criterion.value) : undefined
      this.problems.push(because === undefined ? nothingMatches(criterion, nodes) : notBuilt(criterion, because))
    }
    return found
  }

  /** That nothing was modified is an answer, not a mistake. */
  private inState({ text, value }: Criterion): readonly string[] {
    if (value !== 'modified' && value !== 'new') {
      const suggestion = nearest(value, ['modified', 'new'])
      this.problems.push({
        kind: 'project',
        message: `'${text}' selects nothing: there is no state '${value}'`,
        expected: 'state:modified or state:new',
        suggestion: suggestion && `state:${suggestion}`,
      })
      return []
    }
    if (this.input.state === undefined) {
      this.problems.push({
        kind: 'project',
        message: `'${text}' compares with an earlier build, and none is given`,
        hint: 'add --state FOLDER, the folder of that build’s manifest.json',
      })
      return []
    }
    return [...this.input.state[value]].filter(name => this.graph.nodes.has(name))
  }
}

function matches({ method, value }: Criterion, node: GraphNode): boolean {
  switch (method) {
    case 'tag':
      return node.tags.some(tag => matchesGlob(value, tag))
    case 'path':
      return matchesPath(value, node.path) || (!value.includes('/') && matchesGlob(value, node.path.split('/').at(-1)!))
    case 'layer':
      return node.layer !== undefined && matchesGlob(value, node.layer)
    case 'source':
      return node.source !== undefined && matchesGlob(value, value.includes('.') ? node.name : node.source)
    default:
      return node.kind === 'model' && matchesName(value, node)
  }
}

/** By the model's name, or by the folders it stands in: `journeys`, `journeys.sessions`, `journeys.*`. */
function matchesName(value: string, node: GraphNode): boolean {
  if (matchesGlob(value, node.name)) return true
  const folders = [...node.path.split('/').slice(1, -1), node.name]
  return folders.some((_, index) => matchesGlob(value, folders.slice(0, index + 1).join('.')))
}

function nothingMatches({ text, method, value }: Criterion, nodes: readonly GraphNode[]): Problem {
  const suggestion = nearest(
    value,
    nodes.flatMap(node => valuesOf(method, node)),
  )
  const source =
    method === 'name'
      ? nodes.find(node => node.source !== undefined && (node.source === value || node.name === value))
      : undefined
  const meant = source === undefined ? suggestion : `source:${value}`
  return {
    kind: 'project',
    message: `'${text}' selects nothing: no ${what(method)} '${value}'`,
    suggestion: meant === undefined ? undefined : text.replace(value, () => meant),
    hint: meant === undefined ? 'throughline ls lists what there is' : undefined,
  }
}

function notBuilt({ text, value }: Criterion, because: string): Problem {
  return { kind: 'project', message: `'${text}' selects nothing: '${value}' is not built: ${because}` }
}

function what(method: Criterion['method']): string {
  const words = {
    name: 'model or folder is named',
    tag: 'model has the tag',
    path: 'file stands at',
    layer: 'layer is named',
    source: 'source that is switched on is named',
    state: '',
  }
  return words[method]
}

/** What could have been written after the method to meet a node. */
function valuesOf(method: Criterion['method'], node: GraphNode): readonly string[] {
  const folders = node.path.split('/').slice(0, -1)
  switch (method) {
    case 'tag':
      return node.tags
    case 'path':
      return [node.path, ...folders.map((_, index) => folders.slice(0, index + 1).join('/'))]
    case 'layer':
      return node.layer === undefined ? [] : [node.layer]
    case 'source':
      return node.source === undefined ? [] : [node.source, node.name]
    default:
      return node.kind === 'model' ? [node.name, ...folders.slice(1)] : []
  }
}
