import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { generatedPages, root } from '../../docs/generator/pages.ts'

describe('The pages that the project itself tells', () => {
  const pages = generatedPages()

  test.for([...pages])('%s is what the project says now (npm run docs writes it)', ([path, text]) => {
    expect(existsSync(join(root, path))).toBe(true)
    expect(readFileSync(join(root, path), 'utf8')).toBe(text)
  })

  test('no page stands for a table that is gone', () => {
    const standing = readdirSync(join(root, 'docs/tables')).map(name => `docs/tables/${name}`)
    expect(standing.filter(path => !pages.has(path))).toEqual([])
  })

  test('no key of the config goes without a meaning', () => {
    const rows = pages
      .get('docs/config.md')!
      .split('\n')
      .filter(line => line.startsWith('| `'))
    expect(rows.length).toBeGreaterThan(60)
    expect(rows.filter(line => line.endsWith('|  |'))).toEqual([])
  })
})
