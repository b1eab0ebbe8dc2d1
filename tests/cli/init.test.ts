import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Files, folderOf } from '../support/project.ts'
import { objectsOf, type } from './support.ts'

/** A stock layer that knows a tracker by its columns, and two systems by the names of their tables. */
const stock = folderOf({
  'sources/tracker.ts': `
import { source, text, z } from 'throughline'

const settings = z.strictObject({
  file: z.string(),
  who: z.string(),
  zone: z.enum(['UTC', 'Europe/Vienna']).default('UTC'),
})

export const tracker = source({
  description: 'A tracker.',
  settings,
  tables: {
    clicks: {
      description: 'Clicks.',
      columns: given => ({ [given.who]: text('Who').nullable(), at: text('When') }),
      location: ({ file }) => ({ file, badRows: 'fail' }),
    },
  },
  recognize: ({ file, columns }) => {
    const people = columns.filter(({ name }) => /^(user|member)$/.test(name)).map(({ name }) => name)
    const at = columns.find(({ name }) => name === 'at')
    if (people.length === 0 || at === undefined) return undefined
    return {
      settings: { file, who: people[0], zone: 'UTC' },
      sections: { words: { tracker: { looks: at.looksLike } } },
      open: [
        ...(people.length > 1 ? [{ path: ['who'], question: 'Which column says who?', choices: people }] : []),
        { path: ['zone'], question: 'In which zone?' },
      ],
    }
  },
})
`,
  ...Object.fromEntries(
    ['desk', 'attic'].map(name => [
      `sources/${name}.ts`,
      `
import { landedTables, locationIn, source, text } from 'throughline'

export const ${name} = source({
  description: 'The ${name}.',
  settings: landedTables(['ticket', 'agent', 'tag']),
  sections: { words: { ${name}: 'is on' } },
  tables: {
    ticket: { description: 'T.', columns: () => ({ id: text('T') }), location: given => locationIn(given, 'ticket') },
    agent: { description: 'A.', columns: () => ({ id: text('A'), ${name}: text('A') }), location: given => locationIn(given, 'agent') },
    tag: { description: 'G.', columns: () => ({ label: text('G') }), location: given => locationIn(given, 'tag') },
  },
})
`,
    ]),
  ),
  'models/definitions/words.ts': `
import { definition, z } from 'throughline'

export const words = definition('words', z.any())
`,
})

const init = (folder: string, args: readonly string[] = [], answers?: readonly string[]) =>
  type(folder, ['init', ...args], answers === undefined ? { stock } : { stock, answers })

const clicks = 'user,at\na,2026-06-01 12:00\nb,2026-06-01 12:30:01.5\n'
const configOf = (folder: string) => parse(readFileSync(join(folder, 'warehouse.config.yaml'), 'utf8'))

