import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderOf } from '../support/project.ts'
import { kiosk } from './kiosk.ts'
import { objectsOf, type } from './support.ts'

const folder = folderOf(kiosk)
const commands = [
  'init',
  'eject',
  'build',
  'run',
  'test',
  'retry',
  'check',
  'compile',
  'ls',
  'show',
  'lineage',
  'explain',
  'freshness',
  'debug',
  'schema',
]

describe('help', () => {
  it('lists every command with what it does', async () => {
    const { exitCode, stdout } = await type(folder, ['--help'])
    expect(exitCode).toBe(0)
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command}\\b.* {2}[a-z]`, 'm'))
  })

  it.each(commands)('of %s has an example', async command => {
    const { exitCode, stdout } = await type(folder, [command, '--help'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(new RegExp(`^Examples?:\\n {2}\\$ throughline ${command}\\b`, 'm'))
  })

  it('says the version', async () => {
    expect((await type(folder, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe('what was typed wrong ends with 2', () => {
  it.each([
    [['biuld'], /unknown command 'biuld'\n\(Did you mean build\?\)/],
    [['build', '--thraeds', '2'], /unknown option '--thraeds'\n\(Did you mean --threads\?\)/],
    [['build', '--threads', '0'], /It must be a whole number from 1/],
    [['build', '--store-failures', 'Bad Name'], /It must be lower-case letters/],
    [['build', 'sessions'], /too many arguments/],
    [['run', '--store-failures'], /unknown option '--store-failures'/],
    [['check', '--output', 'xml'], /Allowed choices are text, json/],
    [['show'], /missing required argument 'model'/],
    [[], /Usage: throughline/],
  ])('%j', async (args, says) => {
    const { exitCode, stderr, stdout } = await type(folder, args)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(says)
  })
})

describe('a project that cannot be opened ends with 2', () => {
  it('because there is no config: it says where it looked, and how to name another', async () => {
    const empty = folderOf({})
    expect(await type(empty, ['build'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `there is no warehouse.config.yaml in ${empty}
  change into the folder of your project, or name its config with --config FILE
`,
    })
    expect((await type(empty, ['build', '--config', 'here/x.yaml'])).stderr).toMatch(/^there is no here\/x\.yaml\n/)
  })

  it('with all problems of config and files in one report', async () => {
    const broken = folderOf({
      ...kiosk,
      'warehouse.config.yaml': `${kiosk['warehouse.config.yaml']}  tell: {}\nexcluude: []\n`,
      'models/shop/orders.ts': 'export const orders = model({})\n',
    })
    const { exitCode, stdout, stderr } = await type(broken, ['build'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(/^models\/shop\/orders\.ts:1:\d+ {2}model is not defined$/m)
    expect(stderr).toContain('warehouse.config.yaml:9:3  sources.tell: unknown source tell; did you mean till?')
    expect(stderr).toContain('warehouse.config.yaml:10:1  excluude: unknown section excluude; did you mean exclude?')
    expect(stderr).toMatch(/\n3 problems\n$/)
  })

  it('without blaming the config for a section whose file is broken', async () => {
    const broken = folderOf({
      ...kiosk,
      'warehouse.config.yaml': `${kiosk['warehouse.config.yaml']}prices: { vat: 20 }\n`,
      'models/definitions/prices.ts':
        "import { definition } from 'throughline'\nexport const prices = definition('prices', vat)\n",
    })
    expect((await type(broken, ['build'])).stderr).toMatch(
      /^models\/definitions\/prices\.ts:2:\d+ {2}vat is not defined\n[^\n]*\n[^\n]*\n$/,
    )
  })

  it('because the target is unknown, or a variable is not set', async () => {
    expect((await type(folder, ['build', '--target', 'prod'])).stderr).toMatch(/prod/)
    expect((await type(folder, ['ls'], { env: { ORDERS_FILE: undefined } })).exitCode).toBe(2)
  })

  it('as JSON, where JSON was asked for', async () => {
    const { exitCode, stdout, stderr } = await type(folderOf({}), ['build', '--output', 'json'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' })
    expect(objectsOf(stdout)).toMatchObject([{ version: 1, type: 'problem', problem: { kind: 'config' } }])
  })
})

describe('a build that cannot begin ends with 2, and builds nothing', () => {
  it('because a model has an error', async () => {
    const broken = folderOf({
      ...kiosk,
      'models/shop/customers.ts': kiosk['models/shop/customers.ts']!.replace('sum(o.amount)', 'sum(o.amuont)'),
    })
    const { exitCode, stderr } = await type(broken, ['build', '--select', 'source:till', 'orders'])
    expect(exitCode).toBe(2)
    expect(stderr).toMatch(/customers\.ts:16:\d+ {2}.*amuont.*\n.*\n.*\n\nNothing was built\.\n$/)
  })

  it('because a raw file is not there: its path is told as it is', async () => {
    const { exitCode, stderr } = await type(folder, ['build'], { env: { ORDERS_FILE: 'data/none.csv' } })
    expect(exitCode).toBe(2)
    expect(stderr).toContain(`till.orders: ${join(folder, 'data/none.csv')} is not there`)
  })

  it('because a retry has no run to go on with', async () => {
    const { exitCode, stderr } = await type(folderOf(kiosk), ['retry'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('run_results.json')
  })
})
