import { DuckDBInstance } from '@duckdb/node-api'
import color from 'picocolors'

type Row = Readonly<Record<string, unknown>>

/** What the built tables say, in a marketer's words. Reads published tables alone, as any BI tool would. */
export async function report(database: string): Promise<string> {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  const ask = async (query: string): Promise<readonly Row[]> =>
    (await connection.runAndReadAll(query)).getRowObjectsJson()
  try {
    const parts = [await people(ask), await channels(ask), await checkout(ask), await headlines(ask)]
    return parts.map(lines => lines.join('\n')).join('\n\n')
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

type Ask = (query: string) => Promise<readonly Row[]>

async function people(ask: Ask): Promise<readonly string[]> {
  const [found] = await ask(`
    select
      (select count(*) from profiles.people where not is_shared_device) as people,
      (select cast(value as integer) from kpis.kpis where kpi = 'people' and segment = '(all)' and period = 'all') as seen,
      (select count(*) from journeys.sessions) as sessions,
      (select count(*) from journeys.conversions where conversion = 'purchase') as purchases,
      (select cast(sum(revenue) as double) from journeys.conversions where conversion = 'purchase') as revenue,
      (select strftime(min(started_date), '%-d %B %Y') || ' to ' || strftime(max(started_date), '%-d %B %Y') from journeys.sessions) as dates`)
  const { people: all, seen, sessions, purchases, revenue, dates } = found ?? {}
  return [
    heading(`Lumen Lamps, ${dates}`),
    `  ${count(all)} people known, ${count(seen)} of them in ${count(sessions)} sessions; ${count(purchases)} purchases, ${euros(revenue)}`,
  ]
}

const models = ['first', 'linear', 'last'] as const

async function channels(ask: Ask): Promise<readonly string[]> {
  const found = await ask(`
    select channel, ${models
      .map(model => `cast(sum(case when attribution_model = '${model}' then revenue end) as double) as ${model}`)
      .join(', ')}
    from attribution.attribution_by_channel
    where conversion = 'purchase' and dated_by = 'conversion' and segment = '(all)' and period = 'all'
    group by channel
    order by linear desc, channel`)
  const total = models.map(model => found.reduce((sum, row) => sum + Number(row[model] ?? 0), 0))
  const share = (row: Row) =>
    models.map((model, index) => {
      const revenue = Number(row[model] ?? 0)
      return `${euros(revenue).padStart(11)} ${percent(revenue / total[index]!).padStart(6)}`
    })
  return [
    heading('Which channel earned the revenue? Three ways of sharing the credit'),
    `  ${''.padEnd(18)}${models.map(model => words[model].padStart(19)).join('')}`,
    ...found.map(
      row =>
        `  ${String(row.channel).padEnd(18)}${share(row)
          .map(cell => cell.padStart(19))
          .join('')}`,
    ),
    `  ${'all'.padEnd(18)}${total.map(sum => `${euros(sum)} ${percent(1).padStart(6)}`.padStart(19)).join('')}`,
  ]
}

const words = { first: 'the first touch', linear: 'every touch alike', last: 'the last touch' } as const

async function checkout(ask: Ask): Promise<readonly string[]> {
  const steps = await ask(`
    select step, entered, completed, conversion_from_previous, median_seconds
    from funnels.funnel_steps
    where funnel = 'checkout' and segment = '(all)' and period = 'all'
    order by step_number`)
  const entered = Number(steps[0]?.completed ?? 0)
  return [
    heading('The checkout, step by step, within seven days'),
    ...steps.map((step, index) => {
      const reached = Number(step.completed)
      const bar = '█'.repeat(Math.max(1, Math.round((reached / entered) * 40)))
      const from = index === 0 ? '' : `${percent(step.conversion_from_previous).padStart(6)} of those before`
      return `  ${String(step.step).padEnd(10)}${count(reached).padStart(6)} ${color.cyan(bar.padEnd(41))}${from}`
    }),
  ]
}

async function headlines(ask: Ask): Promise<readonly string[]> {
  const found = await ask(`
    select kpi, unit, cast(value as double) as value, objective, is_on_target, cast(numerator as double) as numerator,
      cast(denominator as double) as denominator
    from kpis.kpis
    where segment = '(all)' and period = 'all' and kpi not like 'newsletter%'
    order by objective is null, kpi`)
  return [
    heading('Headline numbers, against what we aim for'),
    ...found.map(row => {
      const aim = row.objective === null ? '' : `${row.objective}`.padEnd(18) + onTarget(row.is_on_target)
      return `  ${String(row.kpi).padEnd(34)}${value(row).padStart(12)}   ${aim}`.trimEnd()
    }),
  ]
}

function onTarget(isOnTarget: unknown): string {
  return isOnTarget === true ? color.green('on target') : color.red('below target')
}

function value({ unit, value: amount }: Row): string {
  if (amount === null) return '–'
  if (unit === 'rate') return percent(amount)
  if (unit === 'ratio') return Number(amount).toFixed(1)
  if (unit === 'seconds') return `${(Number(amount) / 86_400).toFixed(1)} days`
  return unit === 'count' ? count(amount) : euros(amount)
}

const heading = (text: string): string => color.bold(text)
const count = (amount: unknown): string => Number(amount).toLocaleString('en-GB', { maximumFractionDigits: 0 })
const euros = (amount: unknown): string =>
  Number(amount ?? 0).toLocaleString('en-GB', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
const percent = (share: unknown): string => `${(Number(share) * 100).toFixed(1)} %`
