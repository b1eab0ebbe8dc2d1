import { join } from 'node:path'
import { expect, test } from 'vitest'
import { secretsOfTarget } from '../../src/cli/target.ts'
import type { Target } from '../../src/config/targets.ts'
import { folderOf } from '../support/project.ts'

const home = folderOf({
  'connections.toml': '[c]\naccount = "a"\nauthenticator = "oauth"\ntoken_file_path = "token"\n',
  token: 'of-the-connection\n',
  'token-of-job': 'of-the-job\n',
})
const workload = { provider: 'oidc', token: { file: join(home, 'token-of-job') } } as const

test.each<[string, object, readonly string[]]>([
  ['a connection that names the file of its token', { connection: 'c' }, ['of-the-connection']],
  ['the file of a workload’s token', { signIn: { kind: 'workload identity', workload } }, ['of-the-job']],
  ['a token itself, which the config knows', { signIn: { kind: 'OAuth token', token: { text: 't0ken' } } }, []],
  ['a connection that is not there', { connection: 'd' }, []],
])('Of a target that says %s, what must not be printed is known', (_, keys, secrets) => {
  const target = { engine: 'snowflake', name: 'prod', ...keys } as Target
  expect(secretsOfTarget(target, { SNOWFLAKE_HOME: home })).toEqual(secrets)
})
