import { afterAll } from 'vitest'
import { putAwayAll } from './after-file.ts'

// Run by the test runner for each file of tests.
afterAll(putAwayAll)
