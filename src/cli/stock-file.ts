import { dirname, posix } from 'node:path'
import { nearest } from '../problems/nearest.ts'
import { ProblemsError } from '../problems/problem.ts'
import { filesOfLayers } from '../project/layers.ts'
import type { Project } from '../project/project.ts'

/**
 * The path of the stock file that is meant: its path, with or without `.ts`; the end of it, `journeys/sessions`; or the name of a model.
 * Throws `ProblemsError` where that is none, or several.
 */
export function stockFile(asked: string, stock: Project): string {
  const paths = filesOfLayers(stock.layers).map(({ path }) => path)
  const wanted = withoutEnding(asked.replaceAll('\\', '/').replace(/^\.\//, ''))
  const found = paths.filter(path => `/${withoutEnding(path)}`.endsWith(`/${wanted}`))
  const named = stock.models.get(wanted)?.path
  const [only, ...others] = named !== undefined && found.includes(named) ? [named] : found
  if (only === undefined) {
    const known = paths.flatMap(path => [withoutEnding(path), posix.basename(path, '.ts'), lastTwo(path)])
    const message = `the stock layer has no model or file '${asked}'`
    const hint = 'throughline ls lists the models; a source, macro, seed or definition is named by its path'
    throw new ProblemsError([{ kind: 'project', message, suggestion: nearest(wanted, known), hint }])
  }
  if (others.length === 0) return only
  const message = `'${asked}' could be ${[only, ...others].join(' or ')}`
  throw new ProblemsError([{ kind: 'project', message, hint: 'name one by its path' }])
}

/** The CSV of a seed's rows, beside its file; undefined where the file is no seed's. */
export function rowsOfSeed(path: string, stock: Project): string | undefined {
  const model = stock.models.get(posix.basename(path, '.ts'))
  if (model?.path !== path || model.value.build.kind !== 'seed') return undefined
  return posix.join(dirname(path), model.value.build.file)
}

function withoutEnding(path: string): string {
  return path.replace(/\.ts$/, '')
}

function lastTwo(path: string): string {
  return withoutEnding(path).split('/').slice(-2).join('/')
}
