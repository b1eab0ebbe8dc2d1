import { startGoogleSql } from './google-sql.ts'

// A process that has the evaluator running and waits to be killed.
await startGoogleSql()
process.stdout.write('started\n')
setInterval(() => undefined, 60_000)
