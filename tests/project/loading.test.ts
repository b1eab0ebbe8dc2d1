import { describe, expect, test } from 'vitest'
import * as engine from '../../src/index.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { StrippedCache } from '../../src/project/strip-types.ts'
import { type Files, folderOf, projectOf } from '../support/project.ts'

/** A project of these layers, the user's first, with its problems as a person reads them, without the temporary folders. */
function loaded(...layers: readonly Files[]) {
  const folders = layers.map(folderOf)
  const { project, problems } = loadProject(folders, engine, new StrippedCache(undefined).strip)
  const said = problems.map(problem =>
    folders.reduce((text, folder) => text.replaceAll(`${folder}/`, ''), describeProblem(problem)),
  )
  return { project, said, models: [...project.models.keys()].sort() }
}

const people = (name = 'people') => `import { key, model, sql } from 'throughline'

export const ${name} = model({
  description: 'People.',
  grain: ['person_id'],
  columns: { person_id: key('Who') },
  materialize: { kind: 'table' },
  query: () => sql\`select 'p' as person_id\`,
})
`

/** A model that reads another, imported by the 2nd line. */
const reader = (name: string, line: string, read: string) => `import { key, model, sql } from 'throughline'
${line}

export const ${name} = model({
  description: 'A reader.',
  grain: [],
  columns: { person_id: key('Who') },
  materialize: { kind: 'view' },
  query: () => sql\`select p.person_id from \${${read}} as p\`,
})
`

