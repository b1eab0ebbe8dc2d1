import type { Random } from '../lib/random.ts'
import type { DeviceCategory } from './person.ts'

/** A browser, and what Google Analytics keeps in it. */
export interface Device {
  readonly category: DeviceCategory
  /** Which of the common browsers it is. */
  readonly choice: number
  /** More people than one use it; nobody ever clears its cookies. */
  readonly isShared: boolean
  cookie: string
  /** Of the cookie, in microseconds; 0 before its first event. */
  firstSeenAt: number
  /** How the cookie first came, as the JSON of GA4's `traffic_source`. */
  firstSource: string
  sessionId: number
  sessionNumber: number
  /** The last event, in microseconds. */
  lastEventAt: number
  isLoggedIn: boolean
}

export function newDevice(random: Random, category: DeviceCategory, isShared: boolean): Device {
  return {
    category,
    choice: random.between(0, 9),
    isShared,
    cookie: '',
    firstSeenAt: 0,
    firstSource: '',
    sessionId: 0,
    sessionNumber: 0,
    lastEventAt: 0,
    isLoggedIn: false,
  }
}

/** A cookie that nobody has seen yet; `at` in milliseconds, as its number says when it was set. */
export function setCookie(device: Device, random: Random, at: number): void {
  device.cookie = `${random.between(100_000_000, 2_147_483_647)}.${Math.floor(at / 1000)}`
  device.firstSeenAt = 0
  device.sessionNumber = 0
  device.sessionId = 0
  device.lastEventAt = 0
  device.isLoggedIn = false
}
