import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinyRetailer } from '../../../examples/retailer/generate.ts'
import { type OpenRetailer, openRetailer } from './open-retailer.ts'

const shared = process.env.THROUGHLINE_SHARED_DATA ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))
const columnTypes = join(shared, 'raw', 'column_types.csv')
const isThere = existsSync(columnTypes)

const packages: Readonly<Record<string, string>> = {
  hubspot: 'dbt_hubspot',
  shopify: 'dbt_shopify',
  zendesk: 'dbt_zendesk',
  twilio: 'dbt_twilio',
  google_ads: 'dbt_google_ads',
  meta_ads: 'dbt_facebook_ads',
}

/** Columns that the list of the packages does not have, though the vendor does. */
const documented: Readonly<Record<string, string>> = {
  'hubspot.contact.property_phone':
    'phone, a default property of contacts (developers.hubspot.com, contact properties); Fivetran puts property_ before each',
}

/** What the values of a column of a type look like, in files of text. */
const looks: Readonly<Record<string, RegExp>> = {
  timestamp: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d{3}(\d{3} UTC)?$/,
  date: /^\d{4}-\d\d-\d\d$/,
  int: /^-?\d+(\.0)?$/,
  bigint: /^-?\d+$/,
  numeric: /^-?\d+(\.\d+)?$/,
  float: /^-?\d+(\.\d+)?$/,
  boolean: /^(true|false)$/i,
  string: /^/,
}

const head = `the columns of the raw files${isThere ? '' : `, skipped: there is no ${columnTypes}`}`
describe.skipIf(!isThere)(head, () => {
  let retailer: OpenRetailer
  /** By package.table.column, the types that the packages know: of the REST API and of GraphQL, in Shopify's case. */
  const known = new Map<string, string[]>()

  beforeAll(async () => {
    retailer = await openRetailer(tinyRetailer)
    for (const line of readFileSync(columnTypes, 'utf8').trim().split('\n').slice(1)) {
      const [name, table, column, type] = line.split(',')
      const key = `${name}.${table}.${column}`
      known.set(key, [...(known.get(key) ?? []), type!.trim()])
    }
  })
  afterAll(() => retailer?.close())

  it('stand in the list of the loaders’ tables, or in the vendor’s documentation, with values of their type', async () => {
    const wrong: string[] = []
    for (const [system, name] of Object.entries(packages)) {
      for (const file of readdirSync(join(retailer.made.rawFolder, system))) {
        const table = file.slice(0, -4)
        const header = readFileSync(join(retailer.made.rawFolder, system, file), 'utf8').split('\n', 1)[0]!
        for (const column of header.split(',')) {
          const types = known.get(`${name}.${table}.${column}`)
          if (types === undefined) {
            if (documented[`${system}.${table}.${column}`] === undefined) wrong.push(`${system}.${table}.${column}`)
            continue
          }
          const values = await retailer.askList(
            `select distinct "${column}" from raw.${system}_${table} where "${column}" is not null`,
          )
          const odd = values.find(value => types.every(type => !looks[type]!.test(String(value))))
          if (odd !== undefined) wrong.push(`${system}.${table}.${column} is ${types.join(' or ')}, and has ${odd}`)
        }
      }
    }
    expect(wrong).toEqual([])
  })

  it('of the site are fields of the nested export, under the same paths', async () => {
    const folder = join(shared, 'raw', 'ga4_nested')
    const real = new Set<string>()
    for (const file of readdirSync(folder).filter(one => one.endsWith('.json'))) {
      for (const row of JSON.parse(readFileSync(join(folder, file), 'utf8')).rows) pathsOf(row, '', real)
    }
    // The extracts are older than these; they stand in the export's schema (support.google.com/analytics/answer/7029846).
    const newer = [
      'batch_event_index',
      'batch_ordering_id',
      'batch_page_id',
      'collected_traffic_source.gclid',
      'collected_traffic_source.manual_campaign_name',
      'collected_traffic_source.manual_content',
      'collected_traffic_source.manual_medium',
      'collected_traffic_source.manual_source',
    ]
    const ours = new Set<string>()
    for (const json of await retailer.askList(`
      select json_text from (
        select unnest([to_json(struct_pack(event_params, device, geo, traffic_source, collected_traffic_source, ecommerce, items))]) as json_text
        from raw.ga4)`)) {
      pathsOf(JSON.parse(String(json)), '', ours)
    }
    const columns = await retailer.askList(`
      select column_name from (describe raw.ga4)
      where column_name not in ('row_key', 'happened_at', 'page_location', 'page_referrer', 'ga_session_id', 'campaign', 'transaction_id', 'traffic_type', 'filename')`)
    for (const column of columns) ours.add(String(column))

    expect([...ours].filter(path => !real.has(path) && !newer.includes(path)).sort()).toEqual([])
    expect(ours.size).toBeGreaterThan(40)
  })
})

/** The path of everything in it, elements of lists under their list's. */
function pathsOf(value: unknown, path: string, into: Set<string>): void {
  if (Array.isArray(value)) for (const element of value) pathsOf(element, path, into)
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      if (inner === null) into.add(path === '' ? key : `${path}.${key}`)
      else pathsOf(inner, path === '' ? key : `${path}.${key}`, into)
    }
    if (path !== '') into.add(path)
  } else into.add(path)
}
