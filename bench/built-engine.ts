import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Builds the engine as it is published, plain JavaScript without the hooks that run TypeScript, and gives its folder. */
export function builtEngine(): string {
  const folder = join(root, 'node_modules/.cache/throughline-bench')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', folder, '--declaration', 'false'], {
    cwd: root,
    stdio: 'inherit',
  })
  return folder
}
