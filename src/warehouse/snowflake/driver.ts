import type { ConnectionOptions, Connection as DriverConnection } from 'snowflake-sdk'
import { ProblemsError } from '../../problems/problem.ts'

const packageName = 'snowflake-sdk'

export interface Driver {
  createConnection(options: ConnectionOptions): DriverConnection
}

/**
 * Read by the driver and by what it loads, when they are loaded: without them it asks the addresses of three clouds where it runs, loads a
 * library of its own, and warns of a Node.js that is still kept up.
 */
const quietly = {
  SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
  SNOWFLAKE_DISABLE_MINICORE: 'true',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
}

let loaded: Promise<Driver> | undefined

/**
 * Snowflake's driver; the package is loaded here and nowhere else. It writes no log and nothing to the console, and keeps the tokens of
 * signed-in users in memory. Sends nothing yet. Throws `ProblemsError` where the package is not installed.
 */
export function loadDriver(): Promise<Driver> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Driver> {
  for (const [name, value] of Object.entries(quietly)) process.env[name] ??= value
  try {
    const { default: driver } = (await import('snowflake-sdk')) as unknown as {
      readonly default: typeof import('snowflake-sdk')
    }
    driver.configure({ logLevel: 'OFF', additionalLogToConsole: false, customLogger: silent, customCredentialManager })
    return driver
  } catch (cause) {
    loaded = undefined
    const { code } = cause as NodeJS.ErrnoException
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause
    const message = `the target builds in Snowflake, and the package ${packageName} is not installed`
    throw new ProblemsError([{ kind: 'warehouse', message, hint: `npm install ${packageName}@3` }], { cause })
  }
}

const say = (): void => undefined
const silent = { error: say, warn: say, info: say, debug: say, trace: say }

const kept = new Map<string, string>()

/** The answer to a second factor is asked for once a process, and is in no file. */
const customCredentialManager = {
  async read(key: string): Promise<string | undefined> {
    return kept.get(key)
  },
  async write(key: string, credential: string): Promise<void> {
    kept.set(key, credential)
  },
  async remove(key: string): Promise<void> {
    kept.delete(key)
  },
}
