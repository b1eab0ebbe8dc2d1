import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import type { AnyColumn } from '../../src/authoring/column.ts'
import type { Location } from '../../src/authoring/location.ts'
import type { CompiledSourceTable } from '../../src/compile/compiled.ts'
import { describeProblem, type Problem, ProblemsError } from '../../src/problems/problem.ts'
import { DuckDBSession } from '../../src/warehouse/duckdb/session.ts'
import type { Row, Session } from '../../src/warehouse/warehouse.ts'

export interface Bench {
  readonly session: Session
  /** Writes a file into the test's folder; returns its path. */
  file(name: string, content: string | Uint8Array): string
  path(name: string): string
  rows(sql: string): Promise<readonly Row[]>
}

/** A fresh database in memory and an empty folder for every test of the file. */
export function useBench(): Bench {
  let folder = ''
  let instance: DuckDBInstance
  let session: Session
  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  })
  afterAll(() => instance.closeSync())
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'throughline-raw-'))
    session = await DuckDBSession.open(await instance.connect())
    await session.execute('drop schema if exists raw cascade')
  })
  afterEach(() => {
    session.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const path = (name: string) => join(folder, name)
  return {
    get session() {
      return session
    },
    path,
    file: (name, content) => {
      writeFileSync(path(name), content)
      return path(name)
    },
    rows: sql => session.query(sql),
  }
}

/** `shop.events`, landing in `raw.shop__events`. */
export function sourceTable(
  columns: Readonly<Record<string, AnyColumn>>,
  where: { readonly file: string } | { readonly table: string },
  badRows: Location['badRows'] = 'fail',
): CompiledSourceTable {
  return {
    name: 'shop.events',
    source: 'shop',
    tableKey: 'events',
    description: 'Events of the shop',
    columns,
    location: { ...where, badRows },
    table: { schema: 'raw', name: 'shop__events' },
    path: 'sources/shop.ts',
    file: '/project/sources/shop.ts',
  }
}

export async function problemsOf(work: Promise<unknown>): Promise<readonly Problem[]> {
  try {
    await work
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems
    throw error
  }
  return []
}

/** What a person would read, the folder of the test cut away. */
export async function toldOf(work: Promise<unknown>, bench: Bench): Promise<string> {
  const problems = await problemsOf(work)
  return problems
    .map(describeProblem)
    .join('\n')
    .replaceAll(`${bench.path('')}/`, '')
}
