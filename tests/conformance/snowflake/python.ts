import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** Where `install.ts` puts fakesnow. */
export const environmentFolder = here('.venv')
export const requirementsFile = here('requirements.txt')
/** What is as well without. */
export const fasterFile = here('requirements-faster.txt')
/** A copy of the requirements, written when all of them are installed. */
export const installedFile = here('.venv/installed.txt')

/** The environment's own Python, on Windows too. */
export const environmentPython = here(process.platform === 'win32' ? '.venv/Scripts/python.exe' : '.venv/bin/python')

/** Whether the environment has what the requirements ask for now. */
export function isInstalled(): boolean {
  if (!existsSync(environmentPython) || !existsSync(installedFile)) return false
  return readFileSync(installedFile, 'utf8') === readFileSync(requirementsFile, 'utf8')
}

const readerFolder = here('node_modules/apache-arrow')

/** Why the Snowflake tests cannot run here; undefined where they can. */
export function whyNoFakesnow(): string | undefined {
  if (!isInstalled())
    return 'fakesnow is not installed; `npm run conformance` installs it where Python 3.11 or newer is'
  if (!existsSync(readerFolder)) return 'apache-arrow is not installed; `npm run conformance` installs it'
  return undefined
}

const names = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python']
const probe = 'import ensurepip, sys, venv; print(sys.version_info >= (3, 11))'

/** A Python that can make the environment, or why there is none. */
export function findPython(): { readonly command: string } | { readonly missing: string } {
  let missing = 'there is no Python'
  for (const command of names) {
    const { status, stdout } = spawnSync(command, ['-c', probe], { encoding: 'utf8' })
    if (status === 0 && stdout.trim() === 'True') return { command }
    if (status === 0) missing = 'Python is older than 3.11'
    else if (status !== null) missing = 'Python is without its venv or ensurepip module'
  }
  return { missing }
}
