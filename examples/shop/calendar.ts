import type { Random } from './random.ts'

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** Sunday first. People buy lamps on Sunday and Monday evenings, hardly on a Saturday. */
const weekdayWeights = [1, 0.95, 0.85, 0.85, 0.8, 0.65, 0.6]

/** By hour of the day in UTC, two hours behind the shop's summer: a lunch break, and the evening. */
const hourWeights = [1, 0.5, 0.4, 0.5, 1, 2, 3, 4, 5, 6, 6.5, 6, 5, 5, 5.5, 6, 7, 9, 11, 11, 8, 5, 3, 1.5]
const hours = hourWeights.map((_, index) => index)

/** Monday to Saturday, ten to seven by the shop's clock. */
const showroomHours = hours.filter(index => index >= 8 && index < 17)

export function weekdayWeight(startOfDay: number): number {
  return weekdayWeights[new Date(startOfDay).getUTCDay()] ?? 1
}

export function startOfDay(instant: number): number {
  return instant - (instant % day)
}

/** A likely moment to sit down with the shop, on the first day from `earliest` on that suits. */
export function momentAtHome(random: Random, earliest: number): number {
  return firstMoment(random, earliest, weekdayWeight, () => timeAtHome(random))
}

/** Milliseconds since midnight. */
export function timeAtHome(random: Random): number {
  const likely = random.pickWeighted(hours, index => hourWeights[index] ?? 0)
  return timeInHour(random, likely)
}

/** A likely moment to walk into the showroom. */
export function momentInShowroom(random: Random, earliest: number): number {
  const isOpen = (date: number) => (new Date(date).getUTCDay() === 0 ? 0 : 0.8)
  return firstMoment(random, earliest, isOpen, () => timeInHour(random, random.pick(showroomHours)))
}

function firstMoment(
  random: Random,
  earliest: number,
  likelihoodOf: (startOfDay: number) => number,
  timeOfDay: () => number,
): number {
  for (let date = startOfDay(earliest); ; date += day) {
    if (!random.chance(likelihoodOf(date))) continue
    const moment = date + timeOfDay()
    if (moment >= earliest) return moment
  }
}

function timeInHour(random: Random, hourOfDay: number): number {
  return hourOfDay * hour + random.between(0, hour - 1)
}
