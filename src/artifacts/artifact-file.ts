import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Problem, ProblemsError } from '../problems/problem.ts'
import { isObject, type JsonObject } from './json.ts'

export type ArtifactName = 'manifest.json' | 'run_results.json' | 'catalog.json' | 'sources.json'

/**
 * Writes an artifact into the target folder, whole or not at all: a reader never sees half of it. `mask` blots out secrets in the text.
 * Gives the file's path.
 */
export function writeArtifact(
  folder: string,
  name: ArtifactName,
  artifact: JsonObject,
  mask: (text: string) => string = text => text,
): string {
  const file = join(folder, name)
  const temporary = `${file}.${process.pid}.tmp`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(temporary, mask(`${JSON.stringify(artifact)}\n`))
    renameSync(temporary, file)
  } catch (error) {
    removeQuietly(temporary)
    throw new ProblemsError([{ kind: 'project', message: `${file} cannot be written: ${reasonOf(error)}` }], {
      cause: error,
    })
  }
  return file
}

/** The artifact in a folder. Throws `ProblemsError` where it is not there, or no such artifact. */
export function readArtifact(folder: string, name: ArtifactName, hint: string): Readonly<Record<string, unknown>> {
  const file = join(folder, name)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const message = isMissing(error) ? `there is no ${file}` : `${file} cannot be read: ${reasonOf(error)}`
    throw problem({ message, hint }, error)
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw problem({ message: `${file} is not JSON: ${reasonOf(error)}`, hint }, error)
  }
  if (!isObject(value) || !isObject(value.metadata)) {
    throw problem({ message: `${file} is no ${name} of a build: it has no metadata`, hint })
  }
  return value
}

/** What is wrong was said already: that its remains cannot be removed either is no news. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // the folder is no folder, or may not be written to
  }
}

function problem(words: Pick<Problem, 'message' | 'hint'>, cause?: unknown): ProblemsError {
  return new ProblemsError([{ kind: 'project', ...words }], { cause })
}

function isMissing(error: unknown): boolean {
  return (error as { readonly code?: string }).code === 'ENOENT'
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message: string }
  const known: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'there is a file where a folder should be',
    EEXIST: 'there is a file where a folder should be',
    EISDIR: 'it is a folder',
  }
  return known[code ?? ''] ?? message
}
