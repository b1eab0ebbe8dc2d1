import type { Fingerprints } from '../compile/fingerprint.ts'
import { ProblemsError } from '../problems/problem.ts'
import { readArtifact } from './artifact-file.ts'
import { isObject } from './json.ts'
import { fingerprintVariable, fingerprintVersion } from './manifest.ts'

const hint = '--state names the folder that holds the manifest.json of an earlier build'

/** The fingerprints of an earlier build, from the `manifest.json` in `folder`, for `compareState`. Throws `ProblemsError` where it cannot be compared. */
export function readState(folder: string): Fingerprints {
  const manifest = readArtifact(folder, 'manifest.json', hint)
  const { env } = manifest.metadata as Readonly<Record<string, unknown>>
  const version = isObject(env) ? env[fingerprintVariable] : undefined
  if (version !== fingerprintVersion) {
    const message =
      version === undefined
        ? `the manifest.json in ${folder} was written by another tool: it has no fingerprints`
        : `the manifest.json in ${folder} was written by another version, whose fingerprints mean something else`
    throw new ProblemsError([
      { kind: 'project', message, hint: 'build once with this version, then compare with that build' },
    ])
  }
  return new Map([...modelsOf(manifest.nodes), ...sourcesOf(manifest.sources)])
}

function modelsOf(nodes: unknown): [string, string][] {
  return objectsIn(nodes).flatMap(({ name, resource_type: type, checksum }): [string, string][] => {
    if (type !== 'model' && type !== 'seed') return []
    return isObject(checksum) ? [[String(name), String(checksum.checksum)]] : []
  })
}

function sourcesOf(sources: unknown): [string, string][] {
  return objectsIn(sources).flatMap(({ name, source_name: source, meta }): [string, string][] =>
    isObject(meta) ? [[`${source}.${name}`, String(meta.fingerprint)]] : [],
  )
}

function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return isObject(value) ? Object.values(value).filter(isObject) : []
}
