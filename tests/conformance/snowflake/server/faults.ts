/** Something that goes wrong, or slowly, with a request. */
export type Fault =
  /** An HTTP status in place of an answer, as a gateway gives it: 429, 502, 503. Nothing is done. */
  | { readonly kind: 'status'; readonly status: number }
  /** The answer takes a while. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'lost-request' }
  /** All is done, and the connection breaks before the answer. */
  | { readonly kind: 'lost-answer' }
  /** The session's token is no longer good (390112): the driver renews it and asks again. */
  | { readonly kind: 'expired-session' }
  /** Neither is the token that renews it (390114): only a new sign-in helps. */
  | { readonly kind: 'expired-login' }
  /** The session is no more (390111), what it had not committed undone. */
  | { readonly kind: 'dropped-session' }
  /** The statement fails without being run: `serviceErrors` has those that matter. */
  | { readonly kind: 'failing'; readonly code: string; readonly sqlState: string; readonly message: string }
  /** The statement starts only after a while; it can be cancelled until then. */
  | { readonly kind: 'slow'; readonly milliseconds: number }

/** Errors that no statement of ours causes here, for `{ kind: 'failing', … }`. */
export const serviceErrors = {
  noWarehouse: {
    code: '000606',
    sqlState: '57P03',
    message:
      "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.",
  },
  warehouseNotResumed: {
    code: '090073',
    sqlState: '22000',
    message: "Warehouse 'WH' cannot be resumed because resource monitor 'LIMIT' has exceeded its quota.",
  },
  lockTimeout: {
    code: '000625',
    sqlState: '57014',
    message:
      "Statement '01b0' has locked table 'ORDERS' in transaction 1690000000000 and this lock has not yet been released.",
  },
  statementTimeout: {
    code: '000630',
    sqlState: '57014',
    message: 'Statement reached its statement or warehouse timeout of 10 second(s) and was canceled.',
  },
  cancelled: { code: '000604', sqlState: '57014', message: 'SQL execution canceled' },
  restrictedSession: {
    code: '003001',
    sqlState: '42501',
    message: 'SQL access control error:\nSecondary roles cannot be changed in a restricted session.',
  },
  noPrivilege: {
    code: '003001',
    sqlState: '42501',
    message: "SQL access control error:\nInsufficient privileges to operate on schema 'SHOP'",
  },
} as const

export interface FaultRule {
  readonly fault: Fault
  /** How many of the requests that match. */
  readonly times: number
  /** Only every so manyth of them; every one where it is left out. */
  readonly every?: number
  readonly method?: string
  /** Of the path, as it comes; statements alone where it is left out. */
  readonly path?: RegExp
  /** Of what is sent, as text: a statement. */
  readonly body?: RegExp
}

const statements = /^\/queries\/v1\/query-request$/

/** The faults that are still to happen. */
export class Faults {
  private rules: { readonly rule: FaultRule; left: number; seen: number }[] = []
  private readonly met: string[] = []

  add(rule: FaultRule): void {
    this.rules.push({ rule, left: rule.times, seen: 0 })
  }

  clear(): void {
    this.rules = []
  }

  /** What has happened, in order: `lost-answer POST /queries/v1/query-request`. */
  get happened(): readonly string[] {
    return this.met
  }

  /** The faults of this request, which are used up by it: one of each kind. */
  take(method: string, path: string, sent: string): readonly Fault[] {
    const taken = new Map<Fault['kind'], Fault>()
    for (const entry of this.rules) {
      const { fault, every = 1, method: wanted = method, path: pattern = statements, body } = entry.rule
      if (entry.left === 0 || wanted !== method || !pattern.test(path) || taken.has(fault.kind)) continue
      if (body?.test(sent) === false) continue
      entry.seen += 1
      if (entry.seen % every !== 0) continue
      entry.left -= 1
      taken.set(fault.kind, fault)
      this.met.push(`${fault.kind} ${method} ${path}`)
    }
    return [...taken.values()]
  }
}

export function faultOf<K extends Fault['kind']>(
  faults: readonly Fault[],
  kind: K,
): Extract<Fault, { kind: K }> | undefined {
  return faults.find((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind)
}
