/** Who one is, and how that is proven. */
export type SignIn =
  | {
      readonly kind: 'key pair'
      /** The private key itself, or the file that it is in; PEM. */
      readonly key: { readonly text: string } | { readonly file: string }
      readonly passphrase?: string | undefined
    }
  | { readonly kind: 'OAuth token' | 'programmatic access token'; readonly token: Token }
  | { readonly kind: 'workload identity'; readonly workload: Workload }
  | { readonly kind: 'password'; readonly password: string; readonly passcode?: string | undefined }

/** Where the work runs vouches for it. */
export type Workload =
  | { readonly provider: 'aws' | 'azure' | 'gcp' }
  | { readonly provider: 'oidc'; readonly token: Token }

/** A token, or the file that it is in, which is read anew at each sign-in: by then it may be another. */
export type Token = { readonly text: string } | { readonly file: string }

/** How Snowflake is reached, and under which limits. */
export interface SnowflakeSettings {
  /** `acme-prod`, or the older `xy12345.eu-central-1`. */
  readonly account: string
  /** Undefined where the token says it. */
  readonly user?: string | undefined
  readonly signIn: SignIn
  /** Undefined: the user's own. */
  readonly role?: string | undefined
  /** What computes; undefined: the user's own. */
  readonly warehouse?: string | undefined
  /** In which tables stand that name no other. */
  readonly database: string
  /** Each layer's schema is `<schema>_<layer>`, unless `schemas` has the layer. */
  readonly schema: string
  /** By layer: `MARKETING` or `OTHER_DB.MARKETING`. */
  readonly schemas: Readonly<Record<string, string>>
  /** Whether tables are without Snowflake's seven days of fail-safe. */
  readonly transient: boolean
  /** How long the past of a table can be read; undefined: as long as the database says. */
  readonly retentionDays?: number | undefined
  /** Of every table and schema: the value by the tag's name. */
  readonly tags: Readonly<Record<string, string>>
  /** Which of the user's other roles count beside `role`; undefined: none, where the session may choose. */
  readonly secondaryRoles?: 'all' | 'none' | undefined
  readonly statementTimeoutSeconds: number
  readonly lockTimeoutSeconds: number
  /** Files go into a stage, or rows into statements. */
  readonly loadBy: 'stage' | 'binds'
  /** Where the account is reached, if not at the address that its name makes. */
  readonly accessUrl?: string | undefined
  /** What holds for one model, by its name, in the place of what is said here of all. */
  readonly models: Readonly<Record<string, ModelSettings>>
}

export interface ModelSettings {
  readonly warehouse?: string | undefined
  readonly retentionDays?: number | undefined
}

/** What a target says: what it leaves to a connection of `connections.toml` is read from there. */
export interface AskedSettings extends Omit<SnowflakeSettings, 'account' | 'signIn'> {
  readonly account?: string | undefined
  readonly signIn?: SignIn | undefined
  /** The name of a connection in `connections.toml`. */
  readonly connection?: string | undefined
}
