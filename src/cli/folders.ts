import { join } from 'node:path'
import type { Config } from '../config/load-config.ts'

/** Where a project keeps what is made of it, beside its config. */
export const workFolder = '.throughline'

/** `manifest.json` and `run_results.json` of the target's last run. */
export function artifactFolder({ folder, target }: Config): string {
  return join(folder, workFolder, 'target', target.name)
}

/** The SQL of each model, as it was compiled last for the target. */
export function compiledFolder({ folder, target }: Config): string {
  return join(folder, workFolder, 'compiled', target.name)
}
