import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(root, 'docs/trust.md'), 'utf8')

/** Tests that the page names; `…` stands for the folder of those before. */
function namedTests(): readonly string[] {
  const named: string[] = []
  for (const [, path] of page.matchAll(/`((?:tests|…)\/[\w/*…-]+)`/g)) {
    const folder = named.findLast(each => each.startsWith('tests/conformance/')) ?? ''
    named.push(path!.startsWith('…') ? join(dirname(folder), path!.slice(2)) : path!)
  }
  return named
}

test('Every test that docs/trust.md names is there', () => {
  const named = namedTests()
  expect(named.length).toBeGreaterThan(30)
  const isThere = (path: string): boolean =>
    path.endsWith('-*') || [path, `${path}.test.ts`].some(each => existsSync(join(root, each)))
  expect(named.filter(path => !isThere(path))).toEqual([])
})
