import { ConfigMistakes, definition, duration, type Mistake, rate, z } from 'throughline'
import { periods } from '../events/calendar'
import { segmentNames } from './segments'

/** What a KPI should come to: the number it is held against, and how that was written. */
interface Goal {
  readonly value: number
  /** `12 %`, `0.12`, `3 days` */
  readonly written: string
  readonly form: 'number' | 'rate' | 'duration'
}

const goal = z.union([z.number().min(0).max(1e15), z.string().min(1)]).transform((written, context): Goal => {
  if (typeof written === 'number') return { value: written, written: String(written), form: 'number' }
  const share = rate().safeParse(written)
  if (share.success) return { value: share.data, written, form: 'rate' }
  const seconds = duration().safeParse(written)
  if (seconds.success) return { value: seconds.data, written, form: 'duration' }
  context.addIssue({
    code: 'custom',
    message: `${JSON.stringify(written)} is no goal: write a number like 0.12 or 5000, a rate like 12 %, or a duration like 3 days`,
  })
  return z.NEVER
})

const objective = z
  .strictObject({
    kpi: z.string().min(1).describe('The KPI, by its name in kpis: checkout_conversion_rate.'),
    at_least: goal.optional().describe('On target where the KPI is so much or more: 0.12, 12 %, 5000, 3 days.'),
    at_most: goal.optional().describe('On target where the KPI is so much or less.'),
    segment: z.enum(segmentNames).optional().describe('Holds for a segment rather than for all.'),
    segment_value: z.string().min(1).optional().describe('Holds for this value of the segment; left out: for each.'),
    period: z.enum(periods).optional().describe('Holds for periods of this length; left out: of every.'),
  })
  .refine(
    ({ at_least, at_most }) => (at_least === undefined) !== (at_most === undefined),
    'an objective has one goal: at_least or at_most',
  )
  .refine(
    ({ segment, segment_value }) => segment !== undefined || segment_value === undefined,
    'segment_value is a value of a segment: say of which',
  )
  .transform(({ at_least, at_most, ...of }) => ({
    ...of,
    direction: at_least === undefined ? ('at_most' as const) : ('at_least' as const),
    goal: (at_least ?? at_most)!,
  }))

/** One objective as parsed. */
export type Objective = z.output<typeof objective>

export const objectives = definition(
  'objectives',
  z.array(objective).default([]).describe('What we are aiming for: a KPI, and what it should come to.'),
)

/** Refuses objectives for KPIs or segments that there are not, goals of another unit, and two objectives for one number. */
export function refuseWrongObjectives(
  objectives: readonly Objective[],
  kpis: readonly { readonly kpi: string; readonly unit: string; readonly told_by: string }[],
  declared: readonly string[],
): void {
  const known = new Map(kpis.map(kpi => [kpi.kpi, kpi]))
  const mistakes = objectives.flatMap((objective, index): readonly Mistake[] => {
    const path = ['objectives', index] as const
    const kpi = known.get(objective.kpi)
    if (kpi === undefined) {
      const unknown = { word: objective.kpi, known: [...known.keys()] }
      return [{ path: [...path, 'kpi'], message: `there is no KPI ${objective.kpi}`, unknown }]
    }
    return [
      ...wrongGoal(objective, kpi.unit, [...path, objective.direction]),
      ...wrongSegment(objective, kpi.told_by, declared, [...path, 'segment']),
      ...repeated(objective, objectives.slice(0, index), path),
    ]
  })
  if (mistakes.length > 0) throw new ConfigMistakes(mistakes)
}

function wrongGoal({ kpi, goal }: Objective, unit: string, path: Mistake['path']): readonly Mistake[] {
  const message = `${goal.written} is no goal for ${kpi}`
  if (unit === 'rate') {
    if (goal.form !== 'duration' && goal.value <= 1) return []
    const isPercent = goal.form === 'number' && goal.value <= 100
    const hint = isPercent ? { hint: `Did you mean ${goal.written} %?` } : {}
    return [{ path, message, expected: 'a rate from 0 to 1 like 0.12, or like 12 %', ...hint }]
  }
  if (unit === 'seconds')
    return goal.form === 'duration' ? [] : [{ path, message, expected: 'a duration, like 3 days or 45 minutes' }]
  return goal.form === 'number' ? [] : [{ path, message, expected: 'a number, like 5000' }]
}

function wrongSegment(
  { kpi, segment }: Objective,
  toldBy: string,
  declared: readonly string[],
  path: Mistake['path'],
): readonly Mistake[] {
  if (segment === undefined) return []
  if (toldBy !== 'segments' && segment !== toldBy)
    return [{ path, message: `${kpi} is not told by ${segment}`, expected: toldBy }]
  if (declared.includes(segment)) return []
  const known = declared.length === 0 ? {} : { unknown: { word: segment, known: declared } }
  return [{ path, message: `${segment} is not among segments`, hint: 'Add it there, or leave it out here.', ...known }]
}

/** Whether two objectives could hold one number to two goals. */
function repeated(objective: Objective, before: readonly Objective[], path: Mistake['path']): readonly Mistake[] {
  const meets = <T>(a: T | undefined, b: T | undefined) => a === undefined || b === undefined || a === b
  const other = before.findIndex(
    ({ kpi, segment, segment_value, period }) =>
      kpi === objective.kpi &&
      segment === objective.segment &&
      meets(segment_value, objective.segment_value) &&
      meets(period, objective.period),
  )
  if (other < 0) return []
  const message = `sets ${objective.kpi} a second goal beside objectives[${other}]`
  return [{ path, message, hint: 'Keep one of them, or give each its own period or segment_value.' }]
}
