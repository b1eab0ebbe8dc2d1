import type { RowStatement } from 'snowflake-sdk'
import { StoppableWork } from '../stoppable-work.ts'

/** What runs at the moment: a statement, or all of a transaction. */
export class Running extends StoppableWork {
  /** The statement, once it is sent and until it has answered. */
  statement: RowStatement | undefined
}
