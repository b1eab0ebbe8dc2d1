#!/usr/bin/env node
import { processEffects } from './process-effects.ts'
import { throughline } from './program.ts'

process.exitCode = await throughline(process.argv.slice(2), processEffects())
