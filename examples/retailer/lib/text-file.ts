import { closeSync, openSync, renameSync, writeSync } from 'node:fs'

/** A file written from front to back, under another name until it is whole, so that nobody takes half a file for one. */
export class TextFile {
  readonly path: string
  readonly #descriptor: number
  #waiting = ''

  constructor(path: string) {
    this.path = path
    this.#descriptor = openSync(`${path}.partial`, 'w')
  }

  write(text: string): void {
    this.#waiting += text
    if (this.#waiting.length >= 256 * 1024) this.#flush()
  }

  finish(): void {
    this.#flush()
    closeSync(this.#descriptor)
    renameSync(`${this.path}.partial`, this.path)
  }

  #flush(): void {
    const bytes = Buffer.from(this.#waiting, 'utf8')
    for (let written = 0; written < bytes.length; ) written += writeSync(this.#descriptor, bytes, written)
    this.#waiting = ''
  }
}