describe('Loading', () => {
  test('tells every failure at once, each at its place, and keeps what has none', () => {
    const { said, models } = loaded({
      'models/shop/people.ts': people(),
      'models/shop/fine.ts': reader('fine', "import { people } from './people'", 'people'),
      'models/shop/syntax.ts': people('syntax').replace("'People.',", "'People.' grain"),
      'models/shop/missing.ts': reader('missing', "import { people } from './poeple'", 'people'),
      'models/shop/throws.ts': people('throws').replace(
        'export const',
        "if (sql) throw new Error('not today')\n\nexport const",
      ),
      'models/shop/wrong_name.ts': people('wrong_names'),
      'models/shop/persn.ts': reader('persn', "import { peple as people } from './people'", 'people'),
      'models/shop/word.ts': people('word').replace('key, model', 'key, modle as model'),
      'models/shop/circle_a.ts': reader('circle_a', "import { circle_b } from './circle_b'", 'circle_b'),
      'models/shop/circle_b.ts': reader('circle_b', "import { circle_a } from './circle_a'", 'circle_a'),
      'models/shop/twice.ts': people('twice'),
      'models/stock/twice.ts': people('twice'),
      'models/shop/silent.ts': reader('silent', "import { throws } from './throws'", 'throws'),
    })
    expect([...said].sort()).toEqual([
      `models/shop/circle_a.ts:2:26  files import each other in a circle: models/shop/circle_a.ts -> models/shop/circle_b.ts -> models/shop/circle_a.ts
    import { circle_b } from './circle_b'
                             ^
  a model may not read what reads it; move what both need into a third file`,
      `models/shop/missing.ts:2:24  imports './poeple', and there is no models/shop/poeple.ts in the project; did you mean './people'?
    import { people } from './poeple'
                           ^`,
      `models/shop/persn.ts:2:10  models/shop/people.ts exports no 'peple'; did you mean people?
    import { peple as people } from './people'
             ^`,
      `models/shop/syntax.ts:4:26  cannot be read as TypeScript: Unexpected token, expected ","
      description: 'People.' grain
                             ^`,
      `models/shop/throws.ts:3:16  not today
    if (sql) throw new Error('not today')
                   ^`,
      `models/shop/word.ts:1:15  throughline exports no 'modle'; did you mean model?
    import { key, modle as model, sql } from 'throughline'
                  ^`,
      `models/shop/wrong_name.ts:3:14  exports no model named 'wrong_name'; did you mean to name the file wrong_names.ts, or the export wrong_name?
    export const wrong_names = model({
                 ^
  expected: export const wrong_name = model({ … }), spelled as the file`,
      `models/stock/twice.ts:3:14  two models are named 'twice': models/shop/twice.ts and models/stock/twice.ts
    export const twice = model({
                 ^
  names are unique in a project: rename one file and its export`,
    ])
    expect(models).toEqual(['fine', 'people', 'twice'])
  })

  test('says a circle once, however many files it passes through, and what reads it is silent', () => {
    const { said, models } = loaded({
      'models/shop/a.ts': reader('a', "import { b } from './b'", 'b'),
      'models/shop/b.ts': reader('b', "import { c } from './c'", 'c'),
      'models/shop/c.ts': reader('c', "import { a } from './a'", 'a'),
      'models/shop/d.ts': reader('d', "import { c } from './c'", 'c'),
    })
    expect(said.map(text => text.split('\n')[0])).toEqual([
      'models/shop/a.ts:2:19  files import each other in a circle: models/shop/a.ts -> models/shop/b.ts -> models/shop/c.ts -> models/shop/a.ts',
    ])
    expect(models).toEqual([])
  })

  test('finds a circle that stands behind another failure', () => {
    const { said } = loaded({
      'models/shop/a.ts': reader('a', "import { b } from './b'\nimport { gone } from './gone'", 'b}${gone'),
      'models/shop/b.ts': reader('b', "import { a } from './a'", 'a'),
    })
    expect(said.map(text => text.split('\n')[0])).toEqual([
      "models/shop/a.ts:3:22  imports './gone', and there is no models/shop/gone.ts in the project",
      'models/shop/a.ts:2:19  files import each other in a circle: models/shop/a.ts -> models/shop/b.ts -> models/shop/a.ts',
    ])
  })

  test('never runs what is imported for its type alone', () => {
    const { said, models } = loaded({
      'models/shop/a.ts': people('a').replace(
        '\n\n',
        "\nimport type { Nothing } from 'a-package-that-there-is-not'\nimport type { B } from './b'\nimport { type C, c } from './c'\nexport type A = B | C | Nothing\nexport const name: string = c.kind\n\n",
      ),
      'models/shop/b.ts': reader('b', "import { a } from './a'\nexport type B = typeof a", 'a'),
      'models/shop/c.ts': `${people('c')}export interface C { readonly c: number }\n`,
    })
    expect(said).toEqual([])
    expect(models).toEqual(['a', 'b', 'c'])
  })

  test('runs each file once, whoever imports it', () => {
    const { said, project } = loaded({
      'macros/count.ts': "import { sql } from 'throughline'\n\nexport const once = { value: sql`1` }\n",
      'models/shop/a.ts': people('a')
        .replace("select 'p'", "select ${once.value} || 'p'")
        .replace('\n\n', "\nimport { once } from '../../macros/count'\n\n"),
      'models/shop/b.ts': reader('b', "import { a } from './a'\nexport { a } from './a'", 'a'),
    })
    expect(said).toEqual([])
    expect(project.names.model(project.models.get('a')!.value)).toBe('a')
  })

  test('suggests a file of that name in another folder, or one of the nearest name', () => {
    const { said } = loaded({
      'models/shop/people.ts': people(),
      'models/shop/a.ts': reader('a', "import { people } from '../stock/people'", 'people'),
      'models/stock/b.ts': reader('b', "import { people } from './peopel'", 'people'),
      'models/stock/c.ts': reader('c', "import { people } from './visitors'", 'people'),
    })
    expect(said.map(text => text.split('\n')[0])).toEqual([
      "models/shop/a.ts:2:24  imports '../stock/people', and there is no models/stock/people.ts in the project; did you mean './people'?",
      "models/stock/b.ts:2:24  imports './peopel', and there is no models/stock/peopel.ts in the project; did you mean '../shop/people'?",
      "models/stock/c.ts:2:24  imports './visitors', and there is no models/stock/visitors.ts in the project",
    ])
  })

  test('gives packages their own modules, and the line of what they throw', () => {
    const { said } = loaded({
      'models/shop/a.ts': people('a').replace(
        '\n\n',
        "\nimport { readFileSync } from 'node:fs'\nexport const text = readFileSync('/no/such/file', 'utf8')\n\n",
      ),
      'models/shop/b.ts': people('b').replace(
        '\n\n',
        "\nimport { nothing } from 'a-package-that-there-is-not'\nexport const text = nothing()\n\n",
      ),
    })
    expect(said.map(text => text.split('\n')[0])).toEqual([
      "models/shop/a.ts:3:21  ENOENT: no such file or directory, open '/no/such/file'",
      expect.stringMatching(/^models\/shop\/b\.ts:2:\d+ {2}Cannot find module 'a-package-that-there-is-not'/),
    ])
  })

  test('counts lines as an editor does where they end in CR LF', () => {
    const { said } = loaded({
      'models/shop/a.ts': people('a')
        .replace('export const', "if (sql) throw new Error('no')\n\nexport const")
        .replaceAll('\n', '\r\n'),
    })
    expect(said).toEqual(["models/shop/a.ts:3:16  no\n    if (sql) throw new Error('no')\n                   ^"])
  })
})

