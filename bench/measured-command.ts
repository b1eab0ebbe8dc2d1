import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** What a command took, with all processes that it started. */
export interface Measured {
  readonly wallSeconds: number
  readonly cpuSeconds: number
  /** The most memory that its processes held at one moment, looked at every 20 ms; 0 where the system does not tell (other than Linux). */
  readonly peakMegabytes: number
  readonly output: string
}

/** Runs a command to its end and measures it. Throws with its output where it fails. */
export async function measuredCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Measured> {
  const startedAt = performance.now()
  // The shell's clock counts the processor time of what it started and waited for.
  const child = spawn('bash', ['-c', `TIMEFORMAT='%U %S'; time "$@"`, 'bash', command, ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env, LC_ALL: 'C' },
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', chunk => {
    output += chunk
  })
  child.stderr.on('data', chunk => {
    errors += chunk
  })
  let peak = 0
  const cpuOf = new Map<number, number>()
  const timer = setInterval(() => {
    const processes = processesOf(child.pid!)
    peak = Math.max(
      peak,
      processes.reduce((sum, { resident }) => sum + resident, 0),
    )
    for (const { pid, cpu } of processes) cpuOf.set(pid, cpu)
  }, 20)
  const code = await new Promise<number | null>(resolve => child.on('close', resolve))
  clearInterval(timer)
  const wallSeconds = (performance.now() - startedAt) / 1000
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}${errors}`.slice(0, 4000))
  const [user, system] = errors.trim().split('\n').at(-1)!.split(' ').map(Number)
  // It counts none whose end nobody waited for; those are counted by the last look at them.
  const seen = [...cpuOf.values()].reduce((sum, cpu) => sum + cpu, 0)
  return { wallSeconds, cpuSeconds: Math.max(user! + system!, seen), peakMegabytes: Math.round(peak), output }
}

/** The processes that a command started, itself among them, as the system tells them now. */
function processesOf(
  root: number,
): readonly { readonly pid: number; readonly cpu: number; readonly resident: number }[] {
  const found = new Map<number, { parent: number; cpu: number; resident: number }>()
  try {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      // After the name in brackets: state, parent, … and, counted so, user and system time at 11 and 12, resident pages at 21.
      const fields = read(`/proc/${name}/stat`).split(') ').at(-1)!.split(' ')
      if (fields.length < 22) continue
      const [parent, user, system, pages] = [1, 11, 12, 21].map(index => Number(fields[index]))
      found.set(Number(name), { parent: parent!, cpu: (user! + system!) / 100, resident: (pages! * 4096) / 1e6 })
    }
  } catch {
    return []
  }
  const isWithin = (pid: number): boolean => pid === root || (found.has(pid) && isWithin(found.get(pid)!.parent))
  return [...found].filter(([pid]) => isWithin(pid)).map(([pid, { cpu, resident }]) => ({ pid, cpu, resident }))
}

/** Empty where the process ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
