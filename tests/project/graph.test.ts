import { describe, expect, test } from 'vitest'
import { graphOf } from '../../src/compile/graph-of.ts'
import {
  ancestors,
  descendants,
  type GraphNode,
  graphOfNodes,
  pathWeights,
  topologicalOrder,
} from '../../src/project/graph.ts'
import { projectOf } from '../support/project.ts'

const node = (name: string, ...parents: string[]): GraphNode => ({
  name,
  kind: 'model',
  parents,
  tags: [],
  path: `models/shop/${name}.ts`,
  layer: 'shop',
  source: undefined,
})

//   a -> b -> d -> e
//   a -> c -> d        f stands alone
const diamond = graphOfNodes([
  node('e', 'd'),
  node('d', 'c', 'b'),
  node('c', 'a'),
  node('b', 'a'),
  node('a'),
  node('f'),
])

describe('the graph', () => {
  test('knows parents and children, each in order of name', () => {
    expect(diamond.parents.get('d')).toEqual(['b', 'c'])
    expect(diamond.children.get('a')).toEqual(['b', 'c'])
    expect(diamond.children.get('e')).toEqual([])
  })

  test('leaves out a parent that is not built', () => {
    expect(graphOfNodes([node('x', 'gone')]).parents.get('x')).toEqual([])
  })

  test('gives ancestors and descendants, all of them or up to a number of steps', () => {
    expect([...ancestors(diamond, ['e'])].sort()).toEqual(['a', 'b', 'c', 'd'])
    expect([...ancestors(diamond, ['e'], 2)].sort()).toEqual(['b', 'c', 'd'])
    expect([...ancestors(diamond, ['e'], 0)]).toEqual([])
    expect([...descendants(diamond, ['a'])].sort()).toEqual(['b', 'c', 'd', 'e'])
    expect([...descendants(diamond, ['a'], 1)].sort()).toEqual(['b', 'c'])
    expect([...descendants(diamond, ['f'])]).toEqual([])
  })

  test('counts steps by the shortest way, not the first one found', () => {
    const shortcut = graphOfNodes([node('a'), node('b', 'a'), node('c', 'b', 'a'), node('d', 'c')])
    expect([...descendants(shortcut, ['a'], 2)].sort()).toEqual(['b', 'c', 'd'])
  })

  test('orders every node after what it reads, and by name where either could come first', () => {
    expect(topologicalOrder(diamond)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(topologicalOrder(graphOfNodes([node('b'), node('a', 'c'), node('c')]))).toEqual(['b', 'c', 'a'])
  })

  test('weighs the longest way ahead of each node by the number of nodes', () => {
    expect(Object.fromEntries(pathWeights(diamond))).toEqual({ a: 4, b: 3, c: 3, d: 2, e: 1, f: 1 })
  })

  test('weighs the longest way ahead of each node by the seconds of an earlier run', () => {
    const seconds: Record<string, number> = { a: 1, b: 10, c: 2, d: 3, e: 4, f: 100 }
    const weights = pathWeights(diamond, name => seconds[name] ?? 0)
    expect(Object.fromEntries(weights)).toEqual({ a: 18, b: 17, c: 9, d: 7, e: 4, f: 100 })
  })
})

describe('the graph of a project', () => {
  const { compiled, problems } = projectOf(
    {
      'sources/shop.ts': `
        import { source, text, z } from 'throughline'
        export const shop = source({
          description: 'A shop.',
          settings: z.strictObject({ file: z.string() }),
          tables: {
            orders: {
              description: 'Orders.',
              columns: () => ({ order_id: text('The order') }),
              location: ({ file }) => ({ file, badRows: 'fail' }),
            },
          },
        })`,
      'models/staging/raw_orders.ts': `
        import { key, model, sql } from 'throughline'
        import { shop } from '../../sources/shop'
        export const raw_orders = model({
          description: 'Orders as they come.',
          grain: [],
          columns: { order_id: key('The order') },
          materialize: { kind: 'inline' },
          uses: { shop },
          query: () => sql\`select order_id from \${shop.tables.orders}\`,
        })`,
      'models/shop/orders.ts': `
        import { key, model, sql } from 'throughline'
        import { raw_orders } from '../staging/raw_orders'
        export const orders = model({
          description: 'Orders.',
          grain: ['order_id'],
          columns: { order_id: key('The order') },
          materialize: { kind: 'table' },
          tags: ['daily'],
          query: () => sql\`select distinct order_id from \${raw_orders}\`,
        })`,
      'models/shop/order_notes.ts': `
        import { model, references, sql } from 'throughline'
        import { orders } from './orders'
        export const order_notes = model({
          description: 'Notes.',
          grain: ['order_id'],
          columns: { order_id: references(orders.columns.order_id) },
          materialize: { kind: 'view' },
          query: () => sql\`select 'o' as order_id\`,
        })`,
    },
    { sources: { shop: { file: 'orders.csv' } } },
  )

  test('has raw tables, inline models and what queries read, but not what only a test refers to', () => {
    expect(problems).toEqual([])
    const graph = graphOf(compiled)
    expect(Object.fromEntries(graph.parents)).toEqual({
      order_notes: [],
      orders: ['raw_orders'],
      raw_orders: ['shop.orders'],
      'shop.orders': [],
    })
    expect(graph.nodes.get('orders')).toEqual({
      name: 'orders',
      kind: 'model',
      parents: ['raw_orders'],
      tags: ['daily'],
      path: 'models/shop/orders.ts',
      layer: 'shop',
      source: undefined,
    })
    expect(graph.nodes.get('shop.orders')).toMatchObject({ kind: 'source', source: 'shop', path: 'sources/shop.ts' })
  })
})
