/** How the nodes of the project differ from those of an earlier build. */
export interface StateComparison {
  /** Nodes whose fingerprint is another than it was, and those that are new. */
  readonly modified: ReadonlySet<string>
  /** Nodes that the earlier build did not have. */
  readonly new: ReadonlySet<string>
}

/** Compares fingerprints by name with those of an earlier build. */
export function compareState(now: ReadonlyMap<string, string>, before: ReadonlyMap<string, string>): StateComparison {
  const changed = [...now].filter(([name, fingerprint]) => before.get(name) !== fingerprint).map(([name]) => name)
  return { modified: new Set(changed), new: new Set(changed.filter(name => !before.has(name))) }
}