describe('Names', () => {
  test('are unique, of whatever kind', () => {
    const source =
      "import { source, z } from 'throughline'\n\nexport const shop = source({ description: 'Shop.', settings: z.object({}), tables: {} })\n"
    const unit = (name: string) =>
      `import { unitTest } from 'throughline'\nimport { people } from '../../models/shop/people'\n\nexport const ${name} = unitTest({ description: 'x', model: people, given: [], expect: [] })\n`
    const data = (name: string) =>
      `import { dataTest, sql } from 'throughline'\n\nexport const ${name} = dataTest({ description: 'x', rows: () => sql\`select 1 as one\` })\n`
    const { said, project } = loaded({
      'models/shop/people.ts': people(),
      'seeds/people.ts': people(),
      'sources/shop.ts': source,
      'sources/old/shop.ts': source,
      'unit_tests/a/checked.ts': unit('checked'),
      'unit_tests/b/checked.ts': unit('checked'),
      'data_tests/a/checked.ts': data('checked'),
      'data_tests/b/checked.ts': data('checked'),
    })
    expect(said.map(text => text.split('\n')[0])).toEqual([
      "data_tests/b/checked.ts:3:14  two data tests are named 'checked': data_tests/a/checked.ts and data_tests/b/checked.ts",
      "seeds/people.ts:3:14  two models are named 'people': models/shop/people.ts and seeds/people.ts",
      "sources/shop.ts:3:14  two sources are named 'shop': sources/old/shop.ts and sources/shop.ts",
      "unit_tests/b/checked.ts:4:14  two unit tests are named 'checked': unit_tests/a/checked.ts and unit_tests/b/checked.ts",
    ])
    expect([project.models.size, project.sources.size, project.unitTests.length, project.dataTests.length]).toEqual([
      1, 1, 1, 1,
    ])
  })

  test('are lower-case words, of files and columns', () => {
    const { said } = loaded({
      'models/shop/Orders.ts': people('Orders'),
      'models/shop/visits.ts': people('visits').replace(
        "{ person_id: key('Who') }",
        "{ person_id: key('Who'), Visit: key('x'), tl_x: key('x') }",
      ),
      'models/people.ts': people(),
    })
    expect(said.map(text => text.split('\n')[0])).toEqual([
      "models/people.ts:3:14  the model 'people' stands in no layer",
      "models/shop/Orders.ts:3:14  'Orders' cannot be a name",
      "models/shop/visits.ts:6:37  the column 'Visit' of 'visits' cannot be named so",
      "models/shop/visits.ts:6:54  the column 'tl_x' of 'visits' cannot be named so",
    ])
  })

  test('of exports are those of their files: the nearest export is suggested', () => {
    const { said } = loaded({
      'models/shop/sessions.ts': people('session'),
      'models/shop/nothing.ts': 'export const other = 1\n',
      'sources/shop.ts': people('shop'),
    })
    expect(said).toEqual([
      `models/shop/nothing.ts:1:1  exports no model named 'nothing'
    export const other = 1
    ^
  expected: export const nothing = model({ … }), spelled as the file`,
      `models/shop/sessions.ts:3:14  exports no model named 'sessions'; did you mean to name the file session.ts, or the export sessions?
    export const session = model({
                 ^
  expected: export const sessions = model({ … }), spelled as the file`,
      `sources/shop.ts:3:14  exports no source named 'shop'
    export const shop = model({
                 ^
  expected: export const shop = source({ … }), spelled as the file`,
    ])
  })
})

