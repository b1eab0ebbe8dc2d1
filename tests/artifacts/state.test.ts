import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeArtifact } from '../../src/artifacts/artifact-file.ts'
import { manifestOf } from '../../src/artifacts/manifest.ts'
import { readState } from '../../src/artifacts/read-state.ts'
import { fingerprintsOf } from '../../src/compile/fingerprint.ts'
import { graphOf } from '../../src/compile/graph-of.ts'
import { select } from '../../src/project/selector.ts'
import { compareState } from '../../src/project/state.ts'
import type { Files } from '../support/project.ts'
import { folderOf, projectOf } from '../support/project.ts'
import { shopFiles, shopOptions } from './shop.ts'
import { contextOf } from './support.ts'

/** A folder with the manifest of a build of these files, in a developer's schema. */
function built(files: Files): string {
  const project = projectOf(files, { ...shopOptions, prefix: 'prod' })
  const manifest = manifestOf({
    ...contextOf(project),
    fingerprints: fingerprintsOf(project.input),
    runId: 'run-1',
    startedAt: '2026-06-01 12:00:00',
    generatedAt: '2026-06-01T12:05:00.000Z',
  })
  const folder = join(folderOf({}), 'target')
  writeArtifact(folder, 'manifest.json', manifest)
  return folder
}

function selected(files: Files, state: string, criterion: string): readonly string[] {
  const { compiled, input } = projectOf(files, shopOptions)
  const comparison = compareState(fingerprintsOf(input), readState(state))
  const { names, problems } = select(graphOf(compiled), { select: [criterion], exclude: [], state: comparison })
  expect(problems).toEqual([])
  return names
}

describe('state:modified', () => {
  const earlier = built(shopFiles)

  test('selects nothing after a build of the same files', () => {
    expect(selected(shopFiles, earlier, 'state:modified')).toEqual([])
  })

  test('selects the model whose text has changed, and with + what reads it', () => {
    const text = shopFiles['models/shop/customers.ts'] ?? ''
    const changed = { ...shopFiles, 'models/shop/customers.ts': text.replace('count(*)', 'count(1)') }
    expect(selected(changed, earlier, 'state:modified')).toEqual(['customers'])
    expect(selected(changed, earlier, 'state:modified+')).toEqual(['customers', 'groups'])
  })

  test('selects a raw table whose columns have changed, and with + what is made from it', () => {
    const text = shopFiles['sources/shop.ts'] ?? ''
    const changed = { ...shopFiles, 'sources/shop.ts': text.replace('is_test: boolean(', 'is_test: text(') }
    expect(selected(changed, earlier, 'state:modified+')).toEqual([
      'shop.orders',
      'real_orders',
      'customers',
      'groups',
      'orders',
    ])
  })

  test('state:new selects a model that was not there', () => {
    const { 'models/shop/groups.ts': _, ...rest } = shopFiles
    expect(selected(shopFiles, built(rest), 'state:new')).toEqual(['groups'])
  })
})

describe('the manifest of an earlier build', () => {
  test('is told to be missing', () => {
    const folder = folderOf({})
    expect(() => readState(folder)).toThrow(
      `there is no ${folder}/manifest.json\n  --state names the folder that holds the manifest.json of an earlier build`,
    )
  })

  test('is told to be no JSON', () => {
    const folder = folderOf({ 'manifest.json': '{"metadata": {' })
    expect(() => readState(folder)).toThrow(`${folder}/manifest.json is not JSON: `)
  })

  test('is told to be something else', () => {
    const folder = folderOf({ 'manifest.json': '[]' })
    expect(() => readState(folder)).toThrow(
      `${folder}/manifest.json is no manifest.json of a build: it has no metadata`,
    )
  })

  test('is told to be of another tool', () => {
    const folder = folderOf({ 'manifest.json': '{"metadata": {"env": {}}, "nodes": {}}' })
    expect(() => readState(folder)).toThrow('was written by another tool: it has no fingerprints')
  })

  test('is told to be of another version', () => {
    const folder = folderOf({ 'manifest.json': '{"metadata": {"env": {"THROUGHLINE_FINGERPRINT_VERSION": "0"}}}' })
    expect(() => readState(folder)).toThrow('was written by another version, whose fingerprints mean something else')
  })
})

describe('writing an artifact', () => {
  test('makes the folder, replaces what is there and leaves nothing else behind', () => {
    const folder = join(folderOf({}), 'a', 'target')
    writeArtifact(folder, 'manifest.json', { a: 1 })
    const file = writeArtifact(folder, 'manifest.json', { a: 2, left: undefined })
    expect(readFileSync(file, 'utf8')).toBe('{"a":2}\n')
    expect(readdirSync(folder)).toEqual(['manifest.json'])
  })

  test('blots out secrets', () => {
    const folder = folderOf({})
    const file = writeArtifact(folder, 'manifest.json', { sql: "'hunter2'" }, text => text.replaceAll('hunter2', '***'))
    expect(readFileSync(file, 'utf8')).toBe('{"sql":"\'***\'"}\n')
  })

  test('says what keeps it from being written, and leaves what was there', () => {
    const folder = folderOf({ 'target/manifest.json': 'old', 'target/run_results.json/x': '' })
    expect(() => writeArtifact(join(folder, 'target', 'manifest.json'), 'manifest.json', {})).toThrow(
      'manifest.json cannot be written: there is a file where a folder should be',
    )
    expect(() => writeArtifact(join(folder, 'target'), 'run_results.json', {})).toThrow(
      'run_results.json cannot be written: it is a folder',
    )
    expect(readFileSync(join(folder, 'target', 'manifest.json'), 'utf8')).toBe('old')
    expect(readdirSync(join(folder, 'target')).sort()).toEqual(['manifest.json', 'run_results.json'])
  })

  test('says that a folder may not be written to', context => {
    context.skip(process.getuid?.() === 0, 'the superuser may write everywhere')
    const folder = join(folderOf({ 'target/x': '' }), 'target')
    chmodSync(folder, 0o555)
    try {
      expect(() => writeArtifact(folder, 'manifest.json', {})).toThrow(
        'manifest.json cannot be written: permission denied',
      )
    } finally {
      chmodSync(folder, 0o755)
    }
    expect(existsSync(join(folder, 'manifest.json'))).toBe(false)
  })
})
