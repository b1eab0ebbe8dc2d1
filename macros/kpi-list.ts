/** What KPIs are told in: a share of 1, so much for one, seconds, the reporting currency, or a number of things. */
export const kpiUnits = ['rate', 'ratio', 'seconds', 'currency', 'count'] as const

/** What the KPIs are made of: sections of the config, as parsed. */
export interface KpiDefinitions {
  readonly attribution: {
    readonly models: Readonly<Record<string, unknown>>
    readonly compare_to?: string | undefined
  }
  readonly conversions: Readonly<Record<string, { readonly value?: unknown }>>
  readonly funnels: Readonly<Record<string, { readonly window: number }>>
  readonly stages: Readonly<Record<string, unknown>>
}

/** A KPI, and the definition that makes it, as its path in the config. */
export interface Kpi {
  readonly of: readonly string[]
  readonly kpi: string
  readonly description: string
  readonly unit: (typeof kpiUnits)[number]
  readonly dated_by: string
  readonly segment_of: string
  /** By every declared segment besides all, or by the channel alone. */
  readonly told_by: 'segments' | 'channel'
  readonly numerator: string
  readonly denominator: string | null
  readonly sampled: string
  readonly settles_after_seconds: number
}

const bySession = {
  of: [],
  dated_by: 'session start',
  segment_of: 'the session',
  told_by: 'segments',
  settles_after_seconds: 0,
} as const

/** All KPIs that these definitions make, in order. */
export function kpisOf({ attribution, conversions, funnels, stages }: KpiDefinitions): readonly Kpi[] {
  const creditModel = creditModelOf(attribution)
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
    ...Object.entries(conversions).flatMap(([name, { value }]) => [
      ...kpisOfConversion(name, value !== undefined),
      ...kpisOfAds(name, value !== undefined, creditModel),
    ]),
    ...Object.entries(funnels).flatMap(([name, { window }]) => kpisOfFunnel(name, window)),
    ...Object.keys(stages).map(kpiOfStage),
  ]
}

/** The attribution model whose credit counts where one number is told: the one that the others are held against. */
export function creditModelOf({ models, compare_to }: KpiDefinitions['attribution']): string {
  return compare_to ?? Object.keys(models)[0]!
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
    {
      ...journey,
      kpi: `${name}_offline_share`,
      description: `Journeys to a ${name} with a touchpoint where people meet people, as Store or Phone, of those with a touchpoint`,
      unit: 'rate',
      numerator: counted('journeys with an offline touchpoint'),
      denominator: counted('journeys'),
      sampled: counted('journeys'),
    },
  ]
}

/** Both sides are of the channels of which an ad platform ever told costs: what others bring is not set against them. */
function kpisOfAds(name: string, isWorthSomething: boolean, creditModel: string): readonly Kpi[] {
  const counted = (what: string) => `${name}: ${what}`
  const ads = {
    of: ['conversions', name],
    dated_by: 'conversion and spend',
    segment_of: 'the credited channel',
    told_by: 'channel',
    sampled: counted('conversions with a credited ad'),
    settles_after_seconds: 0,
  } as const
  return [
    ...(isWorthSomething
      ? [
          {
            ...ads,
            kpi: `${name}_roas`,
            description: `Return on ad spend: revenue of ${name} that the model ${creditModel} credits to channels with ads, for each 1 of spend (of which what has no exchange rate, and what is of days before the first event or after the last, is left out)`,
            unit: 'ratio' as const,
            numerator: counted('revenue credited to ads'),
            denominator: 'spend',
          },
        ]
      : []),
    {
      ...ads,
      kpi: `${name}_cost`,
      description: `Spend for each ${name} that the model ${creditModel} credits to channels with ads (spend without an exchange rate, or of days before the first event or after the last, is left out)`,
      unit: 'currency',
      numerator: 'spend',
      denominator: counted('conversions credited to ads'),
    },
  ]
}

function kpiOfStage(name: string): Kpi {
  return {
    ...bySession,
    of: ['stages', name],
    kpi: `${name}_stage_rate`,
    description: `People who had come to the stage ${name} or a later one by the end of the period, of all with a session in it; no value where none of its events is tracked`,
    unit: 'rate',
    numerator: `stage ${name}: people`,
    denominator: `stage ${name}: active people`,
    sampled: `stage ${name}: active people`,
  }
}

function kpisOfFunnel(name: string, window: number): readonly Kpi[] {
  const counted = (what: string) => `${name}: ${what}`
  const entry = {
    of: ['funnels', name],
    unit: 'rate',
    dated_by: 'funnel entry',
    segment_of: 'the session of the first step',
    told_by: 'segments',
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
