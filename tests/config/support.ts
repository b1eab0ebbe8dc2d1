import { z } from 'zod'
import { type Config, type ConfigInput, loadConfig } from '../../src/config/load-config.ts'
import { duration, identifierName, rate, timezone } from '../../src/config/values.ts'
import { type Problem, ProblemsError } from '../../src/problems/problem.ts'

const match = z.union([
  z.string(),
  z.array(z.string()),
  z.strictObject({ event: z.string(), at_least: z.int().optional() }),
])

const credit = z.discriminatedUnion('credit', [
  z.strictObject({ credit: z.literal('first') }),
  z.strictObject({ credit: z.literal('time_decay'), half_life: duration() }),
])

/** Definitions as a project declares them: with a default, without one, with forms, with a cross-reference of their own. */
export const sections = {
  reporting: z
    .strictObject({ timezone: timezone().default('UTC'), week_starts_on: z.enum(['monday', 'sunday']).optional() })
    .prefault({}),
  sessions: z.strictObject({ timeout: duration().prefault('30 minutes').describe('Idle time that ends a session.') }),
  stages: z.record(identifierName(), match).default({}),
  attribution: z
    .strictObject({ lookback: duration(), models: z.record(identifierName(), credit), goal: rate().optional() })
    .optional(),
  funnels: z
    .record(
      identifierName(),
      z.strictObject({ steps: z.array(z.string()).min(2), ends_in: z.string() }).superRefine((funnel, context) => {
        if (!funnel.steps.includes(funnel.ends_in)) {
          context.addIssue({ code: 'custom', path: ['ends_in'], message: `no step is called ${funnel.ends_in}` })
        }
      }),
    )
    .default({}),
}

export const sources = {
  ga4: z.strictObject({ dataset: z.string().default('analytics') }),
  shopify: z.strictObject({
    file: z.string(),
    password: z.string().optional(),
    credentials: z.strictObject({ user: z.string() }).optional(),
  }),
}

export function load(text: string, more: Partial<Pick<ConfigInput, 'env' | 'target'>> = {}): Config {
  return loadConfig({ file: '/shop/warehouse.config.yaml', text, env: {}, sections, sources, ...more })
}

export function problemsOf(text: string, more: Partial<Pick<ConfigInput, 'env' | 'target'>> = {}): readonly Problem[] {
  try {
    load(text, more)
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems
    throw error
  }
  return []
}

/** `line:column message`, for a list of literal expectations. */
export function brief(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ place, message }) => `${place?.line}:${place?.column} ${message}`)
}
