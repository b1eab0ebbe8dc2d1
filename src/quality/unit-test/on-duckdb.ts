import type { CompiledModel } from '../../compile/compiled.ts'
import { duckdb } from '../../compile/dialect/duckdb.ts'
import { tablePath } from '../../compile/naming.ts'
import { buildScratch } from '../../materialize/build-scratch.ts'
import type { Warehouse } from '../../warehouse/warehouse.ts'
import type { UnitTestEngine } from './engine.ts'
import { tableStatements } from './tables.ts'

/** On DuckDB: `openEmpty` gives one in memory that holds nothing; each test has its own, and closes it. */
export function onDuckDB(openEmpty: () => Promise<Warehouse>): UnitTestEngine {
  return {
    dialect: duckdb,
    rowsOf: async (model, tables, naming) => {
      const warehouse = await openEmpty()
      const session = await warehouse.connect()
      try {
        const schemas = [
          naming.scratch('').schema,
          ...tables.flatMap(({ schema }) => (schema === undefined ? [] : [schema])),
        ]
        for (const schema of new Set(schemas)) await session.execute(`create schema ${schema}`)
        for (const statement of tables.flatMap(tableStatements)) await session.execute(statement)
        const scratch = await buildScratch(session, warehouse, asTable(model), naming)
        return await session.query(`select * from ${tablePath(scratch)}`)
      } finally {
        session.close()
        await warehouse.close()
      }
    },
  }
}

/** A view or inline model is made as a table, so that a fault in it shows where it is made. */
function asTable(model: CompiledModel): CompiledModel {
  return model.materialization === 'fixpoint' ? model : { ...model, materialization: 'table' }
}
