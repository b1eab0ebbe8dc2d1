import {
  type Columns,
  integer,
  type Lacking,
  localTimestamp,
  number,
  type RawSample,
  type Recognized,
  type SampledColumn,
  source,
  text,
  timestamp,
  timezone,
  z,
} from 'throughline'
import { unreadableTime, usualColumns, whyMissing } from '../macros/usual-columns'

const rawColumn = () => z.string().min(1)

const time = z
  .union([
    rawColumn(),
    z.strictObject({
      column: rawColumn().describe('The raw column that says when it happened.'),
      timezone: timezone()
        .default('UTC')
        .describe(
          'The zone of times that say none. Other than UTC, every value must be a time without a zone of its own.',
        ),
      format: z
        .enum(['iso', 'epoch_seconds', 'epoch_milliseconds', 'epoch_microseconds'])
        .default('iso')
        .describe(
          'iso: 2026-06-01 12:30:00. The others: a whole number since 1970-01-01 00:00 UTC, whatever the timezone.',
        ),
    }),
  ])
  .transform(given =>
    typeof given === 'string' ? ({ column: given, timezone: 'UTC', format: 'iso' } as const) : given,
  )

const optionalColumns = z.strictObject({
  event_id: rawColumn().optional().describe('Identifies an event: rows with the same one are versions of one event.'),
  loaded_at: rawColumn().optional().describe('When the row came in, in UTC: of several versions the newest counts.'),
  session: rawColumn().optional().describe("The system's own session; kept beside ours, and not used."),
  device: rawColumn().optional().describe('A browser or device: identifies people who are not logged in.'),
  country: rawColumn().optional().describe('Country of the visitor.'),
  device_category: rawColumn().optional().describe('desktop, mobile, tablet …'),
  platform: rawColumn().optional().describe('web, ios, android, store …; web where it is not mapped, or empty.'),
  utm_source: rawColumn().optional().describe('Where it is not mapped, the parameter of the page is read.'),
  utm_medium: rawColumn().optional().describe('Where it is not mapped, the parameter of the page is read.'),
  utm_campaign: rawColumn().optional().describe('Where it is not mapped, the parameter of the page is read.'),
  channel: rawColumn().optional().describe('A channel that somebody has decided already; overrides the rules.'),
  referrer: rawColumn().optional().describe('The page, or host, that the visitor came from.'),
  page: rawColumn().optional().describe('URL of the page, or its path.'),
  order_id: rawColumn().optional().describe("The order's number; one order is one conversion."),
  revenue: rawColumn().optional().describe('What the event is worth, in `currency`.'),
  currency: rawColumn()
    .optional()
    .describe('Three letters, as EUR; the reporting currency where not mapped, or empty.'),
})

const settings = z
  .strictObject({
    file: z
      .string()
      .min(1)
      .optional()
      .describe('CSV or Parquet; a path from the folder of this config, with * for several.'),
    table: z.string().min(1).optional().describe('A table of the target database instead of a file, as schema.table.'),
    person: rawColumn().describe('The raw column that says who it was, where that is known.'),
    event: rawColumn().describe('The raw column with the name of what happened.'),
    time: time.describe('The raw column that says when it happened, or { column, timezone, format }.'),
    columns: optionalColumns
      .default({})
      .describe('What else the events carry: our name on the left, the raw column on the right.'),
    channels: z
      .record(z.string().min(1), z.string().min(1))
      .default({})
      .describe('Values of the raw channel column, and the channels they stand for; others stand for themselves.'),
    bad_rows: z
      .enum(['fail', 'quarantine'])
      .default('fail')
      .describe('fail: a row that cannot be read stops the build. quarantine: it is set aside in a table of its own.'),
  })
  .superRefine((given, context) => {
    if ((given.file === undefined) === (given.table === undefined)) {
      const message = given.file === undefined ? 'name a file or a table' : 'name a file or a table, not both'
      context.addIssue({ code: 'custom', message, path: given.file === undefined ? [] : ['table'] })
    }
    if (Object.keys(given.channels).length > 0 && given.columns.channel === undefined) {
      const message = 'says what values of the channel column stand for, and columns.channel names no such column'
      context.addIssue({ code: 'custom', message, path: ['channels'] })
    }
    for (const { raw, first, other } of conflicts(given)) {
      const message = `the raw column "${raw}" cannot be both ${other.ours} (${other.type}) and ${first.ours} (${first.type})`
      context.addIssue({ code: 'custom', message, path: [...other.path] })
    }
  })

/** How a clickstream's file or table is read: the settings under `sources: clickstream:`, with their defaults. */
export type ClickstreamSettings = z.infer<typeof settings>

export const clickstream = source({
  description: 'Events from one file or table of whatever make: who did what and when, and what else is known of it.',
  settings,
  tables: {
    events: {
      description: 'The events as they came, under their raw names.',
      columns: rawColumns,
      location: ({ file, table, bad_rows: badRows }) =>
        table === undefined ? { file: file ?? '', badRows } : { table, badRows },
    },
  },
  recognize: recognized,
})

interface Mapping {
  readonly ours: string
  readonly raw: string
  readonly type: keyof typeof words
  readonly path: readonly string[]
}

type Mapped = Pick<ClickstreamSettings, 'person' | 'event' | 'time' | 'columns'>

