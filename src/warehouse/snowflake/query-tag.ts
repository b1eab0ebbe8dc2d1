import { hostname } from 'node:os'
import type { Purpose } from '../warehouse.ts'

/** What Snowflake's history says of a statement: the run, the model and who runs it. */
export function queryTag({ runId, node, model, owner = thisProcess }: Purpose): string {
  return JSON.stringify({ app: 'throughline', run: runId, node: node.slice(0, longestName), model, owner })
}

/** A tag has two thousand characters. */
const longestName = 300

/** Where no run says it. */
const thisProcess = `${hostname()}, process ${process.pid}`
