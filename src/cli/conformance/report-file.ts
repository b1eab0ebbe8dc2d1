import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { asJson } from '../../artifacts/json.ts'
import type { KitReport } from '../../conformance/report.ts'
import { ProblemsError } from '../../problems/problem.ts'

/** Where the report goes. Throws `ProblemsError` where it cannot be written there: better before hours of work than after. */
export function reportFile(asked: string, cwd: string): string {
  const file = resolve(cwd, asked)
  const isThere = existsSync(file)
  try {
    closeSync(openSync(file, 'a'))
    if (!isThere) rmSync(file)
  } catch (error) {
    throw unwritable(error)
  }
  return file
}

/** Gives why it could not be written, where it could not. */
export function writeReport(report: KitReport, file: string): ProblemsError | undefined {
  try {
    writeFileSync(file, `${JSON.stringify(asJson(report), null, 2)}\n`)
    return undefined
  } catch (error) {
    return unwritable(error)
  }
}

function unwritable(error: unknown): ProblemsError {
  const message = `the report cannot be written: ${(error as Error).message}`
  return new ProblemsError([{ kind: 'project', message, hint: '--report names another file' }], { cause: error })
}
