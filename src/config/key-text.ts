import { isScalar } from 'yaml'

/** A key as text; undefined where a map or a list was used as a key. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key)) return undefined
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
}
