import type { Construct } from './construct.ts'
import { relationalConstructs } from './relational-constructs.ts'
import { valueConstructs } from './value-constructs.ts'

/** Every construct of the portable core, with rows worked by hand that each engine must give. */
export const coreConstructs: readonly Construct[] = [...relationalConstructs, ...valueConstructs]
