import { describe, expect, it } from 'vitest'
import { worldOf } from '../support/world.ts'

const awkward = `O'Brien "said" \\n \\' 🙂 -- ; drop table events.events; /* ${'${x}'}`

describe('Values and names with quotes, backslashes, emoji and SQL in them', () => {
  it('come through the config and the raw rows as they are', async () => {
    const world = await worldOf(
      [
        {
          at: '2026-01-01 10:00:00',
          event: awkward,
          user: awkward,
          device: `🙂' or 1=1`,
          channel: awkward,
          country: awkward,
        },
        {
          at: '2026-01-01 10:05:00',
          event: 'bought',
          user: awkward,
          order_id: awkward,
          revenue: '12.50',
          currency: 'EUR',
        },
      ],
      {
        definitions: {
          events: { clickstream: { [awkward]: 'odd_thing_done', bought: 'order_placed' } },
          conversions: { purchase: { event: 'order_placed', value: 'revenue', where: { country: { not: awkward } } } },
          attribution: { touchpoints: ['session_started', awkward] },
          channels: { before: [{ channel: awkward, when: { utm_source: awkward } }], paid: [awkward] },
          identity: { blocked: { device_id: [`🙂' or 1=*`] } },
          segments: ['channel', 'country'],
        },
      },
    )
    expect(
      await world.rows('select event_name, raw_event_name, country from events.events order by occurred_at'),
    ).toEqual([
      { event_name: 'odd_thing_done', raw_event_name: awkward, country: awkward },
      { event_name: 'order_placed', raw_event_name: 'bought', country: null },
    ])
    expect(
      await world.rows('select identifier_kind, identifier_value, is_blocked from profiles.identifiers order by 1'),
    ).toEqual([
      { identifier_kind: 'device_id', identifier_value: `🙂' or 1=1`, is_blocked: true },
      { identifier_kind: 'user_id', identifier_value: awkward, is_blocked: false },
    ])
    expect(await world.rows('select channel, is_paid from journeys.touchpoints')).toEqual([
      { channel: awkward, is_paid: true },
    ])
    expect(
      await world.rows(`
        select attribution_model, channel, cast(revenue as double) as revenue
        from attribution.attribution_credits where attribution_model = 'first'`),
    ).toEqual([{ attribution_model: 'first', channel: awkward, revenue: 12.5 }])
    expect(
      await world.rows(`
        select distinct segment_value from kpis.kpis where segment = 'country' and kpi = 'sessions'`),
    ).toEqual([{ segment_value: awkward }])
  })
})
