import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { transform } from 'sucrase'

/** A file as CommonJS with every line in place. */
export type StripTypes = (file: string, text: string) => string

const version = 1

/** Strips types with sucrase, keeping what it stripped by the content's hash in one cache file; `save` writes it where anything is new. */
export class StrippedCache {
  private readonly known: Record<string, string>
  private readonly used: Record<string, string> = {}
  private isChanged = false

  constructor(private readonly cacheFile: string | undefined) {
    this.known = read(cacheFile)
  }

  readonly strip: StripTypes = (file, text) => {
    const hash = createHash('sha1').update(text).digest('base64')
    let code = this.known[hash]
    if (code === undefined) {
      code = transform(text, {
        transforms: ['typescript', 'imports'],
        filePath: file,
        disableESTransforms: true,
        preserveDynamicImport: true,
        production: true,
      }).code
      this.isChanged = true
    }
    this.used[hash] = code
    return code
  }

  /** Keeps what this run used; a folder that cannot be written to costs the cache, never the run. */
  save(): void {
    if (!this.isChanged || this.cacheFile === undefined) return
    try {
      mkdirSync(dirname(this.cacheFile), { recursive: true })
      const temporary = `${this.cacheFile}.${process.pid}`
      writeFileSync(temporary, JSON.stringify({ version, code: this.used }))
      renameSync(temporary, this.cacheFile)
    } catch {
      this.isChanged = false
    }
  }
}

function read(cacheFile: string | undefined): Record<string, string> {
  if (cacheFile === undefined || !existsSync(cacheFile)) return {}
  try {
    const cached = JSON.parse(readFileSync(cacheFile, 'utf8')) as { version: number; code: Record<string, string> }
    return cached.version === version ? cached.code : {}
  } catch {
    return {}
  }
}
