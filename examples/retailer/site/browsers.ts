import type { DeviceCategory } from '../people/person.ts'

const site = 'www.lumen-lamps.example'

/** What GA4 tells of a browser, as the JSON of its `device`. */
function deviceJson(
  category: DeviceCategory,
  brand: string,
  system: string,
  browser: string,
  version: string,
  language: string,
): string {
  return JSON.stringify({
    category,
    mobile_brand_name: brand,
    operating_system: system,
    language,
    web_info: { browser, browser_version: version, hostname: site },
  })
}

const kinds = {
  mobile: [
    ['Apple', 'iOS', 'Safari', '18.3'],
    ['Samsung', 'Android', 'Chrome', '134.0.0.0'],
    ['Google', 'Android', 'Firefox', '136.0'],
  ],
  desktop: [
    ['Google', 'Windows', 'Chrome', '134.0.0.0'],
    ['Apple', 'Macintosh', 'Safari', '18.3'],
    ['Microsoft', 'Windows', 'Edge', '134.0.0.0'],
  ],
  tablet: [['Apple', 'iOS', 'Safari', '18.3']],
} as const

const written = new Map<string, string>()

/** The JSON of the device of somebody who speaks `language`; which of the common browsers it is, `choice` decides. */
export function browserOf(category: DeviceCategory, language: string, choice: number): string {
  const [brand, system, browser, version] = kinds[category][choice % kinds[category].length]!
  const key = `${category} ${system} ${browser} ${language}`
  let json = written.get(key)
  if (!json) {
    json = deviceJson(category, brand, system, browser, version, language)
    written.set(key, json)
  }
  return json
}

export const robotBrowser = deviceJson('desktop', 'Google', 'Linux', 'HeadlessChrome', '133.0.0.0', 'en-us')
