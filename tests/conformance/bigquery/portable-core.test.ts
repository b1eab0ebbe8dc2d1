import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bigquery } from '../../../src/compile/dialect/bigquery.ts'
import { rowsDifference } from '../../../src/conformance/compare-rows.ts'
import { constructQuery } from '../../../src/conformance/portable-core/construct.ts'
import { coreConstructs } from '../../../src/conformance/portable-core/constructs.ts'
import { catalogOf } from '../../../src/googlesql/catalog.ts'
import { type GoogleSql, plainRows } from '../../../src/googlesql/googlesql.ts'
import type { Row } from '../../../src/warehouse/warehouse.ts'
import { startGoogleSql } from './google-sql.ts'

let google: GoogleSql
const nothing = catalogOf([])

beforeAll(async () => {
  google = await startGoogleSql()
})
afterAll(() => google?.stop())

describe("Every construct of the portable core gives on Google's evaluator the rows that were worked by hand", () => {
  test.each(coreConstructs.map(construct => [construct.row, construct.says, construct] as const))(
    '%s: %s',
    async (_, __, construct) => {
      const text = constructQuery(construct, bigquery)
      const got = plainRows(await google.evaluate(text, nothing)) as readonly Row[]
      expect(rowsDifference(construct.columns, [], construct.gives, got), text).toBeUndefined()
    },
  )
})
