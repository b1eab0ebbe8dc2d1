/** How BigQuery is reached, and under which limits. */
export interface BigQuerySettings {
  /** The project in which jobs run, and in which tables stand that name no other. */
  readonly project: string
  /** Of jobs, and of the datasets that are made: `EU`, `US`, `europe-west3`. */
  readonly location: string
  /** Of every job, dataset and table. */
  readonly labels: Readonly<Record<string, string>>
  readonly priority: 'interactive' | 'batch'
  readonly jobTimeoutSeconds?: number | undefined
  readonly maximumBytesBilled?: number | undefined
  /** What holds for one model, by its name, in the place of what is said here of all. */
  readonly models?: Readonly<Record<string, ModelSettings>> | undefined
  /** By the class of columns: the policy tag that guards them, `projects/acme/locations/eu/taxonomies/1/policyTags/2`. */
  readonly policyTags?: Readonly<Record<string, string>> | undefined
  /** What a TiB of on-demand queries costs. */
  readonly usdPerTib: number
  /** The path of a service account's key file. */
  readonly keyFile?: string | undefined
  /** The text of a key file. */
  readonly credentials?: string | undefined
  /** A service account that acts for whoever is signed in. */
  readonly impersonate?: string | undefined
  /** Where the API is, if not at Google's own address. */
  readonly apiEndpoint?: string | undefined
}

export interface ModelSettings {
  /** Beside those of all. */
  readonly labels: Readonly<Record<string, string>>
  readonly priority?: 'interactive' | 'batch' | undefined
  readonly jobTimeoutSeconds?: number | undefined
  readonly maximumBytesBilled?: number | undefined
}

/** What holds for the jobs and the table of a model; of no model, what holds for all. */
export function settingsFor(settings: BigQuerySettings, model: string | undefined): BigQuerySettings {
  const own = model === undefined ? undefined : settings.models?.[model]
  if (own === undefined) return settings
  return {
    ...settings,
    labels: { ...settings.labels, ...own.labels },
    priority: own.priority ?? settings.priority,
    jobTimeoutSeconds: own.jobTimeoutSeconds ?? settings.jobTimeoutSeconds,
    maximumBytesBilled: own.maximumBytesBilled ?? settings.maximumBytesBilled,
  }
}