function mappings({ person, event, time, columns }: Mapped): readonly Mapping[] {
  const optional = Object.entries(columns).flatMap(([ours, raw]) => {
    if (raw === undefined) return []
    const type = ours === 'loaded_at' ? 'timestamp' : ours === 'revenue' ? 'number' : 'text'
    return [{ ours, raw, type, path: ['columns', ours] } as const]
  })
  return [
    { ours: 'person', raw: person, type: 'text', path: ['person'] },
    { ours: 'event', raw: event, type: 'text', path: ['event'] },
    { ours: 'time', raw: time.column, type: typeOfTime(time), path: ['time'] },
    ...optional,
  ]
}

const words = { text, timestamp, local: localTimestamp, integer, number }

/** A time that a zone is told for may name none of its own: it would be read in both. */
function typeOfTime({ format, timezone }: ClickstreamSettings['time']): keyof typeof words {
  if (format !== 'iso') return 'integer'
  return timezone === 'UTC' ? 'timestamp' : 'local'
}

/** One column for each raw name, however many of ours it stands for. */
function rawColumns(given: Mapped): Columns {
  return Object.fromEntries(
    byRawName(given).map(([raw, [first, ...others]]) => {
      const description = `Our ${[first, ...others].map(({ ours }) => ours).join(' and ')}.`
      return [raw, words[first.type](description).nullable()]
    }),
  )
}

function conflicts(given: Mapped) {
  return byRawName(given).flatMap(([raw, [first, ...others]]) => {
    const other = others.find(({ type }) => type !== first.type)
    return other === undefined ? [] : [{ raw, first, other }]
  })
}

function byRawName(given: Mapped): readonly (readonly [string, readonly [Mapping, ...Mapping[]]])[] {
  const groups = new Map<string, [Mapping, ...Mapping[]]>()
  for (const mapping of mappings(given)) {
    const group = groups.get(mapping.raw)
    if (group === undefined) groups.set(mapping.raw, [mapping])
    else group.push(mapping)
  }
  return [...groups]
}

const orderNames =
  /^(purchase|purchased|bought|order|ordered|order[_ -]?(placed|completed)|checkout[_ -]?(completed|done)|transaction)$/i

/** A clickstream is what says who did what and when, in columns of the usual names. */
function recognized({ file, columns }: RawSample): Recognized | Lacking {
  const named = (ours: string) => usualColumns(ours, columns)
  const [times, events, people] = [named('time'), named('event'), named('person')]
  const [time, event, person] = [times[0], events[0], people[0]]
  if (time === undefined || event === undefined || person === undefined) {
    const found = Object.entries({ time, event, person }) as ['time' | 'event' | 'person', SampledColumn | undefined][]
    const settings = {
      file,
      person: person?.name ?? '…',
      event: event?.name ?? '…',
      time: time === undefined ? (unreadableTime(columns)?.name ?? '…') : timeOf(time),
    }
    const missing = found.filter(([, column]) => column === undefined)
    return { lacks: missing.map(([ours]) => whyMissing(ours, columns)), settings }
  }

  const taken = new Set([time.name, event.name, person.name])
  const mapped: Record<string, string> = {}
  const worths: SampledColumn[] = []
  for (const ours of Object.keys(optionalColumns.shape)) {
    const free = named(ours).filter(({ name }) => !taken.has(name))
    const [found] = free
    if (found === undefined) continue
    taken.add(found.name)
    mapped[ours] = found.name
    if (ours === 'revenue') worths.push(...free)
  }
  const orders = event.values.filter(value => orderNames.test(value) && value !== 'order_placed')
  const ours = Object.fromEntries(orders.map(name => [name, 'order_placed']))
  const alike = times.filter(({ looksLike }) => looksLike === time.looksLike)
  return {
    settings: { file, person: person.name, event: event.name, time: timeOf(time), columns: mapped },
    sections: orders.length === 0 ? {} : { events: { clickstream: ours } },
    open: [
      ...choiceOf(['person'], 'Which column says who it was, where that is known?', people),
      ...choiceOf(['event'], 'Which column has the name of what happened?', events),
      ...choiceOf(['time', 'column'], 'Which column says when it happened?', alike),
      ...zoneOf(time),
      ...choiceOf(['columns', 'revenue'], 'Which column says what an event is worth?', worths),
    ],
    notes: ordersIn(event),
  }
}

function timeOf({ name, looksLike }: SampledColumn) {
  return looksLike.startsWith('epoch') ? { column: name, format: looksLike } : { column: name, timezone: 'UTC' }
}

type Open = NonNullable<Recognized['open']>

function choiceOf(path: readonly string[], question: string, columns: readonly SampledColumn[]): Open {
  return columns.length < 2 ? [] : [{ path, question, choices: columns.map(({ name }) => name) }]
}

function zoneOf({ name, looksLike, values }: SampledColumn): Open {
  if (looksLike !== 'local time') return []
  return [{ path: ['time', 'timezone'], question: `Of which timezone are the times in ${name}, such as ${values[0]}?` }]
}

/** What the stock conversion and funnel count is an event of the name `order_placed`. */
function ordersIn({ values }: SampledColumn): readonly string[] {
  if (values.length === 0 || values.some(value => orderNames.test(value))) return []
  const some = values.length > shownNames ? [...values.slice(0, shownNames), '…'] : values
  return [
    `no event is taken for an order: ${some.join(', ')}. Where one of them is, say so: events: { clickstream: { NAME: order_placed } }`,
  ]
}

const shownNames = 6
