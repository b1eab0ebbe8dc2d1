import { z } from 'zod'
import { secretText } from './secret-text.ts'
import { snowflakeKeys, snowflakeModelKeys } from './snowflake-keys.ts'
import { duration, identifierName, size } from './values.ts'

/** The engines that a target may name. */
export const targetEngines = ['duckdb', 'bigquery', 'snowflake'] as const
export type TargetEngine = (typeof targetEngines)[number]

const duckdbKeys = {
  path: z
    .string()
    .min(1)
    .optional()
    .describe(
      "DuckDB: the database's file, relative to this file's folder, or :memory:. Default: .throughline/<project>.duckdb.",
    ),
  memory_limit: size().optional().describe('DuckDB: the most memory that the database may use, like 4 GB.'),
  threads: z.int().min(1).optional().describe('DuckDB: how many threads the database may use.'),
  publish_to: z
    .string()
    .min(1)
    .optional()
    .describe(
      "DuckDB: a copy of the database for readers, made after a run; relative to this file's folder. Not taken over by a target that extends this one.",
    ),
}

/** Google asks six to thirty characters of lower-case letters, digits and `-`; an older one may have its domain before it. */
const project = () =>
  z
    .string()
    .regex(
      /^([a-z0-9.-]+:)?[a-z][a-z0-9-]*$/,
      "is not a project's id, like acme-analytics (its name and number are something else)",
    )
const dataset = () =>
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not a dataset, like journeys: letters, digits and _')
const labelKey = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u
const labelValue = /^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u
const labels = () =>
  z
    .record(
      z.string().regex(labelKey, 'is not a label: lower-case letters, digits, _ and -'),
      z.string().regex(labelValue, "is not a label's value: lower-case letters, digits, _ and -, at most 63"),
    )
    .optional()
const priority = () => z.enum(['interactive', 'batch']).optional()

const bigqueryKeys = {
  project: project().optional().describe('BigQuery: the project in which the tables stand and the jobs run.'),
  location: z
    .string()
    .regex(/^[A-Za-z]+[A-Za-z0-9-]*$/, 'is not a location, like EU, US or europe-west3')
    .optional()
    .describe('BigQuery: where the datasets are, like EU, US or europe-west3. Datasets that are made are made there.'),
  dataset: dataset()
    .optional()
    .describe('BigQuery: what the datasets begin with, one for each layer: journeys_staging, journeys_kpis …'),
  datasets: z
    .record(
      identifierName(),
      z
        .string()
        .regex(
          /^(([a-z0-9.-]+:)?[a-z][a-z0-9-]*\.)?[A-Za-z_][A-Za-z0-9_]*$/,
          'is not a dataset, like marketing, or other-project.marketing',
        ),
    )
    .optional()
    .describe(
      'BigQuery: other datasets for some layers, like { kpis: marketing, staging: other-project.staging }. Not taken over by a target that extends this one and names a dataset.',
    ),
  labels: labels().describe('BigQuery: labels of every job, dataset and table, for the bill: { team: growth }.'),
  policy_tags: z
    .record(
      identifierName(),
      z
        .string()
        .regex(
          /^projects\/[^/\s]+\/locations\/[^/\s]+\/taxonomies\/[^/\s]+\/policyTags\/[^/\s]+$/,
          'is not a policy tag, like projects/acme/locations/eu/taxonomies/123/policyTags/456',
        ),
    )
    .optional()
    .describe(
      'BigQuery: the policy tags that guard columns, by the class that models give them: { email: projects/acme/locations/eu/taxonomies/123/policyTags/456 }.',
    ),
  priority: priority().describe('BigQuery: batch waits for idle slots, for hours if need be. Default: interactive.'),
  job_timeout: duration().optional().describe('BigQuery: the longest that one job may run; BigQuery then stops it.'),
  maximum_bytes_billed: size()
    .optional()
    .describe('BigQuery: a job that would be billed for more is refused before it runs, and costs nothing.'),
  usd_per_tib: z
    .number()
    .min(0)
    .optional()
    .describe(
      "BigQuery: what a TiB of on-demand queries costs in the location, for the estimates. Default: 6.25, the US's.",
    ),
  key_file: z
    .string()
    .min(1)
    .optional()
    .describe(
      "BigQuery: the key file of a service account, relative to this file's folder. Default: application default credentials.",
    ),
  credentials: secretText()
    .optional()
    .describe('BigQuery: the content of a key file, out of the environment: ${GOOGLE_CREDENTIALS_JSON}.'),
  impersonate: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+$/, 'is not the e-mail address of a service account')
    .optional()
    .describe('BigQuery: a service account that acts for whoever is signed in.'),
  api_endpoint: z
    .string()
    .regex(/^https?:\/\/[^\s/]+$/, 'is not the address of a server, like https://bigquery.example.com')
    .optional()
    .describe(
      'BigQuery: where the API is reached, where that is not https://bigquery.googleapis.com: a proxy, or private access.',
    ),
}

