import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processEffects } from '../../src/cli/process-effects.ts'
import { throughline } from '../../src/cli/program.ts'

/** The program in a process of its own, without a stock layer: a project is what stands in its own folder. */
const stock = mkdtempSync(join(tmpdir(), 'throughline-bare-'))
process.on('exit', () => rmSync(stock, { recursive: true, force: true }))
process.exitCode = await throughline(process.argv.slice(2), { ...processEffects(), stock })
