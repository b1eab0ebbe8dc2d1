import { describe, expect, test } from 'vitest'
import { type Fingerprints, fingerprintsOf } from '../../src/compile/fingerprint.ts'
import { compareState } from '../../src/project/state.ts'
import { type ProjectOptions, projectOf } from '../support/project.ts'
import { shopFiles, shopOptions } from './shop.ts'

function fingerprints(files = shopFiles, options: ProjectOptions = {}): Fingerprints {
  const { input, problems } = projectOf(files, { ...shopOptions, ...options })
  expect(problems).toEqual([])
  return fingerprintsOf(input)
}

const first = fingerprints()

/** What is modified when words of one file are replaced. */
function modifiedBy(path: string, from: string, to: string): readonly string[] {
  const text = shopFiles[path]
  if (!text?.includes(from)) throw new Error(`${path} does not hold ${from}`)
  return [...compareState(fingerprints({ ...shopFiles, [path]: text.replace(from, to) }), first).modified].sort()
}

describe('a fingerprint', () => {
  test('is a SHA-256 of every model and raw table', () => {
    expect([...first.keys()].sort()).toEqual(['customers', 'groups', 'orders', 'real_orders', 'shop.orders', 'sites'])
    expect([...first.values()].filter(value => !/^[0-9a-f]{64}$/.test(value))).toEqual([])
  })

  test('is the same in every developer’s schema, at every instant, in whatever folder', () => {
    expect(fingerprints(shopFiles, { prefix: 'dev_alice', startedAt: '2027-02-03 04:05:06' })).toEqual(first)
  })

  test('is the same wherever the raw rows come from', () => {
    expect(fingerprints(shopFiles, { sources: { shop: { file: '/elsewhere/orders.parquet' } } })).toEqual(first)
  })

  const cases: readonly { says: string; path: string; from: string; to: string; modified: readonly string[] }[] = [
    { says: 'SQL', path: 'models/shop/customers.ts', from: 'count(*)', to: 'count(1)', modified: ['customers'] },
    {
      says: 'the SQL of an inline model, with its readers',
      path: 'models/staging/real_orders.ts',
      from: 'where not is_test',
      to: 'where is_test = false',
      modified: ['customers', 'orders', 'real_orders'],
    },
    {
      says: 'a definition’s default, in the models that use it',
      path: 'models/definitions/returns.ts',
      from: 'days: 30',
      to: 'days: 31',
      modified: ['orders'],
    },
    { says: 'a step of a fixpoint', path: 'models/shop/groups.ts', from: 'n > 1', to: 'n > 2', modified: ['groups'] },
    {
      says: 'a working table of a fixpoint',
      path: 'models/shop/groups.ts',
      from: "n: integer('Left')",
      to: "n: key('Left')",
      modified: ['groups'],
    },
    {
      says: 'the grain',
      path: 'models/shop/groups.ts',
      from: "grain: ['email']",
      to: "grain: ['email', 'rounds']",
      modified: ['groups'],
    },
    {
      says: 'a column’s type',
      path: 'models/shop/orders.ts',
      from: 'age_days: number(',
      to: 'age_days: text(',
      modified: ['orders'],
    },
    {
      says: 'whether a column may be NULL',
      path: 'models/shop/orders.ts',
      from: "text('Where')",
      to: "text('Where').nullable()",
      modified: ['orders'],
    },
    {
      says: 'a test’s bound',
      path: 'models/shop/customers.ts',
      from: 'atLeast(1)',
      to: 'atLeast(2)',
      modified: ['customers'],
    },
    {
      says: 'a test’s threshold',
      path: 'models/shop/customers.ts',
      from: 'warnAbove: 5',
      to: 'warnAbove: 6',
      modified: ['customers'],
    },
    {
      says: 'a test’s where',
      path: 'models/shop/orders.ts',
      from: 'where: sql`email is not null`',
      to: "where: sql`email <> ''`",
      modified: ['orders'],
    },
    {
      says: 'the rows that must not exist',
      path: 'models/shop/orders.ts',
      from: "'2030-01-01 00:00:00'",
      to: "'2031-01-01 00:00:00'",
      modified: ['orders'],
    },
    {
      says: 'how it is materialized',
      path: 'models/shop/orders.ts',
      from: "kind: 'view'",
      to: "kind: 'table'",
      modified: ['orders'],
    },
    {
      says: 'how it is kept',
      path: 'models/shop/customers.ts',
      from: "kind: 'table'",
      to: "kind: 'table', expiresAfterDays: 3",
      modified: ['customers'],
    },
    {
      says: 'its labels',
      path: 'models/shop/customers.ts',
      from: "tags: ['nightly']",
      to: "tags: ['nightly'], labels: { domain: 'web' }",
      modified: ['customers'],
    },
    {
      says: 'the class of a column',
      path: 'models/shop/orders.ts',
      from: "text('Where')",
      to: "text('Where').classified('place')",
      modified: ['orders'],
    },
    { says: 'a seed’s rows', path: 'seeds/sites.csv', from: 'AT', to: 'DE', modified: ['sites'] },
    {
      says: 'the columns of a raw table',
      path: 'sources/shop.ts',
      from: "is_test: boolean('Of the shop itself')",
      to: "is_test: text('Of the shop itself')",
      modified: ['shop.orders'],
    },
    {
      says: 'no description',
      path: 'models/shop/customers.ts',
      from: 'One row per customer.',
      to: 'Customers.',
      modified: [],
    },
    {
      says: 'no tag',
      path: 'models/shop/customers.ts',
      from: "tags: ['nightly']",
      to: "tags: ['daily']",
      modified: [],
    },
    {
      says: 'no comment of TypeScript',
      path: 'models/shop/customers.ts',
      from: 'export',
      to: '// by email\nexport',
      modified: [],
    },
  ]

  test.each(cases)('changes with $says', ({ path, from, to, modified }) => {
    expect(modifiedBy(path, from, to)).toEqual(modified)
  })
})

test('what the earlier build did not have is new, and modified too; what is gone is neither', () => {
  const comparison = compareState(
    new Map([
      ['same', '1'],
      ['changed', '2'],
      ['added', '1'],
    ]),
    new Map([
      ['same', '1'],
      ['changed', '1'],
      ['gone', '1'],
    ]),
  )
  expect([...comparison.modified]).toEqual(['changed', 'added'])
  expect([...comparison.new]).toEqual(['added'])
})
