import { date, integer, key, model, references, sql, text, timestamp } from 'throughline'
import { elapsedSeconds, plusSeconds } from '../../macros/time'
import { attribution } from '../definitions/attribution'
import { conversions } from '../journeys/conversions'
import { touchpoints } from '../journeys/touchpoints'
import { people } from '../profiles/people'

export const conversion_touches = model({
  description:
    "One row per conversion and touchpoint that may have a part in it: each of the person's from the lookback before the conversion, that instant included, to the instant of the conversion. The instant alone decides: a touchpoint at the very instant of the conversion counts, whichever event id is the lesser, and so does one before an earlier conversion. A conversion without a touchpoint has one row, (none).",
  grain: ['conversion_id', 'touchpoint_id'],
  columns: {
    conversion_id: references(conversions.columns.conversion_id),
    touchpoint_id: key('The touchpoint; (none) for a conversion without one'),
    person_id: references(people.columns.person_id),
    channel: text('Channel of the touchpoint; (none) without one'),
    campaign: text('Campaign of the touchpoint; NULL where it names none').nullable(),
    touched_at: timestamp('When, UTC; NULL without a touchpoint').nullable(),
    touched_date: date('The day, in the reporting zone; NULL without a touchpoint').nullable(),
    seconds_before: integer('Whole seconds from the touchpoint to the conversion; 0 without one').atLeast(0),
    touch_number: integer(
      "Place among the conversion's touchpoints, from 1, in order of (touched_at, touchpoint_id); 0 without one",
    ).atLeast(0),
    touch_count: integer("The conversion's touchpoints; 0 without one").atLeast(0),
  },
  tests: {
    unique: [['conversion_id', 'touch_number']],
    always: {
      'only (none) is no touchpoint': sql`(touchpoint_id = '(none)') = (touch_count = 0)`,
      'touchpoints, and only they, have a time': sql`(touched_at is null) = (touch_count = 0)`,
      'touchpoints are numbered from 1': sql`touch_number <= touch_count and (touch_number = 0) = (touch_count = 0)`,
    },
    never: {
      'a conversion that is not here': self => sql`
        select c.conversion_id
        from ${conversions} as c
        left join ${self} as t on t.conversion_id = c.conversion_id
        where t.conversion_id is null
      `,
      'a conversion some of whose touchpoints are not here': self => sql`
        select t.conversion_id
        from ${self} as t
        where t.touchpoint_id <> '(none)'
        group by t.conversion_id
        having count(*) <> max(t.touch_number) or count(*) <> max(t.touch_count)
      `,
    },
  },
  materialize: { kind: 'table' },
  uses: { attribution },
  query: ({ attribution: { lookback } }) => sql`
    with horizons as (
      select
        c.conversion_id, c.person_id, c.converted_at,
        ${plusSeconds(sql`c.converted_at`, -lookback)} as earliest_touch_at
      from ${conversions} as c
    ),

    touches as (
      select
        h.conversion_id, h.person_id, t.touchpoint_id, t.channel, t.campaign, t.touched_at, t.touched_date,
        coalesce(${elapsedSeconds(sql`t.touched_at`, sql`h.converted_at`)}, 0) as seconds_before
      from horizons as h
      left join ${touchpoints} as t
        on t.person_id = h.person_id
        and t.touched_at >= h.earliest_touch_at
        and t.touched_at <= h.converted_at
    )

    select
      t.conversion_id,
      coalesce(t.touchpoint_id, '(none)') as touchpoint_id,
      t.person_id,
      coalesce(t.channel, '(none)') as channel,
      t.campaign,
      t.touched_at,
      t.touched_date,
      t.seconds_before,
      case
        when t.touchpoint_id is null then 0
        else row_number() over (partition by t.conversion_id order by t.touched_at nulls first, t.touchpoint_id nulls first)
      end as touch_number,
      count(t.touchpoint_id) over (partition by t.conversion_id) as touch_count
    from touches as t
  `,
})
