import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ArgumentType, Macro, MacroFunction } from '../../src/authoring/macro.ts'
import type { NamedMacro } from '../../src/conformance/macros/example-query.ts'

const folder = fileURLToPath(new URL('../../macros/', import.meta.url))

/** Every macro that the project's macros folder exports. */
export async function exportedMacros(): Promise<readonly NamedMacro[]> {
  const files = readdirSync(folder).filter(file => file.endsWith('.ts'))
  const modules = await Promise.all(files.map(file => import(`${folder}${file}`) as Promise<Record<string, unknown>>))
  return modules.flatMap(module =>
    Object.entries(module).flatMap(([name, value]) =>
      isMacro(value) ? [{ name, macro: value.macro as unknown as Macro }] : [],
    ),
  )
}

function isMacro(value: unknown): value is MacroFunction<readonly ArgumentType[]> {
  return typeof value === 'function' && 'macro' in value
}
