/** Something that goes wrong, or slowly, with a request. */
export type Fault =
  /** BigQuery refuses or fails: `{ status: 503, reason: 'backendError' }`; nothing is done. */
  | { readonly kind: 'answer'; readonly status: number; readonly reason: string; readonly message?: string }
  /** The answer takes a while. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'lost-request' }
  /** All is done, and the connection breaks before the answer. */
  | { readonly kind: 'lost-answer' }
  /** A job is accepted, and fails. */
  | { readonly kind: 'failing-job'; readonly reason: string; readonly message: string }
  /**
   * A job is accepted, carries out the statements of its script before this one, counted from 1, and fails: a number past the last is a failure after all of
   * them.
   */
  | { readonly kind: 'failing-statement'; readonly number: number; readonly reason: string; readonly message: string }
  /** A job is accepted, and is still running when asked this often. */
  | { readonly kind: 'slow-job'; readonly asked: number }

export interface FaultRule {
  readonly fault: Fault
  /** How many of the requests that match. */
  readonly times: number
  /** Only every so manyth of them; every one where it is left out. */
  readonly every?: number
  readonly method?: string
  /** Of the path, as it comes. */
  readonly path?: RegExp
  /** Of what is sent, as text: a job's id, or its statement. */
  readonly body?: RegExp
}

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

  /** What has happened, in order: `lost-answer POST /bigquery/v2/…`. */
  get happened(): readonly string[] {
    return this.met
  }

  /** The faults of this request, which are used up by it: one of each kind. */
  take(method: string, path: string, sent: Buffer): readonly Fault[] {
    const taken = new Map<Fault['kind'], Fault>()
    for (const entry of this.rules) {
      const { fault, every = 1, method: wanted = method, path: pattern, body } = entry.rule
      if (entry.left === 0 || wanted !== method || pattern?.test(path) === false || taken.has(fault.kind)) continue
      if (body?.test(sent.toString('utf8')) === false) continue
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
