/** `2026-06-01 12:00:00`, UTC: a run's clock, as models see it. */
export function clockOf(instant: Date): string {
  return instant.toISOString().slice(0, 19).replace('T', ' ')
}

/** `20260601T120000-1a2b3c` */
export function runIdOf(instant: Date, token: string): string {
  return `${instant.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}-${token}`
}
