import { existsSync, statSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { DuckDBTarget } from '../../config/targets.ts'
import type { Warehouse } from '../../warehouse/warehouse.ts'
import { shortPath } from '../report/problem-text.ts'
import { openTarget } from '../target.ts'
import { type Finding, failed, failedWith, ok } from './finding.ts'

/** Opening a file makes it, and locks it: a file that is not there is not opened. */
export async function databaseFinding(target: DuckDBTarget, cwd: string): Promise<Finding> {
  const { path } = target
  if (path === ':memory:') return ok('database', 'in memory: nothing of it is left after a run')
  if (!existsSync(path)) return folderFinding(path, cwd)
  let warehouse: Warehouse | undefined
  try {
    await access(path, constants.W_OK)
    warehouse = await openTarget(target)
    return ok('database', `${shortPath(path, cwd)} can be written, and nobody else has it open`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return readOnly(path)
    return failed('database', error)
  } finally {
    await warehouse?.close()
  }
}

async function folderFinding(path: string, cwd: string): Promise<Finding> {
  const folder = nearestFolder(path)
  try {
    await access(folder, constants.W_OK)
    return ok('database', `${shortPath(path, cwd)} is not there yet; the first build makes it`)
  } catch {
    return readOnly(folder)
  }
}

function readOnly(path: string): Finding {
  const hint = 'give it the right to, or name another path in the target'
  return failedWith('database', [{ kind: 'warehouse', message: `${path} may not be written by this user`, hint }])
}

function nearestFolder(path: string): string {
  const folder = dirname(path)
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() || folder === path ? folder : nearestFolder(folder)
}
