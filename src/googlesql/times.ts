/** Dates, instants and times of day: text on our side, packed numbers on the service's. */

const dayMs = 86_400_000

export function dateText(day: number): string {
  const date = new Date(day * dayMs)
  return `${digits(date.getUTCFullYear(), 4)}-${digits(date.getUTCMonth() + 1)}-${digits(date.getUTCDate())}`
}

/** Days since 1970; undefined where the text is no day. */
export function dayOf(text: string): number | undefined {
  const match = /^(\d{1,4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  return match === null ? undefined : daysTo(Number(match[1]), Number(match[2]), Number(match[3]))
}

function daysTo(year: number, month: number, day: number): number | undefined {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return Math.round(date.getTime() / dayMs)
}

/** `2026-06-01 12:30:00.5`: UTC, as many digits of a second as are not zero. */
export function timestampText(seconds: number, nanoseconds: number): string {
  const day = Math.floor(seconds / 86_400)
  const rest = seconds - day * 86_400
  const clock = `${digits(Math.floor(rest / 3600))}:${digits(Math.floor(rest / 60) % 60)}:${digits(rest % 60)}`
  return `${dateText(day)} ${clock}${fractionText(nanoseconds)}`
}

const clock = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,9}))?)?`
const timestampForm = new RegExp(
  String.raw`^(\d{1,4})-(\d{1,2})-(\d{1,2})(?:[T ]${clock})?\s*(Z|UTC|[+-]\d{1,2}(?::?\d{2})?)?$`,
  'i',
)

/** An instant from text with or without an offset (UTC then); undefined where it is none. */
export function instantOf(text: string): { readonly seconds: number; readonly nanoseconds: number } | undefined {
  const match = timestampForm.exec(text.trim())
  if (match === null) return undefined
  const [, year, month, date, hour = '0', minute = '0', second = '0', fraction = '', zone = ''] = match
  const day = daysTo(Number(year), Number(month), Number(date))
  if (day === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  const seconds = day * 86_400 + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offsetSeconds(zone)
  return { seconds, nanoseconds: Number(fraction.padEnd(9, '0')) }
}

function offsetSeconds(zone: string): number {
  const match = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone)
  if (match === null) return 0
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60
  return match[1] === '-' ? -seconds : seconds
}

/** `2026-06-01T12:30:00.5` from the packed seconds of a DATETIME. */
export function datetimeText(packed: bigint, nanoseconds: number): string {
  const part = (shift: bigint, bits: bigint): number => Number((packed >> shift) & ((1n << bits) - 1n))
  const date = `${digits(part(26n, 14n), 4)}-${digits(part(22n, 4n))}-${digits(part(17n, 5n))}`
  return `${date}T${clockText(packed)}${fractionText(nanoseconds)}`
}

/** Undefined where the text is no DATETIME. */
export function packedDatetime(text: string): { readonly packed: bigint; readonly nanoseconds: number } | undefined {
  const match = timestampForm.exec(text.trim())
  if (match === null || match[8] !== undefined) return undefined
  const [, year, month, date, hour = '0', minute = '0', second = '0', fraction = ''] = match
  if (daysTo(Number(year), Number(month), Number(date)) === undefined || Number(hour) > 23) return undefined
  const day = (BigInt(year!) << 26n) | (BigInt(month!) << 22n) | (BigInt(date!) << 17n)
  return { packed: day | packedClock(hour, minute, second), nanoseconds: Number(fraction.padEnd(9, '0')) }
}

/** `12:30:00.5` from a packed TIME, whose lower 30 bits are nanoseconds. */
export function timeText(packed: bigint): string {
  return `${clockText(packed >> 30n)}${fractionText(Number(packed & ((1n << 30n) - 1n)))}`
}

/** Undefined where the text is no time of day. */
export function packedTime(text: string): bigint | undefined {
  const match = new RegExp(`^${clock}$`).exec(text.trim())
  if (match === null || Number(match[1]) > 23) return undefined
  const [, hour, minute, second = '0', fraction = ''] = match
  return (packedClock(hour!, minute!, second) << 30n) | BigInt(fraction.padEnd(9, '0'))
}

const packedClock = (hour: string, minute: string, second: string): bigint =>
  (BigInt(hour) << 12n) | (BigInt(minute) << 6n) | BigInt(second)

const clockText = (packed: bigint): string =>
  `${digits(Number((packed >> 12n) & 31n))}:${digits(Number((packed >> 6n) & 63n))}:${digits(Number(packed & 63n))}`

const digits = (value: number, width = 2): string => String(value).padStart(width, '0')

function fractionText(nanoseconds: number): string {
  return nanoseconds === 0 ? '' : `.${digits(nanoseconds, 9).replace(/0+$/, '')}`
}
