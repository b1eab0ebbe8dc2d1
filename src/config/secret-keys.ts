import { nearest } from '../problems/nearest.ts'
import type { ConfigPath } from './config-document.ts'
import { isSecretText, keysOf } from './secret-text.ts'
import { isSecretKey } from './secrets.ts'
import { targetSchema } from './target-schema.ts'

/** Whether the value of a key, wherever it was written, is a secret: of a key of targets by its schema, of any other by its name, or by that of the key that was meant. */
export function isSecretName(key: string): boolean {
  if (Object.hasOwn(allKeys, key)) return isSecretText(allKeys[key]!)
  if (isSecretKey(key)) return true
  if (/_(file|path|uri|url)$/i.test(key)) return false
  const meant = nearest(key, Object.keys(allKeys))
  return meant !== undefined && isSecretText(allKeys[meant]!)
}

/** Whether this is the place of what a target signs in with: a secret, or the file of one. */
export function isOfSignIn([section, , ...keys]: ConfigPath): boolean {
  if (section !== 'targets' || keys.length === 0) return false
  let known = targetKeys
  for (const [index, key] of keys.map(String).entries()) {
    const schema = Object.hasOwn(known, key) ? known[key] : undefined
    if (schema === undefined) return false
    if (index === keys.length - 1) return isSecretText(schema) || key.endsWith('_file')
    known = keysOf(schema)
  }
  return false
}

const targetKeys = keysOf(targetSchema)
/** With those of the maps in it. */
const allKeys: typeof targetKeys = Object.assign({}, ...Object.values(targetKeys).map(keysOf), targetKeys)
