import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import * as engine from '../../../src/index.ts'
import { loadProject } from '../../../src/project/load-project.ts'
import { StrippedCache } from '../../../src/project/strip-types.ts'
import { onGoogleSql } from '../../../src/quality/unit-test/on-googlesql.ts'
import { prepareUnitTests } from '../../../src/quality/unit-tests.ts'
import { startGoogleSql } from './google-sql.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')
const { project } = loadProject([root], engine, new StrippedCache(undefined).strip)
const google = await startGoogleSql()
afterAll(() => google.stop())
const { tests, problems } = prepareUnitTests({
  project,
  startedAt: '2026-06-01 12:00:00',
  engine: onGoogleSql(google),
})

test("every unit test of the project can be run on Google's evaluator", () => {
  expect(problems).toEqual([])
  expect(tests.length).toBeGreaterThan(100)
})

test.each(tests)("$model: $name, on Google's evaluator", async unitTest => {
  const { status, message } = await unitTest.run()
  expect({ status, message }).toEqual({ status: 'pass', message: undefined })
})
