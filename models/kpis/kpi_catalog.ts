import { ConfigMistakes, integer, key, type Mistake, model, rows, sql, text } from 'throughline'
import { conversions as conversionRules } from '../definitions/conversions'
import { funnels as funnelRules } from '../definitions/funnels'

export const kpi_catalog = model({
  description: 'One row per KPI that the config makes: what it says, and of which counts it is made.',
  grain: ['kpi'],
  columns: {
    kpi: key('Its name: that of the conversion or the funnel, and what is measured'),
    description: text('What it says'),
    unit: text('rate (a share of 1), seconds, currency (the reporting currency) or count').oneOf([
      'rate',
      'seconds',
      'currency',
      'count',
    ]),
    dated_by: text('What puts it into a period').oneOf(['session start', 'conversion', 'funnel entry']),
    segment_of: text('Whose segment it is told by, read at the entry of that session').oneOf([
      'the session',
      "the conversion's session",
      "the session of the journey's first touchpoint",
      'the session of the first step',
    ]),
    numerator: text('What is counted, as in kpi_counts'),
    denominator: text('What it is divided by, as in kpi_counts; NULL for a sum or a count').nullable(),
    sampled: text('Of how many it is said, as in kpi_counts'),
    settles_after_seconds: integer('So long after the end of a period its numbers may still change').atLeast(0),
  },
  materialize: { kind: 'table' },
  uses: { conversionRules, funnelRules },
  query: ({ conversionRules: conversions, funnelRules: funnels }) => {
    const kpis = kpisOf(conversions, funnels)
    refuseEqualNames(kpis)
    return sql`
      select
        k.kpi, k.description, k.unit, k.dated_by, k.segment_of, k.numerator, k.denominator, k.sampled, k.settles_after_seconds
      from ${rows(
        {
          kpi: text('KPI'),
          description: text('What it says'),
          unit: text('Unit'),
          dated_by: text('What puts it into a period'),
          segment_of: text('Whose segment'),
          numerator: text('Numerator'),
          denominator: text('Denominator'),
          sampled: text('Sample'),
          settles_after_seconds: integer('When it is final'),
        },
        kpis.map(({ of: _, ...kpi }) => kpi),
      )} as k
    `
  },
})

type Conversions = ReturnType<typeof conversionRules.schema.parse>
type Funnels = ReturnType<typeof funnelRules.schema.parse>

/** A KPI, and the definition that makes it, as its path in the config. */
interface Kpi {
  readonly of: readonly string[]
  readonly kpi: string
  readonly description: string
  readonly unit: 'rate' | 'seconds' | 'currency' | 'count'
  readonly dated_by: string
  readonly segment_of: string
  readonly numerator: string
  readonly denominator: string | null
  readonly sampled: string
  readonly settles_after_seconds: number
}

const bySession = { of: [], dated_by: 'session start', segment_of: 'the session', settles_after_seconds: 0 }

/** All KPIs that these definitions make, in order. */
export function kpisOf(conversions: Conversions, funnels: Funnels): readonly Kpi[] {
  return [
    {
      ...bySession,
      kpi: 'sessions',
      description: 'Sessions',
      unit: 'count',
      numerator: 'sessions',
      denominator: null,
      sampled: 'sessions',
    },
    {
      ...bySession,
      kpi: 'people',
      description: 'People with a session, shared devices aside; they may be in several segments, and in every period',
      unit: 'count',
      numerator: 'people',
      denominator: null,
      sampled: 'people',
    },
    ...Object.entries(conversions).flatMap(([name, { value }]) => kpisOfConversion(name, value !== undefined)),
    ...Object.entries(funnels).flatMap(([name, { window }]) => kpisOfFunnel(name, window)),
  ]
}

