import { ConfigMistakes, integer, key, type Mistake, model, rows, sql, text } from 'throughline'
import { type Kpi, kpisOf, kpiUnits } from '../../macros/kpi-list'
import { attribution } from '../definitions/attribution'
import { conversions as conversionRules } from '../definitions/conversions'
import { funnels as funnelRules } from '../definitions/funnels'
import { stages as stageRules } from '../definitions/stages'

export const kpi_catalog = model({
  description: 'One row per KPI that the config makes: what it says, and of which counts it is made.',
  grain: ['kpi'],
  columns: {
    kpi: key('Its name: that of the conversion, the funnel or the stage, and what is measured'),
    description: text('What it says'),
    unit: text(
      'rate (a share of 1), ratio (so much for one), seconds, currency (the reporting currency) or count',
    ).oneOf(kpiUnits),
    dated_by: text('What puts it into a period').oneOf([
      'session start',
      'conversion',
      'conversion and spend',
      'funnel entry',
    ]),
    segment_of: text('Whose segment it is told by, read at the entry of that session').oneOf([
      'the session',
      "the conversion's session",
      "the session of the journey's first touchpoint",
      'the session of the first step',
      'the credited channel',
    ]),
    told_by: text('What it is told by besides all: every declared segment, or the channel alone').oneOf([
      'segments',
      'channel',
    ]),
    numerator: text('What is counted, as in kpi_counts'),
    denominator: text('What it is divided by, as in kpi_counts; NULL for a sum or a count').nullable(),
    sampled: text('Of how many it is said, as in kpi_counts'),
    settles_after_seconds: integer('So long after the end of a period its numbers may still change').atLeast(0),
  },
  materialize: { kind: 'table' },
  uses: { attribution, conversionRules, funnelRules, stageRules },
  query: ({ attribution, conversionRules: conversions, funnelRules: funnels, stageRules: stages }) => {
    const kpis = kpisOf({ attribution, conversions, funnels, stages })
    refuseEqualNames(kpis)
    return sql`
      select
        k.kpi, k.description, k.unit, k.dated_by, k.segment_of, k.told_by, k.numerator, k.denominator, k.sampled, k.settles_after_seconds
      from ${rows(
        {
          kpi: text('KPI'),
          description: text('What it says'),
          unit: text('Unit'),
          dated_by: text('What puts it into a period'),
          segment_of: text('Whose segment'),
          told_by: text('By what'),
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
