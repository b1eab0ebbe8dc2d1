import { day, hour, minute, second } from './calendar.ts'
import type { Click } from './click.ts'
import type { Random } from './random.ts'

/** One row as the tracker's server took it: a click, and when it came in. */
export interface Delivery {
  readonly click: Click
  readonly receivedAt: number
}

/** How a visit's clicks reach the server: in batches, at times days late, twice, or sent again. Never later than three days. */
export function deliver(random: Random, clicks: readonly Click[]): readonly Delivery[] {
  const last = clicks.at(-1)
  if (!last) return []
  // A phone that loses its network keeps the rest of the visit until it is back.
  const lostFrom = random.chance(0.012) ? random.between(0, clicks.length - 1) : clicks.length
  const backAt = last.at + random.between(10 * minute, Math.floor(2.6 * day))

  return clicks.flatMap((click, index) => {
    const receivedAt = index >= lostFrom ? backAt : nextBatch(click.at) + random.between(30, 900)
    const delivery = { click, receivedAt }
    const fate = random.next()
    if (fate < 0.005) return [delivery, delivery]
    if (fate < 0.01) return [delivery, { click, receivedAt: receivedAt + random.between(2 * second, 6 * hour) }]
    return [delivery]
  })
}

/** The tracker sends what it has every two seconds. */
function nextBatch(at: number): number {
  return at - (at % (2 * second)) + 2 * second
}
