import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parse, TomlError } from 'smol-toml'
import { nearest } from '../../problems/nearest.ts'
import { ProblemsError } from '../../problems/problem.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What a connection says: text by key, as it is written there. */
export interface NamedConnection {
  readonly file: string
  readonly values: Readonly<Record<string, string>>
}

/** Where Snowflake's own programs look for connections: `$SNOWFLAKE_HOME`, `~/.snowflake`, and where Linux keeps configuration. */
export function connectionsFile(env: Environment): string {
  if (env.SNOWFLAKE_HOME) return join(env.SNOWFLAKE_HOME, fileName)
  const home = env.HOME || homedir()
  const usual = join(home, '.snowflake', fileName)
  const other = join(env.XDG_CONFIG_HOME || join(home, '.config'), 'snowflake', fileName)
  return exists(usual) || !exists(other) ? usual : other
}

/** A connection by its name. Throws `ProblemsError` where there is no file, no such connection in it, or it is no TOML. */
export function readConnection(name: string, env: Environment): NamedConnection {
  const file = connectionsFile(env)
  const connections = parseConnections(file, textOf(file, name))
  const found = connections[name]
  if (found === undefined) {
    const names = Object.keys(connections)
    const message = `${file}: there is no connection ${name}`
    throw problem(message, { expected: names.join(', '), suggestion: nearest(name, names) })
  }
  return { file, values: found }
}

const fileName = 'connections.toml'

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}

function textOf(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const message = code === 'ENOENT' ? `there is no ${file}` : `${file} cannot be read (${code})`
    throw problem(message, {
      hint: `the target takes its connection ${name} from there; SNOWFLAKE_HOME names another folder`,
    })
  }
}

/** Sections are connections; what is no text in them (a port) becomes it. */
function parseConnections(file: string, text: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  try {
    const sections = Object.entries(parse(text)).filter(([, value]) => typeof value === 'object' && value !== null)
    return Object.fromEntries(
      sections.map(([name, keys]) => [
        name,
        Object.fromEntries(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), String(value)])),
      ]),
    )
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    // The parser's own message shows the line, which may hold a secret.
    const message = `${file}: line ${error.line} is no TOML`
    throw problem(message, { expected: 'sections of keys, like [prod] and account = "acme-prod"' })
  }
}

function problem(message: string, more: { expected?: string; suggestion?: string | undefined; hint?: string }) {
  return new ProblemsError([{ kind: 'warehouse', message, ...more }])
}
