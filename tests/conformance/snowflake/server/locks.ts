import { cancelled, ServiceError } from './service-error.ts'
import { codeOf, firstWord } from './sql-text.ts'

/** Tables that are being changed: one transaction at a time, as the service locks them. https://docs.snowflake.com/en/sql-reference/transactions#resource-locking */
export class Locks {
  private readonly holders = new Map<string, object>()
  private waiting: (() => void)[] = []

  /** Waits until the holder has the table. Throws the service's error when `seconds` have passed, or it is stopped. */
  async take(table: string, holder: object, seconds: number, stop: AbortSignal): Promise<void> {
    const end = performance.now() + seconds * 1000
    while (![undefined, holder].includes(this.holders.get(table))) {
      const left = end - performance.now()
      if (stop.aborted) throw cancelled()
      if (left <= 0) throw waitedTooLong(table, seconds)
      await this.anyRelease(left, stop)
    }
    this.holders.set(table, holder)
  }

  release(holder: object): void {
    for (const [table, held] of this.holders) if (held === holder) this.holders.delete(table)
    const woken = this.waiting
    this.waiting = []
    for (const wake of woken) wake()
  }

  private anyRelease(milliseconds: number, stop: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const wake = (): void => {
        clearTimeout(timer)
        stop.removeEventListener('abort', wake)
        resolve()
      }
      const timer = setTimeout(wake, Math.min(milliseconds, longestTimer))
      stop.addEventListener('abort', wake, { once: true })
      this.waiting.push(wake)
    })
  }
}

const longestTimer = 2 ** 31 - 1

const waitedTooLong = (table: string, seconds: number): ServiceError =>
  new ServiceError(
    '000625',
    '57014',
    `Statement waited for the lock on table '${table}', which another transaction holds, for ${seconds} seconds and was aborted.`,
  )

const targets = [
  /^\s*insert\s+(?:overwrite\s+)?into\s+([\w.]+)/i,
  /^\s*(?:delete\s+from|update|merge\s+into|copy\s+into)\s+([\w.]+)/i,
  /^\s*(?:truncate(?:\s+table)?|alter\s+table|drop\s+(?:table|view))\s+(?:if\s+exists\s+)?([\w.]+)/i,
  /^\s*create\s+(?:or\s+replace\s+)?(?:\w+\s+)*?(?:table|view)\s+(?:if\s+not\s+exists\s+)?([\w.]+)/i,
]

/** The table that a statement changes, in full; undefined for one that changes none. */
export function changedTable(
  sql: string,
  database: string | undefined,
  schema: string | undefined,
): string | undefined {
  const code = codeOf(sql)
  for (const target of targets) {
    const [, name] = target.exec(code) ?? []
    if (name === undefined) continue
    const parts = name.toUpperCase().split('.')
    return [...[database, schema].slice(0, 3 - parts.length), ...parts].join('.')
  }
  return undefined
}

/** Appending locks nothing: https://docs.snowflake.com/en/sql-reference/transactions#resource-locking */
export const appends = (sql: string): boolean => /^\s*(?:insert\s+into|copy\s+into)\b/i.test(codeOf(sql))

const reading = [
  'SELECT',
  'WITH',
  'SHOW',
  'DESCRIBE',
  'DESC',
  'USE',
  'SET',
  'LIST',
  'LS',
  'BEGIN',
  'COMMIT',
  'ROLLBACK',
  'PUT',
  'VALUES',
]

/** Whether the statement may change anything. */
export const writes = (sql: string): boolean => !reading.includes(firstWord(sql))
