import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type RawEvent, worldOf } from '../support/world.ts'

/** A day's touch by a channel, or what somebody did in the end. */
const touch = (day: string, channel: string): RawEvent => ({
  event_id: `${day} ${channel}`,
  at: `${day} 08:00:00`,
  event: 'ad_clicked',
  user: 'ada',
  channel,
})

/** What each model gives each channel, from raw events on: `{ first: { Google: 1 } }`. */
async function sharesOf(events: readonly RawEvent[], attribution: Readonly<Record<string, unknown>>) {
  const world = await worldOf(events, {
    definitions: {
      conversions: { goal: { event: 'goal_reached', value: 'revenue' } },
      attribution: { touchpoints: ['ad_clicked'], ...attribution },
    },
    models: ['attribution_credits'],
  })
  const rows = await world.rows(
    'select attribution_model, channel, credit, cast(revenue as double) as revenue from attribution.attribution_credits order by attribution_model, touch_number',
  )
  const credit: Record<string, Record<string, number>> = {}
  const revenue: Record<string, Record<string, number>> = {}
  for (const row of rows) {
    const [model, channel] = [String(row.attribution_model), String(row.channel)]
    credit[model] = { ...credit[model], [channel]: Number(Number(row.credit).toFixed(9)) }
    revenue[model] = { ...revenue[model], [channel]: Number(row.revenue) }
  }
  return { credit, revenue }
}

describe("Amplitude's example of attribution: Google on 1 May, Facebook on the 7th, TikTok and the sign-up on the 10th", () => {
  const events = [
    touch('2022-05-01', 'Google'),
    touch('2022-05-07', 'Facebook'),
    touch('2022-05-10', 'TikTok'),
    { event_id: 'sign-up', at: '2022-05-10 09:00:00', event: 'goal_reached', user: 'ada' },
  ]
  const models = {
    first: { credit: 'first' },
    last: { credit: 'last' },
    linear: { credit: 'linear' },
    j_curve: { credit: 'position', first: 0.2, last: 0.6 },
    custom: { credit: 'position', first: 0.05, last: 0.75 },
  }

  it('within 30 days', async () => {
    expect((await sharesOf(events, { lookback: '30 days', models })).credit).toEqual({
      first: { Google: 1 },
      last: { TikTok: 1 },
      linear: { Google: 0.333333333, Facebook: 0.333333333, TikTok: 0.333333333 },
      j_curve: { Google: 0.2, Facebook: 0.2, TikTok: 0.6 },
      custom: { Google: 0.05, Facebook: 0.2, TikTok: 0.75 },
    })
  })

  it('within 7 days, but for the J curve of two touches, which is 25/75 here as at Adobe and Mixpanel', async () => {
    const { first, last, linear, j_curve } = (await sharesOf(events, { lookback: '7 days', models })).credit

    expect({ first, last, linear }).toEqual({
      first: { Facebook: 1 },
      last: { TikTok: 1 },
      linear: { Facebook: 0.5, TikTok: 0.5 },
    })
    expect(j_curve).toEqual({ Facebook: 0.25, TikTok: 0.75 })
  })
})

describe('Google Analytics 4: direct traffic has credit only where the whole path is direct', () => {
  const goal = { event_id: 'goal', at: '2026-03-09 08:00:00', event: 'goal_reached', user: 'ada' }
  const models = { last: { credit: 'last', skip: ['Direct'] } }

  it('so the last touch before it has it', async () => {
    const events = [touch('2026-03-01', 'Email'), touch('2026-03-02', 'Display'), touch('2026-03-03', 'Direct'), goal]
    expect((await sharesOf(events, { models })).credit).toEqual({ last: { Display: 1 } })
  })

  it('and Direct has it where there was nothing else', async () => {
    const events = [touch('2026-03-01', 'Direct'), touch('2026-03-03', 'Direct'), goal]
    expect((await sharesOf(events, { models })).credit).toEqual({ last: { Direct: 1 } })
  })
})

interface KnownAnswer {
  readonly name: string
  readonly revenue: number
  readonly half_life_days: number
  readonly touch_days: readonly number[]
  readonly conversion_day: number
  readonly published: Readonly<Record<string, readonly number[]>>
}

const data = process.env.THROUGHLINE_SHARED_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))
const file = join(data, 'known-answers', 'attribution.json')
const isThere = existsSync(file)

describe(`published answers${isThere ? '' : ` (skipped: there is no ${file}; set THROUGHLINE_SHARED_DATA)`}`, () => {
  const answers: readonly KnownAnswer[] = isThere ? JSON.parse(readFileSync(file, 'utf8')).time_decay : []

  it.skipIf(!isThere)('are there to compare with', () => {
    expect(answers.length).toBeGreaterThan(0)
  })

  it.each(answers)('$name', async ({ revenue, half_life_days, touch_days, conversion_day, published }) => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10)
    // The example names the channels of no touch but the last, which is direct.
    const channels = touch_days.map((_, index) => (index === touch_days.length - 1 ? 'Direct' : `Channel ${index + 1}`))
    const events = touch_days.map((day, index) => touch(at(day), channels[index]!))
    const goal = { event_id: 'goal', event: 'goal_reached', user: 'ada', revenue: `${revenue}`, currency: 'EUR' }
    const shares = await sharesOf([...events, { ...goal, at: `${at(conversion_day)} 08:00:00` }], {
      lookback: `${conversion_day} days`,
      models: {
        first: { credit: 'first' },
        last: { credit: 'last' },
        last_non_direct: { credit: 'last', skip: ['Direct'] },
        linear: { credit: 'linear' },
        time_decay: { credit: 'time_decay', half_life: `${half_life_days} days` },
        position_40_20_40: { credit: 'position', first: 0.4, last: 0.4 },
      },
    })

    for (const [model, amounts] of Object.entries(published)) {
      const ours = channels.map(channel => shares.revenue[model]?.[channel] ?? 0)
      const difference = Math.max(...ours.map((amount, index) => Math.abs(amount - amounts[index]!)))
      // Time decay is published rounded to 5, so that it sums to the whole.
      expect([model, difference]).toEqual([model, model === 'time_decay' ? expect.toSatisfy(isUnder(5)) : 0])
    }
  })
})

function isUnder(limit: number) {
  return (value: unknown) => typeof value === 'number' && value < limit
}
