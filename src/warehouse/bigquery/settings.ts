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