function kpisOfConversion(name: string, isWorthSomething: boolean): readonly Kpi[] {
  const of = ['conversions', name]
  const counted = (what: string) => `${name}: ${what}`
  const session = { ...bySession, of }
  const conversion = { ...session, dated_by: 'conversion', segment_of: "the conversion's session" }
  const journey = { ...conversion, segment_of: "the session of the journey's first touchpoint" }
  return [
    {
      ...session,
      kpi: `${name}_rate`,
      description: `Sessions with a ${name}, of all`,
      unit: 'rate',
      numerator: counted('sessions'),
      denominator: 'sessions',
      sampled: 'sessions',
    },
    {
      ...session,
      kpi: `${name}_person_rate`,
      description: `People with a session with a ${name}, of all with a session`,
      unit: 'rate',
      numerator: counted('people'),
      denominator: 'people',
      sampled: 'people',
    },
    {
      ...conversion,
      kpi: `${name}_count`,
      description: `Conversions: ${name}`,
      unit: 'count',
      numerator: counted('conversions'),
      denominator: null,
      sampled: counted('conversions'),
    },
    ...(isWorthSomething
      ? [
          {
            ...conversion,
            kpi: `${name}_revenue`,
            description: `Revenue of ${name}`,
            unit: 'currency' as const,
            numerator: counted('revenue'),
            denominator: null,
            sampled: counted('conversions'),
          },
        ]
      : []),
    {
      ...conversion,
      kpi: `${name}_repeat_rate`,
      description: `People with a ${name} that is their second or a later one, of all with a ${name}`,
      unit: 'rate',
      numerator: counted('repeating people'),
      denominator: counted('converting people'),
      sampled: counted('converting people'),
    },
    {
      ...journey,
      kpi: `${name}_time`,
      description: `Time from a journey's first touchpoint to its ${name}, on average`,
      unit: 'seconds',
      numerator: counted('seconds of journeys'),
      denominator: counted('journeys'),
      sampled: counted('journeys'),
    },
    {
      ...journey,
      kpi: `${name}_journey_fragmentation`,
      description: `Journeys to a ${name} that changed channel more than once, of those with two touchpoints or more`,
      unit: 'rate',
      numerator: counted('fragmented journeys'),
      denominator: counted('journeys of several touchpoints'),
      sampled: counted('journeys of several touchpoints'),
    },
    {
      ...journey,
      kpi: `${name}_channel_change_rate`,
      description: `Touchpoints of another channel than the one before, of all after the first, in journeys to a ${name}`,
      unit: 'rate',
      numerator: counted('channel changes'),
      denominator: counted('touchpoints after the first'),
      sampled: counted('journeys of several touchpoints'),
    },
  ]
}

function kpisOfFunnel(name: string, window: number): readonly Kpi[] {
  const counted = (what: string) => `${name}: ${what}`
  const entry = {
    of: ['funnels', name],
    unit: 'rate',
    dated_by: 'funnel entry',
    segment_of: 'the session of the first step',
    settles_after_seconds: window,
  } as const
  return [
    {
      ...entry,
      kpi: `${name}_conversion_rate`,
      description: `Attempts at ${name} that were completed, of all`,
      numerator: counted('completed attempts'),
      denominator: counted('attempts'),
      sampled: counted('attempts'),
    },
    {
      ...entry,
      kpi: `${name}_path_efficiency`,
      description: `Steps of ${name}, of all that was done from its first step through its last: 1 is a straight line`,
      numerator: counted('steps of completed attempts'),
      denominator: counted('actions in completed attempts'),
      sampled: counted('completed attempts'),
    },
  ]
}

/** A conversion checkout_conversion and a funnel checkout would both make checkout_conversion_rate. */
function refuseEqualNames(kpis: readonly Kpi[]): void {
  const first = new Map<string, Kpi>()
  const mistakes = kpis.flatMap((kpi): Mistake[] => {
    const other = first.get(kpi.kpi)
    if (other === undefined) {
      first.set(kpi.kpi, kpi)
      return []
    }
    // The funnel may be one that the config does not even name; the conversion is never.
    const [blamed, kept] = other.of[0] === 'conversions' ? [other, kpi] : [kpi, other]
    const message = `makes the KPI ${kpi.kpi}, which ${kept.of.join('.')} makes too`
    return [{ path: blamed.of, message, hint: 'Give one of the two another name.' }]
  })
  if (mistakes.length > 0) throw new ConfigMistakes(mistakes)
}
