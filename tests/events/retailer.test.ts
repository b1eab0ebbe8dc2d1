import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { generateRetailer } from '../../examples/retailer/generate.ts'

const example = fileURLToPath(new URL('../../examples/retailer/', import.meta.url))
const command = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

describe('the sample retailer, of whom everything is known', () => {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-retailer-'))
  let instance: DuckDBInstance
  let said: { readonly status: number | null; readonly text: string }

  async function ask(query: string): Promise<readonly Record<string, unknown>[]> {
    const connection = await instance.connect()
    const rows = (await connection.runAndReadAll(query)).getRowObjectsJson()
    connection.closeSync()
    return rows
  }
  const truth = (name: string) => `read_csv('${join(folder, '.throughline/truth', name)}.csv', all_varchar = true)`

  beforeAll(async () => {
    for (const name of ['warehouse.config.yaml', 'seeds'])
      cpSync(join(example, name), join(folder, name), { recursive: true })
    await generateRetailer({ seed: 'lumen', events: 5_000, folder: join(folder, '.throughline') })
    const config = join(folder, 'warehouse.config.yaml')
    const models = ['+people', '+identity_links', '+sessions', '+orders', '+journeys', '+ad_spend']
    const built = spawnSync(
      process.execPath,
      ['--import', 'tsx', command, 'build', '--config', config, '--select', ...models],
      { encoding: 'utf8' },
    )
    said = { status: built.status, text: built.stdout + built.stderr }
    instance = await DuckDBInstance.create(join(folder, '.throughline/retailer.duckdb'), { access_mode: 'READ_ONLY' })
  }, 120_000)
  afterAll(() => {
    instance?.closeSync()
    rmSync(folder, { recursive: true, force: true })
  })

  test('builds', () => {
    expect(said.text).toContain('Done in')
    expect(said.status).toBe(0)
  })

  test('what the site sent twice or late is one event, each of its own person', async () => {
    const [found] = await ask(`
      select count(*)::int as events from events.events where system = 'ga4'`)
    const [told] = await ask(`select count(*)::int as events from ${truth('rows')} where system = 'ga4'`)
    expect(found).toEqual(told)
  })

  test('robots are robots and tests are tests, event by event', async () => {
    expect(
      await ask(
        `select is_bot, count(*)::int as events from events.events where system = 'ga4' group by all order by all`,
      ),
    ).toEqual(
      await ask(
        `select is_bot::boolean as is_bot, count(*)::int as events from ${truth('rows')} where system = 'ga4' group by all order by all`,
      ),
    )
    expect(await ask('select count(*)::int as orders from orders.orders where is_test')).toEqual(
      await ask(`select count(*)::int as orders from ${truth('orders')} where is_test::boolean`),
    )
  })

  test('orders, what they came to and what went back are those that were placed, to the cent and in their currency', async () => {
    const found = await ask(`
      select original_currency as currency, place, count(*)::int as orders,
        (sum(original_gross_revenue) * 100)::bigint::varchar as gross,
        (sum(original_refunded_amount) * 100)::bigint::varchar as refunded
      from orders.orders where not is_test group by all order by all`)
    const told = await ask(`
      select currency, place, count(*)::int as orders, sum(gross_cents::bigint)::varchar as gross,
        sum(refunded_cents::bigint)::varchar as refunded
      from ${truth('orders')} where is_test = 'false' group by all order by all`)
    expect(found).toEqual(told)
  })

  test('the tablet in the store is shared, and no other browser is', async () => {
    const shared = await ask(`
      select identifier_value from profiles.identifiers where is_shared and identifier_kind = 'cookie_id'`)
    const [busiest] = await ask(`
      select cookie from ${truth('visits')} group by cookie order by count(distinct person) desc limit 1`)
    expect(shared).toEqual([{ identifier_value: `ga4:${busiest?.cookie}` }])
  })

  test('nobody is torn apart whom rows hold together, and whom none does is told apart; families aside', async () => {
    const joined = `
      with placed as (
        select k.person, k.cluster, m.person_id
        from ${truth('identifiers')} as k
        inner join profiles.identifiers as i on i.identifier_kind = k.kind and i.identifier_value = case k.kind
          when 'cookie_id' then 'ga4:' || k.value when 'crm_id' then 'hubspot:' || k.value
          when 'support_id' then 'zendesk:' || k.value when 'order_id' then replace(k.value, '#', '') else k.value end
        inner join profiles.identity_map as m on m.identifier_id = i.identifier_id
        where k.person <> 'shared'
          -- Who shares a tablet may be taken for one another.
          and k.person not in (
            select person from ${truth('visits')} where cookie in (
              select value from ${truth('identifiers')} where person = 'shared' and kind = 'cookie_id'
            )
          )
      )`
    const [torn] = await ask(
      `${joined} select count(*)::int as count from (select cluster from placed group by 1 having count(distinct person_id) > 1)`,
    )
    const [mixed] = await ask(
      `${joined} select count(*)::int as count from (select person_id from placed group by 1 having count(distinct cluster) > 1)`,
    )
    const [all] = await ask(`${joined} select count(distinct cluster)::int as count from placed`)
    expect(all?.count).toBeGreaterThan(150)
    expect(torn?.count).toBe(0)
    expect(mixed?.count).toBe(0)
  })

  test('journeys begin where they began, as far as rows can know it', async () => {
    const [found] = await ask(`
      select count(*)::int as journeys,
        (count(*) filter (abs(epoch_ms(j.started_at) - epoch_ms(t.knowable_first_touch_at::timestamp)) < 1000))::int as alike
      from journeys.journeys as j
      inner join journeys.conversions as c on c.conversion_id = j.conversion_id and c.conversion = 'purchase'
      inner join ${truth('journeys')} as t on replace(t.order_name, '#', '') = c.order_id`)
    expect(found?.journeys).toBeGreaterThan(30)
    expect(Number(found?.alike) / Number(found?.journeys)).toBeGreaterThan(0.9)
  })

  // What limits recall: browsers that were cleared or changed before anybody logged in or bought with them.
  test('people are found: of pairs of events taken for one person 99 % are, and 90 % of those of one person are found', async () => {
    const [found] = await ask(`
      with told as (
        select split_part(row_key, '|', 1) as cookie, split_part(row_key, '|', 2)::bigint as microseconds,
          split_part(row_key, '|', 3) as event_name, person
        from ${truth('rows')} where system = 'ga4' and is_bot = 'false' and is_test = 'false'
      ),
      owned as (
        select t.person, case when o.is_shared_device then e.event_id else p.person_id end as person_id
        from told as t
        inner join staging.stg_ga4__events as e on e.user_pseudo_id = t.cookie
          and epoch_us(e.occurred_at) = t.microseconds and e.raw_event_name = t.event_name
        inner join journeys.person_events as p on p.event_id = e.event_id
        inner join profiles.people as o on o.person_id = p.person_id
      ),
      pairs as (
        select
          (select sum(n * (n - 1)) from (select count(*) as n from owned group by person, person_id)) as right_ones,
          (select sum(n * (n - 1)) from (select count(*) as n from owned group by person_id)) as found_ones,
          (select sum(n * (n - 1)) from (select count(*) as n from owned group by person)) as true_ones,
          (select count(*) from owned) as events, (select count(*) from told) as told_events
      )
      select events = told_events as is_whole, right_ones / found_ones as precision, right_ones / true_ones as recall from pairs`)
    expect(found?.is_whole).toBe(true)
    expect(Number(found?.precision)).toBeGreaterThanOrEqual(0.99)
    expect(Number(found?.recall)).toBeGreaterThanOrEqual(0.9)
  })

  test('every order is one conversion, worth what is left of it in euros at the rate of its day, to the cent', async () => {
    const differing = await ask(`
      with rates as (
        select currency, rate_date::date as rate_date, rate::decimal(10, 6) as rate
        from read_csv('${join(folder, 'seeds/exchange_rates.csv')}', all_varchar = true)
        union all select 'EUR', rate_date::date, 1 from read_csv('${join(folder, 'seeds/exchange_rates.csv')}', all_varchar = true) where currency = 'CHF'
      ),
      placed as (
        select replace(order_name, '#', '') as order_id, currency, gross_cents::decimal(10, 0) * 0.01 as gross, (gross_cents::decimal(10, 0) - net_cents::decimal(10, 0)) * 0.01 as lost,
          ((placed_at::timestamp at time zone 'UTC') at time zone 'Europe/Berlin')::date as placed_on
        from ${truth('orders')} where is_test = 'false'
      ),
      told as (
        select p.order_id, round(p.gross * r.rate, 2)::decimal(12, 2) - round(p.lost * r.rate, 2)::decimal(12, 2) as revenue
        from placed as p left join rates as r on r.currency = p.currency and r.rate_date = p.placed_on
      ),
      counted as (select order_id, revenue from journeys.conversions where conversion = 'purchase')
      select order_id, t.revenue as told, c.revenue as counted from told as t full join counted as c using (order_id)
      where t.revenue is distinct from c.revenue`)
    expect(differing).toEqual([])
  })

  test('the first channel of a journey is the one that began it, as far as rows can know it', async () => {
    const [found] = await ask(`
      select count(*)::int as journeys, (count(*) filter (s.channel = t.knowable_first_channel))::int as alike
      from journeys.conversions as c
      inner join journeys.journeys as j on j.conversion_id = c.conversion_id
      inner join journeys.touchpoints as s on s.person_id = j.person_id and s.touched_at = j.started_at
      inner join ${truth('journeys')} as t on replace(t.order_name, '#', '') = c.order_id
      where c.conversion = 'purchase'`)
    expect(found?.journeys).toBeGreaterThan(30)
    expect(Number(found?.alike) / Number(found?.journeys)).toBeGreaterThan(0.9)
  })

  test('the sessions of whoever is known exactly are their visits, cut at each pause of half an hour', async () => {
    const differing = await ask(`
      with told as (
        select split_part(row_key, '|', 1) as cookie, split_part(row_key, '|', 2)::bigint as microseconds,
          split_part(row_key, '|', 3) as event_name, person
        from ${truth('rows')} where system = 'ga4' and is_bot = 'false' and is_test = 'false'
      ),
      owned as (
        select t.person, p.person_id, p.session_id, p.event_id, p.occurred_at, p.is_customer_action
        from told as t
        inner join staging.stg_ga4__events as e on e.user_pseudo_id = t.cookie
          and epoch_us(e.occurred_at) = t.microseconds and e.raw_event_name = t.event_name
        inner join journeys.person_events as p on p.event_id = e.event_id
      ),
      exact as (
        select person from owned group by person having count(distinct person_id) = 1
        intersect
        select min(person) from owned group by person_id having count(distinct person) = 1
      ),
      -- Contacts elsewhere may bridge a pause: of those people only who has none is held to the site alone.
      alone as (
        select o.person from owned as o
        inner join journeys.person_events as p on p.person_id = o.person_id and p.is_customer_action
        inner join events.events as e on e.event_id = p.event_id
        group by o.person having count(*) filter (e.system <> 'ga4') = 0
      ),
      numbered as (
        select person, session_id, event_id,
          sum(case when occurred_at - previous_at > interval 30 minute then 1 else 0 end)
            over (partition by person order by occurred_at, event_id) as visit
        from (
          select *, lag(occurred_at) over (partition by person order by occurred_at, event_id) as previous_at
          from owned where is_customer_action and person in (from exact) and person in (from alone)
        )
      )
      select
        count(distinct person)::int as people, count(distinct (person, visit))::int as visits, count(distinct session_id)::int as sessions,
        count(distinct (person, visit, session_id))::int as both
      from numbered`)
    const [counts] = differing
    expect(counts?.people).toBeGreaterThan(30)
    expect(counts?.sessions).toBe(counts?.visits)
    expect(counts?.both).toBe(counts?.visits)
  })

  test('explains a person and an event by the links that hold', async () => {
    const [known] = await ask(`
      select m.person_id, c.event_id, i.identifier_value as user_id
      from journeys.conversions as c
      inner join profiles.identity_map as m on m.person_id = c.person_id
      inner join profiles.identifiers as i on i.identifier_id = m.identifier_id and i.identifier_kind = 'user_id'
      inner join events.events as e on e.event_id = c.event_id and e.system = 'ga4'
      order by 1, 2 limit 1`)
    const explain = (what: string, id: unknown) => {
      const config = join(folder, 'warehouse.config.yaml')
      const args = ['--import', 'tsx', command, 'explain', what, String(id), '--config', config]
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      return { status, stdout: stdout + stderr }
    }
    const person = explain('person', String(known?.person_id).slice(0, 12))
    expect(person.status, person.stdout).toBe(0)
    expect(person.stdout).toContain(`Named by user_id ${known?.user_id}`)
    expect(person.stdout).toMatch(/What ties them together\n {2}user_id \d+\n.*└─ /)
    expect(person.stdout).toMatch(/order_id LL\d+: on (one event|\d+ events), first 2026-/)
    const event = explain('event', known?.event_id)
    expect(event.status, event.stdout).toBe(0)
    expect(event.stdout).toContain(`user_id ${known?.user_id}: decides, the strongest that is not shared`)
    expect(event.stdout).toContain(`Whose: person ${known?.person_id}`)
  })
})
