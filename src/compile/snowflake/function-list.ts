import { groupFunctions } from './group-functions.ts'
import { nestedFunctions } from './nested-functions.ts'
import { numberFunctions } from './number-functions.ts'
import type { SnowflakeFunction } from './snowflake-function.ts'
import { textFunctions } from './text-functions.ts'
import { timeFunctions } from './time-functions.ts'

/**
 * Every function of Snowflake that the macros and the portable core use. Nothing here runs on a Snowflake of one's own, so a rendering is
 * trusted for what this list says, each entry read from Snowflake's documentation; what uses another function is not vouched for.
 */
export const snowflakeFunctions: ReadonlyMap<string, SnowflakeFunction> = new Map(
  [...textFunctions, ...numberFunctions, ...timeFunctions, ...nestedFunctions, ...groupFunctions].map(entry => [
    entry.name,
    entry,
  ]),
)
