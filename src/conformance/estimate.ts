import type { Engine } from '../authoring/macro.ts'
import type { CompiledModel, CompiledProject } from '../compile/compiled.ts'
import type { Kit } from './kit.ts'
import { waysOf } from './macros/example-query.ts'
import { coreConstructs } from './portable-core/constructs.ts'
import type { CheckName, KitEstimate } from './report.ts'

/** BigQuery bills each table that a statement reads at ten megabytes at the least, and no table of the kit has more. */
const leastBilled = 10_000_000
/** A fixpoint's rounds are known when they are over: as many as it takes on DuckDB, and some more. */
const roundsOfAFixpoint = 6
/** Snowflake's tables are asked for by statements, too, and put in place within transactions. */
const statementsForOne: Readonly<Record<Engine, number>> = { duckdb: 1, bigquery: 1, snowflake: 2 }
const buildsOfTheShop: Readonly<Record<Exclude<CheckName, 'core' | 'macros' | 'models'>, number>> = {
  materializations: 9,
  readers: 4,
  grants: 4,
  kills: 9,
}

interface Work {
  readonly statements: number
  /** Tables in all of them. */
  readonly reads: number
}

/** How many statements the kit will send, about, and on BigQuery what they are billed for, before anything is sent. */
export function estimateOf(
  kit: Pick<Kit, 'macros'>,
  only: readonly CheckName[],
  retailer: CompiledProject,
  shop: CompiledProject,
  engine: Engine,
): KitEstimate {
  const [built, shopBuilt] = [readsOf(retailer), readsOf(shop)]
  let statements = 0
  let reads = 0
  for (const check of only) {
    if (check === 'core') statements += coreConstructs.length
    else if (check === 'macros') statements += kit.macros.reduce((sum, { macro }) => sum + waysOf(macro).length + 1, 0)
    else if (check === 'models') {
      statements += built.statements
      reads += built.reads
    } else {
      statements += shopBuilt.statements * buildsOfTheShop[check]
      reads += shopBuilt.reads * buildsOfTheShop[check]
    }
  }
  return {
    statements: statements * statementsForOne[engine],
    bytesBilled: engine === 'bigquery' ? reads * leastBilled : undefined,
  }
}

/** Of one build with all that it tests, and of reading the rows afterwards. */
function readsOf({ models, sourceTables, dataTests }: CompiledProject): {
  readonly statements: number
  readonly reads: number
} {
  const each = [...models.values()].filter(({ materialization }) => materialization !== 'inline').map(readsOfModel)
  const ofTests = dataTests.map(({ reads }) => ({ statements: 1, reads: reads.length }))
  // A raw table is loaded or viewed, then read.
  const raw = [...sourceTables.values()].map(() => ({ statements: 2, reads: 2 }))
  const all = [...each, ...ofTests, ...raw]
  return {
    statements: all.reduce((sum, { statements }) => sum + statements, 0),
    reads: all.reduce((sum, { reads }) => sum + reads, 0),
  }
}

function readsOfModel(model: CompiledModel): Work {
  const { materialization, parents, sourceTables, tests, fixpoint } = model
  const parentCount = Math.max(1, parents.length + sourceTables.length)
  // A view is made by asking nothing; its tests and the reading afterwards go through to what it reads.
  const [make, scan] = materialization === 'view' ? [0, parentCount] : [parentCount, 1]
  const others = tests.filter(test => !('holds' in test))
  const readByTests = scan + others.reduce((sum, { kind }) => sum + scan + (kind === 'unique' ? 0 : 1), 0)
  const rounds = fixpoint === undefined ? 0 : fixpoint.start.length + roundsOfAFixpoint * (fixpoint.step.length + 1)
  // It is made, tested, put in place, told of in a row, and read.
  return { statements: 5 + others.length + rounds, reads: make + readByTests + scan + 1 + rounds * 2 + scan }
}
