import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { NamedModel } from '../project/project.ts'

/** The rows of a seed, from the uppermost layer that has them: they may be replaced without the contract, and the contract without them. */
export function seedFileOf({ path, file }: NamedModel, written: string, layers: readonly string[]): string {
  const within = join(dirname(path), written)
  const found = layers.map(layer => join(layer, within)).find(existing => existsSync(existing))
  return found ?? resolve(dirname(file), written)
}
