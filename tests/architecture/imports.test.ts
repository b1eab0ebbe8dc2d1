import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The rooms of `src/`, and the rooms that each may import: imports run down only. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  problems: [],
  authoring: ['problems'],
  config: ['problems'],
  project: ['authoring', 'problems'],
  compile: ['authoring', 'project', 'problems'],
  warehouse: ['authoring', 'compile', 'problems'],
  googlesql: ['authoring', 'problems'],
  materialize: ['authoring', 'compile', 'warehouse', 'problems'],
  check: ['authoring', 'compile', 'project', 'warehouse', 'googlesql', 'problems'],
  quality: ['authoring', 'compile', 'project', 'materialize', 'warehouse', 'googlesql', 'problems'],
  run: ['compile', 'materialize', 'quality', 'warehouse', 'problems'],
  artifacts: ['authoring', 'compile', 'project', 'quality', 'run', 'problems'],
  conformance: ['authoring', 'compile', 'project', 'run', 'warehouse', 'problems'],
  'index.ts': ['authoring', 'config', 'problems'],
}

interface Import {
  readonly from: string
  readonly to: string
}

function importsBelow(folder: string): readonly Import[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => posix.join(folder, file.replaceAll('\\', '/')))
    .flatMap(from => {
      const text = readFileSync(join(root, from), 'utf8')
      const paths = [...text.matchAll(/\bfrom\s+'([^']+)'|\bimport\('([^']+)'\)/g)].map(match => match[1] ?? match[2]!)
      return paths.map(path => ({ from, to: path.startsWith('.') ? posix.join(posix.dirname(from), path) : path }))
    })
}

const roomOf = (path: string): string => path.split('/')[1]!

describe('Imports', () => {
  const engine = importsBelow('src')

  it('are read: the engine has hundreds of them', () => {
    expect(engine.length).toBeGreaterThan(300)
    expect(new Set(engine.map(({ from }) => roomOf(from)))).toContain('cli')
  })

  it('run down the road of a build, and nobody imports the command line', () => {
    const upward = engine.filter(({ from, to }) => {
      if (!to.startsWith('src/') || roomOf(from) === 'cli') return false
      const room = roomOf(from)
      return roomOf(to) !== room && !rooms[room]!.includes(roomOf(to))
    })
    expect(upward).toEqual([])
  })

  it('reach a warehouse through its interface: only the command line names one', () => {
    const direct = engine.filter(
      ({ from, to }) => /^src\/warehouse\/\w+\//.test(to) && !['warehouse', 'cli'].includes(roomOf(from)),
    )
    expect(direct).toEqual([])
  })

  it('of the engine know nothing of models, and those of models nothing of the engine but its name', () => {
    const authored = ['models', 'macros', 'sources', 'seeds', 'explanations', 'unit_tests', 'data_tests']
      .filter(folder => existsSync(join(root, folder)))
      .flatMap(importsBelow)
    expect(authored.length).toBeGreaterThan(100)
    expect(engine.filter(({ to }) => /^(models|macros|sources|seeds|explanations)\//.test(to))).toEqual([])
    // What is said of one thing may be said of another too.
    const isShared = ({ from, to }: Import) => from.startsWith('explanations/') && to.startsWith('explanations/')
    const isOfModels = ({ to }: Import) => to === 'throughline' || /^(models|macros|sources|seeds)\//.test(to)
    expect(authored.filter(each => !isOfModels(each) && !isShared(each))).toEqual([])
  })

  it('of macros are of macros alone', () => {
    const macros = importsBelow('macros')
    expect(macros.filter(({ to }) => to !== 'throughline' && !to.startsWith('macros/'))).toEqual([])
  })
})
