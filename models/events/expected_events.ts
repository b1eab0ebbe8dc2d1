import { integer, key, model, rows, sql, text } from 'throughline'
import { attribution } from '../definitions/attribution'
import { conversions as conversionRules } from '../definitions/conversions'
import { funnels as funnelRules } from '../definitions/funnels'
import { stages as stageRules } from '../definitions/stages'
import { events } from './events'

export const expected_events = model({
  description:
    'One row per event that the config counts on, and where it does: one that never happens is mostly a misspelt name.',
  grain: ['expected_by', 'event_name'],
  columns: {
    expected_by: key(
      'Where the config names it: conversions.purchase, funnels.checkout.viewed, stages.advocacy, attribution.touchpoints',
    ),
    event_name: key("The event, in the company's own words"),
    event_count: integer('How often it happened').atLeast(1, { severity: 'warn' }),
  },
  materialize: { kind: 'table' },
  uses: { attribution, conversionRules, funnelRules, stageRules },
  query: ({ attribution: { touchpoints }, conversionRules: conversions, funnelRules: funnels, stageRules: stages }) => {
    const expected = [
      // Derived: the beginning of a session is no event of any system.
      ...touchpoints
        .filter(event_name => event_name !== 'session_started')
        .map(event_name => ({ expected_by: 'attribution.touchpoints', event_name })),
      ...Object.entries(conversions).flatMap(([name, { match }]) =>
        match.events.map(event_name => ({ expected_by: `conversions.${name}`, event_name })),
      ),
      ...Object.entries(funnels).flatMap(([name, { steps }]) =>
        steps.flatMap(step =>
          step.match.events.map(event_name => ({ expected_by: `funnels.${name}.${step.name}`, event_name })),
        ),
      ),
      ...Object.entries(stages).flatMap(([name, { match }]) =>
        match.events.map(event_name => ({ expected_by: `stages.${name}`, event_name })),
      ),
    ]
    const distinct = [...new Map(expected.map(row => [JSON.stringify(row), row])).values()]
    return sql`
      with event_counts as (
        select e.event_name, count(*) as event_count
        from ${events} as e
        group by e.event_name
      )

      select x.expected_by, x.event_name, coalesce(c.event_count, 0) as event_count
      from ${rows({ expected_by: text('Where'), event_name: text('Which') }, distinct)} as x
      left join event_counts as c on c.event_name = x.event_name
    `
  },
})
