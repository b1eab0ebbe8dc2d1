import type { Random } from './random.ts'

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** The sample: twelve weeks from a Monday on, with the change to summer time (29 March 2026) inside. */
export const firstDate = '2026-02-16'
export const dayCount = 84

export type Zone = 'Europe/Berlin' | 'Europe/London'

const winterOffset: Readonly<Record<Zone, number>> = { 'Europe/Berlin': hour, 'Europe/London': 0 }

/** What to add to an instant in UTC to read the clock of the zone. */
function offsetIn(zone: Zone, instant: number): number {
  const year = new Date(instant).getUTCFullYear()
  const isSummer = instant >= lastSunday(year, 2) && instant < lastSunday(year, 9)
  return winterOffset[zone] + (isSummer ? hour : 0)
}

/** One o'clock UTC on the last Sunday of a month of 31 days: when all of Europe changes its clocks. */
function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month, 31, 1)
  return last - new Date(last).getUTCDay() * day
}

/** The instant at which a day of the sample begins in Berlin; day 84 is the end of it all. */
export function startOfDay(number: number): number {
  return dayStarts[number] ?? berlinMidnight(number)
}

function berlinMidnight(number: number): number {
  const clock = Date.parse(`${firstDate}T00:00:00Z`) + number * day
  const inSummer = clock - 2 * hour
  return offsetIn('Europe/Berlin', inSummer) === 2 * hour ? inSummer : clock - hour
}

const dayStarts: readonly number[] = Array.from({ length: dayCount + 1 }, (_, number) => berlinMidnight(number))

/** The day of the sample, in Berlin, in which an instant lies; below 0 before it, 84 or more after it. */
export function dayOf(instant: number): number {
  const guess = Math.floor((instant - startOfDay(0)) / day)
  if (instant >= startOfDay(guess + 1)) return guess + 1
  return instant < startOfDay(guess) ? guess - 1 : guess
}

/** As in 20260216. */
export function compactDate(number: number): string {
  return new Date(Date.parse(`${firstDate}T00:00:00Z`) + number * day).toISOString().slice(0, 10).replaceAll('-', '')
}

/** The date that a calendar on the wall shows, as in 2026-02-16. */
export function dateIn(zone: Zone, instant: number): string {
  return new Date(instant + offsetIn(zone, instant)).toISOString().slice(0, 10)
}

let writtenDay = Number.NaN
let writtenDate = ''

/** UTC, as in 2026-02-16 09:30:00.250. Asked so often that the date is kept from one time to the next. */
export function utcText(instant: number): string {
  const number = Math.floor(instant / day)
  if (number !== writtenDay) {
    writtenDay = number
    writtenDate = new Date(number * day).toISOString().slice(0, 10)
  }
  const rest = instant - number * day
  const [hours, minutes] = [Math.floor(rest / hour), Math.floor((rest % hour) / minute)]
  const [seconds, millis] = [Math.floor((rest % minute) / second), rest % second]
  return `${writtenDate} ${two[hours]}:${two[minutes]}:${two[seconds]}.${millis < 100 ? '0' : ''}${two[millis] ?? millis}`
}

const two: readonly string[] = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'))

/** Monday first. People buy lamps on Sunday and Monday evenings, hardly on a Saturday. */
const weekdayWeights = [0.95, 0.85, 0.85, 0.8, 0.65, 0.6, 1]

/** By hour of Berlin's clock: a lunch break, and the evening. */
const hourWeights = [1.5, 1, 0.5, 0.4, 0.5, 1, 2, 3, 4, 5, 6, 6.5, 6, 5, 5, 5.5, 6, 7, 9, 11, 11, 8, 5, 3]
const hours = hourWeights.map((_, index) => index)

export function weekdayWeight(number: number): number {
  return weekdayWeights[number % 7] ?? 1
}

/** A likely moment to sit down with the shop, from `earliest` on, on the first day that suits. */
export function momentAtHome(random: Random, earliest: number): number {
  return firstMoment(random, earliest, weekdayWeight, () => timeAtHome(random))
}

/** Milliseconds since midnight. */
export function timeAtHome(random: Random): number {
  return timeInHour(
    random,
    random.pickWeighted(hours, index => hourWeights[index] ?? 0),
  )
}

/** A likely moment to walk into a store: Monday to Saturday, ten to seven. */
export function momentInStore(random: Random, earliest: number): number {
  const isOpen = (number: number) => (number % 7 === 6 ? 0 : 0.8)
  return firstMoment(random, earliest, isOpen, () => timeInHour(random, random.between(10, 18)))
}

/** A likely moment to call or write to the service: Monday to Friday, nine to six. */
export function momentOfService(random: Random, earliest: number): number {
  const isOpen = (number: number) => (number % 7 >= 5 ? 0 : 0.9)
  return firstMoment(random, earliest, isOpen, () => timeInHour(random, random.between(9, 17)))
}

function firstMoment(
  random: Random,
  earliest: number,
  likelihoodOf: (number: number) => number,
  timeOfDay: () => number,
): number {
  for (let number = Math.max(0, dayOf(earliest)); ; number++) {
    if (!random.chance(likelihoodOf(number))) continue
    const moment = startOfDay(number) + timeOfDay()
    if (moment >= earliest) return moment
  }
}

function timeInHour(random: Random, hourOfDay: number): number {
  return hourOfDay * hour + random.between(0, hour - 1)
}
