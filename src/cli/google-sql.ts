import type { Config } from '../config/load-config.ts'
import {
  findGoogleSqlPackage,
  type GoogleSqlPackage,
  packageName,
  requireGoogleSqlPackage,
} from '../googlesql/find-package.ts'
import type { GoogleSql } from '../googlesql/googlesql.ts'
import { packageRoot } from './package-root.ts'

/** How to have Google's analyzer in a project. */
export const howToInstall = `npm install --save-dev ${packageName}`

/** Google's analyzer, where it is installed beside the config or with this package. */
export function findGoogleSql({ folder }: Config): GoogleSqlPackage | undefined {
  return findGoogleSqlPackage([folder, packageRoot])
}

/** The same; throws `ProblemsError` where it is not installed, or not for this machine. */
export function requireGoogleSql({ folder }: Config): GoogleSqlPackage {
  return requireGoogleSqlPackage([folder, packageRoot])
}

/** Does `work` with a running analyzer, and ends its process whatever comes of it. Nothing of it is loaded before. */
export async function withGoogleSql<T>(found: GoogleSqlPackage, work: (google: GoogleSql) => Promise<T>): Promise<T> {
  const { GoogleSql } = await import('../googlesql/googlesql.ts')
  const google = await GoogleSql.start(found)
  try {
    return await work(google)
  } finally {
    google.stop()
  }
}
