export type IdentifierKind = 'cookie_id' | 'user_id' | 'email' | 'phone' | 'crm_id' | 'support_id' | 'order_id'

interface Known {
  readonly kind: IdentifierKind
  readonly value: string
  /** The place of the identifier that stands for its cluster; its own, at first. */
  cluster: number
}

/**
 * One person's identifiers, and which of them rows of the raw files tie together. Two may be of the same person and yet
 * in different clusters: then nothing in the files says so, and no model can know.
 */
export class Clusters {
  readonly known: Known[] = []

  /** The place of an identifier, added where it is new. */
  place(kind: IdentifierKind, value: string): number {
    for (let index = 0; index < this.known.length; index++) {
      const one = this.known[index]!
      if (one.value === value && one.kind === kind) return index
    }
    this.known.push({ kind, value, cluster: this.known.length })
    return this.known.length - 1
  }

  /** One row, or two that share a key, show these together. */
  tie(first: number, second: number): void {
    const [to, from] = [this.known[first]!.cluster, this.known[second]!.cluster]
    if (to === from) return
    for (const one of this.known) if (one.cluster === from) one.cluster = to
  }

  clusterOf(place: number): number {
    return this.known[place]!.cluster
  }

  /** Whether a name, an address, a number or an order stands behind the identifier, or only the cookie itself. */
  isTied(place: number): boolean {
    const cluster = this.clusterOf(place)
    return this.known.some(one => one.cluster === cluster && one.kind !== 'cookie_id')
  }
}
