import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { ProblemsError } from '../problems/problem.ts'
import { shortPath } from './report/problem-text.ts'

export const configName = 'warehouse.config.yaml'

/** The config's text, and where it stands. */
export interface ConfigText {
  readonly file: string
  readonly folder: string
  readonly text: string
}

/** Where the config should be: what `--config` names (a file, or the folder it stands in), else the current folder's. */
export function configFile(asked: string | undefined, cwd: string): string {
  if (asked === undefined) return join(cwd, configName)
  const path = resolve(cwd, asked)
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, configName) : path
}

/** Reads the config. Throws `ProblemsError` where there is none. */
export function readConfigText(asked: string | undefined, cwd: string): ConfigText {
  const file = configFile(asked, cwd)
  try {
    return { file, folder: dirname(file), text: readFileSync(file, 'utf8') }
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const message = isMissing
      ? `there is no ${asked === undefined ? `${configName} in ${cwd}` : shortPath(file, cwd)}`
      : `${shortPath(file, cwd)} cannot be read: ${(error as Error).message}`
    const hint =
      asked === undefined
        ? 'change into the folder of your project, or name its config with --config FILE'
        : `--config names the ${configName} of a project, or the folder it stands in`
    throw new ProblemsError([{ kind: 'config', message, hint }], { cause: error })
  }
}
