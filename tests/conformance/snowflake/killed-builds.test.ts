import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { published } from '../small-shop.ts'
import { killedAfter, leaseIsOver, namesOf } from './killing.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'
import {
  laterOrders,
  laterRates,
  newPlace,
  type Place,
  type Shown,
  type SmallShop,
  shownBy,
  smallShop,
} from './small-shop.ts'

type Kind = 'a first build' | 'a later build'

interface Shop {
  readonly place: Place
  readonly shop: SmallShop
}

interface Moment {
  readonly kind: Kind
  readonly when: string
  /** Killed when so many of these have been carried out. */
  readonly sql: RegExp
  readonly number: number
}

const moment = (kind: Kind, when: string, sql: RegExp, number = 1): Moment => ({ kind, when, sql, number })

const moments: readonly Moment[] = [
  moment('a first build', 'it took the lease', /_about\.lease/, 2),
  moment('a first build', 'a file was copied from its stage', /^copy into /),
  moment('a first build', 'a view was made', /^create or replace view \S+_staging\.named/),
  moment('a first build', 'a table was made, and not yet its status', /^create or replace .*_shop\.customers /),
  moment('a first build', 'a row of the status was written', /^insert into \S+_about\.table_status/, 2),
  moment('a later build', 'a file was copied from its stage', /^copy into /),
  moment('a later build', 'a transaction was begun', /^begin/),
  moment('a later build', 'a table was overwritten, not yet its status', /^insert overwrite into \S+_shop\.orders/),
  moment('a later build', 'a row of the status was written', /^insert into \S+_about\.table_status/, 3),
  moment('a later build', 'a transaction was committed', /^commit/, 3),
  moment('a later build', 'the last table was overwritten', /^insert overwrite into \S+_shop\.loyalty/),
]

describe.skipIf(whyNoFakesnow() !== undefined)('A build', { timeout: 200_000 }, () => {
  let server: LocalSnowflake
  const whole = new Map<Kind, { readonly shown: Shown; readonly names: readonly string[] }>()
  beforeAll(async () => {
    server = await startLocalSnowflake()
    for (const kind of ['a first build', 'a later build'] as const) {
      const { place, shop } = await shopBefore(kind)
      await mustBuild(shop)
      whole.set(kind, { shown: await shownBy(place), names: await namesOf(place) })
    }
  }, 200_000)
  afterAll(() => server?.close())

  /** A shop that is built, where it is to have been built before, and has other raw rows since. */
  async function shopBefore(kind: Kind): Promise<Shop> {
    const place = newPlace(server)
    const shop = smallShop(place)
    if (kind === 'a later build') {
      await mustBuild(shop)
      shop.write('data/orders.csv', laterOrders)
      shop.write('seeds/rates.csv', laterRates)
    }
    return { place, shop }
  }

  async function mustBuild(shop: SmallShop): Promise<void> {
    const { exitCode, stdout, stderr } = await shop.run(['build'])
    expect(exitCode, stdout + stderr).toBe(0)
  }

  const title = '%s that is killed when %s leaves old rows or new ones, and is made whole by another'
  test.each(moments.map(moment => [moment.kind, moment.when, moment] as const))(
    title,
    async (kind, _, { sql, number }) => {
      const shop = await shopBefore(kind)
      const [before, after] = [await shownBy(shop.place), whole.get(kind)!]
      await killedAfter(server, shop.shop.folder, sql, number)
      const shown = await shownBy(shop.place)
      for (const name of published) expect([before[name], after.shown[name]], name).toContainEqual(shown[name])
      expect(shown).not.toEqual(after.shown)
      await leaseIsOver(shop.place)
      await mustBuild(shop.shop)
      expect(await shownBy(shop.place)).toEqual(after.shown)
      expect(await namesOf(shop.place)).toEqual(after.names)
    },
  )
})
