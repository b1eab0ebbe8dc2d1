import { spawnSync } from 'node:child_process'
import { copyFileSync, rmSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import {
  environmentFolder,
  environmentPython,
  fasterFile,
  findPython,
  installedFile,
  isInstalled,
  requirementsFile,
} from './python.ts'

/** Installs fakesnow beside these tests. Gives why it could not; undefined where it stands now. */
export function installFakesnow(): { readonly why: string; readonly hasPython: boolean } | undefined {
  if (isInstalled()) return undefined
  const python = findPython()
  if ('missing' in python) return { why: python.missing, hasPython: false }
  rmSync(environmentFolder, { recursive: true, force: true })
  const made = run(python.command, ['-m', 'venv', environmentFolder])
  if (made !== undefined) return { why: `no Python environment could be made: ${made}`, hasPython: true }
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  const installed = run(environmentPython, [...pip, '--requirement', requirementsFile])
  if (installed !== undefined) return { why: `pip could not install fakesnow: ${installed}`, hasPython: true }
  // The parser as machine code, where it comes built for this machine: a statement takes half the time.
  run(environmentPython, [...pip, '--no-deps', '--only-binary', ':all:', '--requirement', fasterFile])
  copyFileSync(requirementsFile, installedFile)
  return undefined
}

/** Why the command failed, in its own last words; undefined where it did not. */
function run(command: string, args: readonly string[]): string | undefined {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
  if (status === 0) return undefined
  return `${stdout ?? ''}\n${stderr ?? ''}\n${error?.message ?? ''}`.trim().split('\n').at(-1)
}

/** `--required`: an error where there is a Python to install with; without one, the tests are skipped all the same. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const failed = installFakesnow()
  const isRequired = process.argv.includes('--required')
  if (failed !== undefined && isRequired && failed.hasPython) {
    console.error(`The Snowflake tests cannot run: ${failed.why}`)
    process.exitCode = 1
  } else if (failed !== undefined) console.log(`The Snowflake tests are skipped: ${failed.why}`)
}
