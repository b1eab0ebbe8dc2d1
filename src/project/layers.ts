import { existsSync, readdirSync } from 'node:fs'
import { join, posix, sep } from 'node:path'

/** The folders of a project that hold what its authors write. */
export const projectFolders = [
  'sources',
  'macros',
  'models',
  'seeds',
  'explanations',
  'unit_tests',
  'data_tests',
] as const

/** A file of the project: its path within its layer (posix), and where it really is. */
export interface ProjectFile {
  readonly path: string
  readonly file: string
}

/** A file and what it stands over. */
export interface LayeredFile extends ProjectFile {
  /** The place of its layer, 0 for the user's. */
  readonly layer: number
  /** Whether a layer below has a file of that path, too. */
  readonly isReplacing: boolean
}

/** The place of the layer that a file stands in, 0 for the user's. */
export function layerOf(file: string, layers: readonly string[]): number {
  return layers.findIndex(folder => file.startsWith(`${folder}${sep}`))
}

/**
 * A project is a stack of folders, the user's first, the stock one under it: a file at the same relative path in an upper layer
 * replaces the one below for everybody, a new path is added. Gives every `.ts` file once, in order of path.
 */
export function filesOfLayers(layers: readonly string[]): readonly LayeredFile[] {
  const files = new Map<string, LayeredFile>()
  for (const [place, layer] of layers.entries()) {
    for (const folder of projectFolders) {
      const root = join(layer, folder)
      if (!existsSync(root)) continue
      for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.name.endsWith('.d.ts')) continue
        const file = join(entry.parentPath, entry.name)
        const path = posix.join(folder, file.slice(root.length + 1).replaceAll('\\', '/'))
        const above = files.get(path)
        files.set(path, above ? { ...above, isReplacing: true } : { path, file, layer: place, isReplacing: false })
      }
    }
  }
  return [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}
