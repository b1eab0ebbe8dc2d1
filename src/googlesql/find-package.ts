import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ProblemsError } from '../problems/problem.ts'

export const packageName = '@fivetrandevelopers/zetasql'

/** The optional package that holds Google's analyzer and evaluator, where it is installed. */
export interface GoogleSqlPackage {
  readonly version: string
  readonly program: string
  readonly protos: string
  /** Loads what the package itself depends on. */
  readonly require: NodeJS.Require
}

/** Looks for the package from each folder in turn, as Node would from a file in it; undefined where none has it. */
export function findGoogleSqlPackage(folders: readonly string[]): GoogleSqlPackage | undefined {
  for (const folder of folders) {
    const file = resolvedFrom(folder)
    if (file === undefined) continue
    const parts = join(dirname(file), 'lib', 'zetasql')
    const require = createRequire(file)
    const { version } = require(file) as { readonly version: string }
    return { version, program: join(parts, programName()), protos: join(parts, 'protos'), require }
  }
  return undefined
}

/** The same; throws a problem that says how to install it where no folder has it, or where it has no program for this machine. */
export function requireGoogleSqlPackage(folders: readonly string[]): GoogleSqlPackage {
  const found = findGoogleSqlPackage(folders)
  if (found === undefined) {
    throw new ProblemsError([
      {
        kind: 'project',
        message: `Google's analyzer is not installed: no package ${packageName}`,
        hint: `npm install --save-dev ${packageName} (350 MB), in the project's folder`,
      },
    ])
  }
  if (!existsSync(found.program)) {
    throw new ProblemsError([
      {
        kind: 'project',
        message: `${packageName} ${found.version} has no program for ${process.platform} ${process.arch}`,
        expected: 'Linux or macOS, on x64 or arm64',
      },
    ])
  }
  return found
}

function resolvedFrom(folder: string): string | undefined {
  try {
    return createRequire(join(folder, 'package.json')).resolve(`${packageName}/package.json`)
  } catch {
    return undefined
  }
}

/** As the package names its programs; one that it does not have does not exist. */
function programName(): string {
  const suffix = { linux: '.so', darwin: '' }[process.platform as string] ?? `.${process.platform}`
  return `remote_server${process.arch === 'arm64' ? '_arm' : ''}${suffix}`
}
