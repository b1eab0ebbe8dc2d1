import { writeFileSync } from 'node:fs'

// Preloaded into a measured process: writes the most that Node's own heap and what hangs on it came to, in bytes, into the file OWN_MEMORY_FILE.

let most = 0
const look = () => {
  const { heapUsed, external } = process.memoryUsage()
  most = Math.max(most, heapUsed + external)
}
setInterval(look, 20).unref()
process.on('exit', () => {
  look()
  writeFileSync(process.env.OWN_MEMORY_FILE, String(most))
})
