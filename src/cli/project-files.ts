import { readFileSync, realpathSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { engineKeys } from '../config/engine-schema.ts'
import * as engine from '../index.ts'
import { filesOfLayers } from '../project/layers.ts'
import { loadProject } from '../project/load-project.ts'
import type { LoadedProject, Project } from '../project/project.ts'
import { StrippedCache } from '../project/strip-types.ts'
import { workFolder } from './folders.ts'

/** What the config may hold: each section and each system's settings by name. */
export interface ConfigSchemas {
  readonly sections: Readonly<Record<string, z.ZodType>>
  readonly sources: Readonly<Record<string, z.ZodType>>
}

/** Loads the project whose config stands in `folder`: that folder over the stock layer, or the stock layer itself. */
export function loadProjectOf(folder: string, stock: string): LoadedProject {
  const cache = new StrippedCache(join(folder, workFolder, 'cache', 'stripped.json'))
  const loaded = loadProject(layersOf(folder, stock), engine, cache.strip)
  cache.save()
  return loaded
}

/** Loads one layer by itself. */
export function loadLayer(folder: string): LoadedProject {
  return loadProject([folder], engine, new StrippedCache(undefined).strip)
}

function layersOf(folder: string, stock: string): readonly string[] {
  return realpathSync(folder) === realpathSync(stock) ? [folder] : [folder, stock]
}

export function schemasOf(project: Project): ConfigSchemas {
  const definitions = [...project.definitions.values()].map(({ value }) => [value.section, value.schema] as const)
  const sources = [...project.sources.values()].map(({ name, value }) => [name, value.settings] as const)
  return { sections: Object.fromEntries(definitions), sources: Object.fromEntries(sources) }
}

/** The schemas, where files have problems: what is in the config for a file that could not be loaded is let through unread, lest it be told as unknown. */
export function lenientSchemasOf(project: Project): ConfigSchemas {
  const { sections, sources } = schemasOf(project)
  const loaded = new Set([...project.definitions.values(), ...project.sources.values()].map(({ path }) => path))
  const lost = filesOfLayers(project.layers).filter(({ path }) => !loaded.has(path))
  const lostSources = lost.filter(({ path }) => path.startsWith('sources/')).map(({ path }) => basename(path, '.ts'))
  const lostSections = lost.filter(({ path }) => path.startsWith('models/')).flatMap(({ file }) => sectionsIn(file))
  return { sections: { ...unread(lostSections), ...sections }, sources: { ...unread(lostSources), ...sources } }
}

function unread(names: readonly string[]): Readonly<Record<string, z.ZodType>> {
  return Object.fromEntries(names.map(name => [name, z.any()]))
}

/** The sections that a file defines, as far as its text says so. */
function sectionsIn(file: string): readonly string[] {
  const found = readFileSync(file, 'utf8').matchAll(/\bdefinition\(\s*['"`](\w+)['"`]/g)
  return [...found].map(([, section]) => section!).filter(section => !engineKeys.includes(section))
}