describe('init, in a folder without data', () => {
  const folder = folderOf({})
  const shop = join(folder, 'Ärger & Söhne 2')

  it('makes the folder, and writes what a project begins with', async () => {
    expect(await init(folder, ['Ärger & Söhne 2'])).toEqual({
      exitCode: 0,
      stdout: `Found no raw data that is recognised; the config says where to name it
Wrote Ärger & Söhne 2/warehouse.config.yaml
Wrote Ärger & Söhne 2/tsconfig.json
Wrote Ärger & Söhne 2/.gitignore
Wrote Ärger & Söhne 2/package.json
Wrote Ärger & Söhne 2/models/

Next: name your raw data in Ärger & Söhne 2/warehouse.config.yaml, then cd 'Ärger & Söhne 2' && npm install && npx throughline build
`,
      stderr: '',
    })
    expect(readFileSync(join(shop, '.gitignore'), 'utf8')).toBe('.throughline/\nnode_modules/\n')
    expect(JSON.parse(readFileSync(join(shop, 'package.json'), 'utf8'))).toMatchObject({
      name: 'arger-sohne-2',
      private: true,
      dependencies: { throughline: expect.stringMatching(/^file:\.\.\/.*throughline-/) },
    })
  })

  it('writes a config that is the shortest of use, with the systems that there are as comments', () => {
    expect(readFileSync(join(shop, 'warehouse.config.yaml'), 'utf8')).toBe(
      `# yaml-language-server: $schema=./node_modules/throughline/warehouse.config.schema.json
#
# What this project says of your business. An editor that reads the line above completes every key and says what it means.

project: arger_sohne_2

# Where tables are built: a file of DuckDB, which needs no server.
targets:
  local: { engine: duckdb, path: .throughline/arger_sohne_2.duckdb }

# The systems whose data is read. What is not named here is off.
# sources:
#   attic: { folder: raw/attic }
#   desk: { folder: raw/desk }
#   tracker: { file: data/events.csv, who: … }

# Everything else has a default, and stands here when you want it otherwise:
# words
`,
    )
  })

  it('is a project: check finds nothing wrong', async () => {
    expect(await type(shop, ['check'], { stock })).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('keeps what is there, and says what it should have', async () => {
    const own = folderOf({ 'package.json': '{ "name": "mine" }\n', 'tsconfig.json': '{}\n', '.gitignore': 'dist\n' })
    writeFileSync(join(own, 'warehouse.config.yaml'), 'project: mine\n')
    expect(await init(own)).toMatchObject({
      exitCode: 0,
      stdout: `Kept  warehouse.config.yaml
Kept  tsconfig.json, which needs "rootDirs": [".", "node_modules/throughline"]
Kept  .gitignore, which should have a line .throughline/
Kept  package.json, which does not name throughline
Wrote models/

Next: npm install && npx throughline build
`,
    })
    expect(readFileSync(join(own, 'warehouse.config.yaml'), 'utf8')).toBe('project: mine\n')
    expect(readFileSync(join(own, 'package.json'), 'utf8')).toBe('{ "name": "mine" }\n')
    // A second time there is nothing left to write.
    expect((await init(own)).stdout).not.toContain('Wrote')
  })

  it('wants a folder of one’s own', async () => {
    expect(await type(stock, ['init'], { stock })).toMatchObject({
      exitCode: 2,
      stderr: `${stock} is Throughline itself\n  name a folder of your own: throughline init FOLDER\n`,
    })
    expect(existsSync(join(stock, 'warehouse.config.yaml'))).toBe(false)
  })

  it('wants a folder, and no file', async () => {
    const file = join(folderOf({ 'events.csv': 'a' }), 'events.csv')
    const { exitCode, stderr } = await init(file)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('events.csv is a file')
    expect(stderr).toContain('name its folder, and init looks at all that lie there: throughline init ')
  })
})

describe('init, in a folder with data', () => {
  it('asks each source whether a file is its own, and takes the best guess where nobody can be asked', async () => {
    const folder = folderOf({ 'data/clicks.csv': clicks, 'data/other.csv': 'x\n1\n', 'package-lock.json': '{}' })
    const { stdout, exitCode } = await init(folder)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(
      /^Found tracker in data\/clicks\.csv\n {2}note {2}zone is a guess, UTC: In which zone\?\nNot recognised: data\/other\.csv\n/,
    )
    expect(configOf(folder)).toMatchObject({
      sources: { tracker: { file: 'data/clicks.csv', who: 'user', zone: 'UTC' } },
      words: { tracker: { looks: 'local time' } },
    })
    expect(readFileSync(join(folder, 'warehouse.config.yaml'), 'utf8')).toContain(
      '  # Found in data/clicks.csv\n  # zone is a guess: In which zone?\n  tracker:\n',
    )
  })

  it.each<[string, Files, string, string]>([
    ['with a delimiter of its own', { 'raw/c.csv': 'user;at\na;2026-06-01T12:00:00Z\n' }, 'raw/c.csv', 'instant'],
    ['packed', {}, 'clicks.csv.gz', 'date'],
    [
      'as JSON lines',
      { 'raw/x/c.jsonl': '{"user":"a","at":1780315200000,"n":{"m":[1]}}\n' },
      'raw/x/c.jsonl',
      'epoch_milliseconds',
    ],
    ['without rows', { 'c.csv': 'user,at\n' }, 'c.csv', 'nothing'],
    [
      'in parts',
      { 'data/c_1.csv': clicks, 'data/c_2.csv': clicks, 'data/d.csv': 'x\n1\n' },
      'data/c_*.csv',
      'local time',
    ],
  ])('finds a file %s', async (_, files, file, looks) => {
    const folder = folderOf(files)
    if (file.endsWith('.gz')) {
      const packed = spawnSync('gzip', ['-c'], { input: 'user,at\na,2026-06-01\n' })
      writeFileSync(join(folder, file), packed.stdout)
    }
    await init(folder)
    expect(configOf(folder)).toMatchObject({ sources: { tracker: { file } }, words: { tracker: { looks } } })
  })

  it('asks what the files do not settle, and asks again where the answer is none', async () => {
    const folder = folderOf({
      'a.csv': 'user,member,at\na,b,2026-06-01 12:00\n',
      'b.csv': 'user,at,more\na,2026-06-01 12:00,and more than in the other\n',
    })
    const { stdout, exitCode } = await init(folder, [], ['9', '2', 'member', 'Vienna', 'Europe/Vienna'])
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(`Where is the data of tracker?
  1  b.csv
  2  a.csv
[b.csv] 9
Where is the data of tracker?
  1  b.csv
  2  a.csv
[b.csv] 2
Which column says who?
  1  user
  2  member
[user] member
In which zone? [UTC] Vienna
In which zone? [UTC] Europe/Vienna
Found tracker in a.csv
`)
    expect(configOf(folder).sources).toEqual({ tracker: { file: 'a.csv', who: 'member', zone: 'Europe/Vienna' } })
    expect(readFileSync(join(folder, 'warehouse.config.yaml'), 'utf8')).not.toContain('a guess')
  })

  it('asks nothing with --yes; an empty answer is the guess; who leaves gets nothing written', async () => {
    const files = { 'a.csv': 'user,member,at\na,b,2026-06-01 12:00\n' }
    const told = await init(folderOf(files), ['--yes'], ['member'])
    expect(told.stdout).toContain('  note  who is a guess, user: Which column says who?\n')
    const agreed = folderOf(files)
    await init(agreed, [], ['', ''])
    expect(configOf(agreed).sources).toEqual({ tracker: { file: 'a.csv', who: 'user', zone: 'UTC' } })
    const left = folderOf(files)
    const answer = await init(left, [], ['member'])
    expect(answer).toMatchObject({ exitCode: 2, stderr: '\nNothing was written.\n' })
    expect(existsSync(join(left, 'warehouse.config.yaml'))).toBe(false)
    expect(existsSync(join(left, 'tsconfig.json'))).toBe(false)
  })

  it('knows a system by the files of its tables, by their columns and the name of the folder', async () => {
    const folder = folderOf({
      'raw/desk/ticket.csv': 'id\n1\n',
      'raw/desk/agent_1.csv': 'id,desk\n1,a\n',
      'raw/desk/agent_2.csv': 'id,desk\n2,b\n',
      // Has tables of both names, and the columns of one.
      'data/upstairs/ticket.csv': 'id\n1\n',
      'data/upstairs/agent.csv': 'id,attic\n1,a\n',
      // No tag of anybody: the column is another.
      'data/upstairs/tag.csv': 'name\nx\n',
      // One file may be called so by chance.
      'ticket.csv': 'id\n1\n',
      'more.csv': 'a\n1\n',
    })
    const { stdout } = await init(folder)
    expect(stdout).toMatch(`Found attic in data/upstairs/: 2 tables, ticket and agent
  note  without tag: data/upstairs/tag.csv has no column "label"
Found desk in raw/desk/: 2 tables, ticket and agent
Not recognised: more.csv, ticket.csv
`)
    expect(configOf(folder).sources).toEqual({
      attic: { folder: 'data/upstairs', without: ['tag'] },
      desk: { folder: 'raw/desk', without: ['tag'] },
    })
    expect(configOf(folder).words).toEqual({ attic: 'is on', desk: 'is on' })
    expect(await type(folder, ['build'], { stock })).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('says of a file that it cannot read why, and of one that a system would read but for a fault', async () => {
    const folder = folderOf({
      'broken.parquet': 'no parquet',
      'empty.csv': '',
      'twice.csv': 'user,user,at\na,b,2026-06-01 12:00\n',
      'raw/desk/agent.csv': 'id,desk\n1,a\n',
      'raw/desk/ticket.parquet': 'no parquet',
    })
    const { stdout, exitCode } = await init(folder)
    expect(exitCode).toBe(0)
    expect(stdout).not.toContain(folder)
    for (const line of [
      /^ {2}note {2}without ticket: .*raw\/desk\/ticket\.parquet.*$/m,
      /^ {2}note {2}broken\.parquet cannot be read: .*$/m,
      /^ {2}note {2}empty\.csv cannot be read: it is empty$/m,
      /^Not recognised: twice\.csv\n {2}tracker would read it, but twice\.csv has 2 columns named "user"$/m,
    ])
      expect(stdout).toMatch(line)
    const objects = objectsOf((await init(folderOf({ 'b.parquet': 'x' }), ['--output', 'json'])).stdout)
    expect(objects[0]).toMatchObject({ type: 'not_readable', file: 'b.parquet', because: expect.stringMatching(/./) })
  })

  it('knows a system’s lines of JSON by their fields, and not by the name of the file alone', async () => {
    const folder = folderOf({
      'raw/desk/ticket.jsonl': '{"id":"1"}\n',
      'raw/desk/agent.jsonl': '{"id":"1","desk":"a"}\n{"id":"2","more":1}\n',
      'raw/desk/tag.jsonl': '{"name":"x"}\n',
      // The one file of its folder, with half of an agent’s fields.
      'data/agent.jsonl': '{"id":1,"user":"a","at":"2026-06-01 12:00"}\n',
    })
    const { stdout } = await init(folder)
    expect(stdout).toMatch(`Found desk in raw/desk/: 2 tables, ticket and agent
  note  without tag: the first lines of raw/desk/tag.jsonl have none of the columns that are read: label
Found tracker in data/agent.jsonl
`)
    expect(configOf(folder).sources).toMatchObject({
      desk: { folder: 'raw/desk', without: ['tag'] },
      tracker: { file: 'data/agent.jsonl' },
    })
  })

  it('says which files would be read too, and how: those of the same columns, and others that look so', async () => {
    const folder = folderOf({
      'data/clicks.csv': `${clicks}c,2026-06-01 12:31\n`,
      'data/more.csv': clicks,
      'raw/other.csv': 'at,user\n2026-06-01 12:00,a\n',
    })
    const told = [
      'more.csv has the same columns, and is not read; to read both, write file: "data/*.csv"',
      'raw/other.csv looks like data of tracker too, and is not read',
    ]
    expect((await init(folder)).stdout).toContain(`  note  data/${told.join('\n  note  ')}\n`)
    expect(readFileSync(join(folder, 'warehouse.config.yaml'), 'utf8')).toContain(`  # data/${told.join('\n  # ')}\n`)
    // No pattern means the three, and not the fourth.
    const lone = folderOf({
      'a.csv': `${clicks}c,2026-06-01 12:31\n`,
      'b.csv': clicks,
      'c.csv': clicks,
      'x.csv': 'x\n',
    })
    expect((await init(lone)).stdout).toContain(
      '  note  b.csv and c.csv have the same columns, and are not read; to read all, put them into a folder of their own, and name them so: file: "FOLDER/*"\n',
    )
  })

  it('names what it writes elsewhere by its whole path, a folder with one slash at its end', async () => {
    const elsewhere = join(folderOf({}), 'shop')
    expect((await init(folderOf({}), [elsewhere])).stdout).toContain(`Wrote ${elsewhere}/models/\n`)
  })

  it('says as JSON what it found and wrote', async () => {
    const folder = folderOf({ 'clicks.csv': 'user,at,more\na,2026-06-01 12:00,1\n', 'x.csv': 'y\n1\n' })
    const objects = objectsOf((await init(folder, ['--output', 'json'], ['no answer is asked for'])).stdout)
    expect(objects.slice(0, 3)).toEqual([
      {
        version: 1,
        type: 'found',
        source: 'tracker',
        where: 'clicks.csv',
        settings: { file: 'clicks.csv', who: 'user', zone: 'UTC' },
        unreadable: [],
        unused: ['more'],
        notes: [],
      },
      { version: 1, type: 'not_recognized', files: ['x.csv'], lacking: [], faults: [] },
      { version: 1, type: 'wrote', file: join(folder, 'warehouse.config.yaml') },
    ])
  })
})