describe('Layers', () => {
  const stock: Files = {
    'models/shop/people.ts': people(),
    'models/shop/readers.ts': reader('readers', "import { people } from './people'", 'people'),
  }

  test('put the upper file in the place of the lower, for readers below too', () => {
    const own = people().replace("'People.'", "'Our people.'")
    const { said, project } = loaded({ 'models/shop/people.ts': own }, stock)
    expect(said).toEqual([])
    expect(project.models.get('people')!.value.description).toBe('Our people.')
    const { build } = project.models.get('readers')!.value
    if (build.kind !== 'view') throw new Error('a view')
    const [read] = build.query({}).parts
    expect(read).toBe(project.models.get('people')!.value)
  })

  test('add files that are new, which read those below', () => {
    const { said, models } = loaded(
      { 'models/ours/visitors.ts': reader('visitors', "import { readers } from '../shop/readers'", 'readers') },
      stock,
    )
    expect(said).toEqual([])
    expect(models).toEqual(['people', 'readers', 'visitors'])
  })

  test('give the rows of a seed from the uppermost that has them, whichever has its contract', () => {
    const sites = `
import { key, seed } from 'throughline'
export const sites = seed({ description: 'Sites.', grain: ['host'], columns: { host: key('Host') }, file: 'sites.csv' })
`
    const rows = 'host\na.example\n'
    const seedFile = (own: Files, below: Files) => {
      const { compiled, project } = projectOf(own, { stock: below })
      return project.layers.findIndex(layer => compiled.models.get('sites')!.seedFile === `${layer}/seeds/sites.csv`)
    }
    const whole = { 'seeds/sites.ts': sites, 'seeds/sites.csv': rows }
    expect(seedFile({}, whole)).toBe(1)
    expect(seedFile({ 'seeds/sites.csv': rows }, whole)).toBe(0)
    expect(seedFile({ 'seeds/sites.ts': sites }, whole)).toBe(1)
  })

  test('tell a fault in the upper file there, and what is gone with its name', () => {
    const { said } = loaded({ 'models/shop/people.ts': people().replace('const people', 'const peopel') }, stock)
    expect(said.map(text => text.split('\n')[0])).toEqual([
      'models/shop/people.ts:1:1  models/shop/people.ts stands in the place of the stock file of that name, and does not export people, which stock files import; did you mean peopel?',
      "models/shop/people.ts:3:14  exports no model named 'people'; did you mean to name the file peopel.ts, or the export people?",
    ])
  })

  const macros = (...names: readonly string[]) =>
    `import { sql } from 'throughline'\n\n${names.map(name => `export const ${name} = { value: sql\`1\` }\n`).join('')}`
  const using = (name: string, ...names: readonly string[]) =>
    reader(
      name,
      `import { ${names.join(', ')} } from '../../macros/money'`,
      `people}, \${${names.map(each => `${each}.value`).join(' + ')}`,
    )

  test('say once what an upper file lacks that files below import, however many they are, and what to do', () => {
    const below: Files = {
      'macros/money.ts': macros('rounded', 'converted'),
      'models/shop/a.ts': using('a', 'rounded'),
      'models/shop/b.ts': using('b', 'rounded', 'converted'),
      'models/shop/c.ts': people('c'),
      // Of what could not be run no more is told, and its names are wanted all the same.
      'models/shop/d.ts': reader('d', "import { a } from './a'\nimport { converted } from '../../macros/money'", 'a'),
    }
    const { said, models } = loaded({ 'macros/money.ts': macros('cents') }, below)
    expect(said).toEqual([
      `macros/money.ts:1:1  macros/money.ts stands in the place of the stock file of that name, and does not export converted, rounded, which stock files import
    import { sql } from 'throughline'
    ^
  give it another name, or export them too; to begin from the stock one, move yours away: throughline eject macros/money.ts`,
    ])
    expect(models).toEqual(['c'])
  })

  test('name eight of what is lacking at most', () => {
    const names = Array.from({ length: 11 }, (_, index) => `m${index + 10}`)
    const { said } = loaded(
      { 'macros/money.ts': macros('m10') },
      { 'macros/money.ts': macros(...names), 'models/shop/a.ts': using('a', ...names) },
    )
    expect(said).toHaveLength(1)
    expect(said[0]).toContain(
      'does not export m11, m12, m13, m14, m15, m16, m17, m18 and 2 more, which stock files import',
    )
  })

  test('tell a name that is gone at its reader, where that stands in the same layer or above', () => {
    const own = { 'macros/money.ts': macros('cents'), 'models/shop/a.ts': using('a', 'rounded') }
    const { said } = loaded(own, { 'macros/money.ts': macros('rounded') })
    expect(said.map(text => text.split('\n')[0])).toEqual([
      "models/shop/a.ts:2:10  macros/money.ts exports no 'rounded'",
    ])
    const above = loaded({ 'models/shop/a.ts': using('a', 'rounds') }, { 'macros/money.ts': macros('rounded') })
    expect(above.said.map(text => text.split('\n')[0])).toEqual([
      "models/shop/a.ts:2:10  macros/money.ts exports no 'rounds'; did you mean rounded?",
    ])
  })
})
