import { key, model, rows, sql, text } from 'throughline'
import { events as taxonomy } from '../definitions/events'

export const event_names = model({
  description: "One row per name of a system's event that the company has a name of its own for.",
  grain: ['system', 'raw_event_name'],
  columns: {
    system: key('The system, as in the config'),
    raw_event_name: key("The event in the system's words"),
    event_name: text("The company's own name for it").matches('^[a-z][a-z0-9_]*$'),
  },
  materialize: { kind: 'view' },
  uses: { taxonomy },
  query: ({ taxonomy: { systems } }) => sql`
    select n.system, n.raw_event_name, n.event_name
    from ${rows(
      { system: text('The system'), raw_event_name: text('Its name'), event_name: text('Our name') },
      Object.entries(systems).flatMap(([system, names]) =>
        Object.entries(names).map(([raw_event_name, event_name]) => ({ system, raw_event_name, event_name })),
      ),
    )} as n
  `,
})
