import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { loadConfig } from '../../config/load-config.ts'
import type { KitProject } from '../../conformance/kit.ts'
import * as engine from '../../index.ts'
import { ProblemsError } from '../../problems/problem.ts'
import { loadProject } from '../../project/load-project.ts'
import type { LoadedProject, Project } from '../../project/project.ts'
import { StrippedCache } from '../../project/strip-types.ts'
import { loadLayer, schemasOf } from '../project-files.ts'

/**
 * The retailer's project: its config and seeds over the stock models, with the user's own macros, for they are to be proven too. Its raw files
 * come with the package.
 */
export function loadRetailer(stock: string, userFolder: string): KitProject {
  const folder = join(stock, 'examples/retailer')
  const file = join(folder, 'warehouse.config.yaml')
  const raw = join(stock, 'dist/retailer/raw')
  mustBeThere([file, raw])
  const project = withMacrosOf(userFolder, macros =>
    withoutProblems(loadProject([macros, folder, stock], engine, strip)),
  )
  const config = loadConfig({
    file,
    text: readFileSync(file, 'utf8'),
    env: {},
    ...schemasOf(project),
    target: undefined,
  })
  const { definitions, exclude } = config
  const sources = Object.fromEntries(
    Object.entries(config.sources as Readonly<Record<string, { readonly folder: string }>>).map(([name, settings]) => [
      name,
      { ...settings, folder: join(raw, basename(settings.folder)) },
    ]),
  )
  return { project, definitions, sources, exclude }
}

/** The small shop, which knows nothing of the stock models. */
export function loadShop(folder: string): KitProject {
  return { project: withoutProblems(loadLayer(folder)), definitions: {}, sources: {}, exclude: [] }
}

export function shopFolderIn(stock: string): string {
  const folder = join(stock, 'examples/small-shop')
  mustBeThere([folder])
  return folder
}

const { strip } = new StrippedCache(undefined)

function withoutProblems({ project, problems }: LoadedProject): Project {
  if (problems.length > 0) throw new ProblemsError(problems)
  return project
}

/** The macros of a folder, in a layer without the models that stand beside them. Problems are told of the folder, not of the layer. */
function withMacrosOf<T>(folder: string, work: (layer: string) => T): T {
  const layer = mkdtempSync(join(tmpdir(), 'throughline-macros-'))
  try {
    const macros = join(folder, 'macros')
    if (existsSync(macros)) cpSync(macros, join(layer, 'macros'), { recursive: true })
    return work(layer)
  } catch (error) {
    throw error instanceof ProblemsError ? toldOf(folder, layer, error) : error
  } finally {
    rmSync(layer, { recursive: true, force: true })
  }
}

function toldOf(folder: string, layer: string, { problems, cause }: ProblemsError): ProblemsError {
  const back = (text: string): string => text.replaceAll(layer, folder)
  const mended = problems.map(problem => {
    const { message, place, hint } = problem
    return {
      ...problem,
      message: back(message),
      ...(place === undefined ? {} : { place: { ...place, file: back(place.file) } }),
      ...(hint === undefined ? {} : { hint: back(hint) }),
    }
  })
  return new ProblemsError(mended, { cause })
}

function mustBeThere(paths: readonly string[]): void {
  const missing = paths.filter(path => !existsSync(path))
  if (missing.length === 0) return
  const message = `a part of the package is missing: ${missing.join(', ')}`
  throw new ProblemsError([
    { kind: 'project', message, hint: 'in a checkout, npm run build makes it; elsewhere, install throughline again' },
  ])
}