/** What several engines know. */
const sharedKeys = {
  schema: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'is not a name of letters, digits and _, a letter first, like dev_alice')
    .optional()
    .describe(
      "DuckDB: put before every layer's schema name, so that developers build beside each other. Snowflake: what the schemas begin with, one for each layer: JOURNEYS_STAGING, JOURNEYS_KPIS …",
    ),
  budget: z
    .strictObject({
      usd: z.number().positive().optional().describe('BigQuery: US dollars, by usd_per_tib.'),
      bytes: size().optional().describe('What queries may read, like 500 GB.'),
    })
    .refine(({ usd, bytes }) => usd !== undefined || bytes !== undefined, {
      error: 'says no limit: write { usd: 5 }, { bytes: 500 GB } or both',
    })
    .optional()
    .describe(
      'BigQuery, Snowflake: the most that one build or run may cost, by an estimate before it begins, like { bytes: 500 GB }, in BigQuery { usd: 5 } too. One that is above it is refused.',
    ),
}

const keysOf: Readonly<Record<TargetEngine, readonly string[]>> = {
  duckdb: [...Object.keys(duckdbKeys), 'schema'],
  bigquery: [...Object.keys(bigqueryKeys), 'budget'],
  snowflake: [...Object.keys(snowflakeKeys), 'schema', 'budget'],
}

/** The engines that know this key; none for what every target has. */
export function enginesOfKey(key: string): readonly TargetEngine[] {
  return targetEngines.filter(engine => keysOf[engine].includes(key))
}

/** What may be said of one model, in the place of what the target says of all. */
const bigqueryModelKeys = {
  labels: labels().describe("BigQuery: labels of its jobs and its table, beside the target's."),
  priority: priority().describe('BigQuery: the priority of its jobs.'),
  job_timeout: duration().optional().describe('BigQuery: the longest that one of its jobs may run.'),
  maximum_bytes_billed: size()
    .optional()
    .describe('BigQuery: a job of its that would be billed for more is refused before it runs.'),
}

const modelKeysOf: Readonly<Record<TargetEngine, readonly string[]>> = {
  duckdb: [],
  bigquery: Object.keys(bigqueryModelKeys),
  snowflake: Object.keys(snowflakeModelKeys),
}

/** The engines that know this key of a target's `models`. */
export function enginesOfModelKey(key: string): readonly TargetEngine[] {
  return targetEngines.filter(engine => modelKeysOf[engine].includes(key))
}

/** What a BigQuery target cannot do without, its own or from the target that it extends. */
export const neededByBigQuery = ['project', 'location', 'dataset'] as const

/** A target as it is written, before `extends`: every key may come from the target that it extends. */
export const targetSchema = z.strictObject({
  extends: z.string().min(1).optional().describe('Another target, whose keys hold here unless given again.'),
  engine: z
    .enum(targetEngines)
    .optional()
    .describe('The warehouse that builds the models: duckdb, bigquery or snowflake.'),
  ...duckdbKeys,
  ...bigqueryKeys,
  ...snowflakeKeys,
  ...sharedKeys,
  models: z
    .record(identifierName(), z.strictObject({ ...bigqueryModelKeys, ...snowflakeModelKeys }))
    .optional()
    .describe(
      "What holds for the statements of one model in the place of the target's own: { events: { maximum_bytes_billed: 2 TB } }.",
    ),
})
