import type { Session } from './warehouse.ts'

const behind = new WeakMap<Session, Session>()

/** That a session hands what it is given on to another, for as long as it may. */
export function handsOn<S extends Session>(front: S, to: S): S {
  behind.set(front, to)
  return front
}

/** The session for what a piece of work has to clear away, or to put back, although its run is stopped; never for anything new. */
export function clearingAway<S extends Session>(session: S): S {
  return (behind.get(session) as S | undefined) ?? session
}
