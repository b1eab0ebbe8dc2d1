import { describe, expect, test } from 'vitest'
import { describeProblem } from '../../src/problems/problem.ts'
import { type GraphNode, graphOfNodes } from '../../src/project/graph.ts'
import { select } from '../../src/project/selector.ts'
import { compareState } from '../../src/project/state.ts'

const model = (path: string, parents: readonly string[], tags: readonly string[] = []): GraphNode => {
  const parts = path.split('/')
  return {
    name: parts.at(-1) ?? '',
    kind: 'model',
    parents,
    tags,
    path: `models/${path}.ts`,
    layer: parts[0],
    source: undefined,
  }
}
const raw = (source: string, table: string): GraphNode => ({
  name: `${source}.${table}`,
  kind: 'source',
  parents: [],
  tags: [],
  path: `sources/${source}.ts`,
  layer: undefined,
  source,
})

//  web.events -> web_events ─┐
//  web.pages  -> web_pages   ├-> events -> sessions -> journeys -> kpis
//  shop.orders -> orders ────┴-> revenue ----------------------------^
const graph = graphOfNodes([
  raw('web', 'events'),
  raw('web', 'pages'),
  raw('shop', 'orders'),
  model('staging/web/web_events', ['web.events']),
  model('staging/web/web_pages', ['web.pages']),
  model('staging/shop/orders', ['shop.orders'], ['money']),
  model('events/events', ['web_events', 'orders'], ['nightly']),
  model('journeys/sessions', ['events'], ['nightly', 'core']),
  model('journeys/journeys', ['sessions'], ['core']),
  model('events/revenue', ['orders'], ['money']),
  model('kpis/kpis', ['journeys', 'revenue'], ['nightly-late']),
])

const before = new Map([
  ['sessions', '1'],
  ['orders', '1'],
  ['journeys', '1'],
])
const now = new Map([
  ['sessions', '2'],
  ['orders', '1'],
  ['journeys', '1'],
  ['revenue', '1'],
])
const state = compareState(now, before)

interface Case {
  readonly says: string
  readonly select: readonly string[]
  readonly exclude?: readonly string[]
  readonly names: string
}

const everything = 'shop.orders orders revenue web.events web.pages web_events events sessions journeys kpis web_pages'

const cases: readonly Case[] = [
  { says: 'no criterion selects everything', select: [], names: everything },
  { says: 'a name selects that model', select: ['sessions'], names: 'sessions' },
  { says: '* in a name stands for any characters', select: ['web_*'], names: 'web_events web_pages' },
  { says: '? in a name stands for one character', select: ['kpi?'], names: 'kpis' },
  {
    says: 'a bare * selects models, not raw tables',
    select: ['*'],
    exclude: ['staging'],
    names: 'revenue events sessions journeys kpis',
  },
  { says: 'a folder selects the models in it and below', select: ['staging'], names: 'orders web_events web_pages' },
  { says: 'a name that a folder has too is that of the model', select: ['journeys'], names: 'journeys' },
  { says: 'a folder whose name a model has too is a layer', select: ['layer:journeys'], names: 'sessions journeys' },
  { says: 'folders and a name with dots select that model', select: ['staging.web.web_pages'], names: 'web_pages' },
  { says: 'folders with dots select what is in them', select: ['staging.web'], names: 'web_events web_pages' },
  { says: '* stands for a folder between dots', select: ['staging.*.orders'], names: 'orders' },
  { says: '+a selects all that a needs', select: ['+revenue'], names: 'shop.orders orders revenue' },
  { says: 'a+ selects all that needs a', select: ['sessions+'], names: 'sessions journeys kpis' },
  { says: '1+a selects one step up', select: ['1+events'], names: 'orders web_events events' },
  { says: '2+a selects two steps up', select: ['2+sessions'], names: 'orders web_events events sessions' },
  { says: 'a+1 selects one step down', select: ['orders+1'], names: 'orders revenue events' },
  { says: 'a+2 selects two steps down', select: ['orders+2'], names: 'orders revenue events sessions kpis' },
  {
    says: '+a+ selects both ways',
    select: ['+sessions+'],
    names: 'shop.orders orders web.events web_events events sessions journeys kpis',
  },
  { says: '1+a+1 selects one step both ways', select: ['1+sessions+1'], names: 'events sessions journeys' },
  {
    says: '@a selects what needs a and all that those need, a itself and its parents among them',
    select: ['@journeys'],
    names: 'shop.orders orders revenue web.events web_events events sessions journeys kpis',
  },
  { says: '@ on the last model is the same as + before it', select: ['@kpis'], exclude: ['+kpis'], names: '' },
  { says: 'tag: selects the models that have the tag', select: ['tag:nightly'], names: 'events sessions' },
  { says: 'tag: takes a *', select: ['tag:nightly*'], names: 'events sessions kpis' },
  { says: 'path: selects a file', select: ['path:models/events/revenue.ts'], names: 'revenue' },
  { says: 'path: selects a folder', select: ['path:models/staging/web'], names: 'web_events web_pages' },
  { says: 'path: takes a slash at the end and ./ before', select: ['path:./models/kpis/'], names: 'kpis' },
  {
    says: 'path: does not select a folder that only begins with these words',
    select: ['path:models/events'],
    names: 'revenue events',
  },
  { says: '* in path: stays within a folder', select: ['path:models/*/s*.ts'], names: 'sessions' },
  { says: '** in path: crosses folders', select: ['path:models/**/orders.ts'], names: 'orders' },
  {
    says: 'path: selects the raw tables that a file declares',
    select: ['path:sources/web.ts'],
    names: 'web.events web.pages',
  },
  { says: 'a bare value with a slash is a path', select: ['models/kpis'], names: 'kpis' },
  { says: 'a bare file name is a path', select: ['sessions.ts+'], names: 'sessions journeys kpis' },
  { says: 'layer: selects a layer', select: ['layer:journeys'], names: 'sessions journeys' },
  { says: 'layer: takes a *', select: ['layer:*s'], names: 'revenue events sessions journeys kpis' },
  { says: 'source: selects the raw tables of a system', select: ['source:web'], names: 'web.events web.pages' },
  { says: 'source: selects one raw table', select: ['source:web.pages'], names: 'web.pages' },
  { says: 'source: takes a *', select: ['source:*.orders'], names: 'shop.orders' },
  { says: 'source:+ selects what is made from it', select: ['source:shop+1'], names: 'shop.orders orders' },
  { says: 'state:new selects what the earlier build did not have', select: ['state:new'], names: 'revenue' },
  {
    says: 'state:modified selects what changed and what is new',
    select: ['state:modified'],
    names: 'revenue sessions',
  },
  {
    says: 'state:modified+ selects what they lead to as well',
    select: ['state:modified+'],
    names: 'revenue sessions journeys kpis',
  },
  { says: '1+state:new takes steps up', select: ['1+state:new'], names: 'orders revenue' },
  { says: 'a space is union', select: ['sessions kpis'], names: 'sessions kpis' },
  { says: 'several values are union', select: ['kpis', 'sessions'], names: 'sessions kpis' },
  { says: 'a comma is intersection', select: ['tag:nightly,layer:journeys'], names: 'sessions' },
  { says: 'a comma binds closer than a space', select: ['kpis tag:core,tag:nightly'], names: 'sessions kpis' },
  { says: 'intersection takes the graph into account', select: ['+kpis,tag:money'], names: 'orders revenue' },
  { says: 'intersection of three', select: ['+kpis,tag:core,tag:nightly'], names: 'sessions' },
  { says: 'exclude takes away', select: ['+kpis'], exclude: ['+journeys'], names: 'revenue kpis' },
  {
    says: 'exclude alone takes away from everything',
    select: [],
    exclude: ['source:web+ source:shop'],
    names: 'orders revenue',
  },
  {
    says: 'exclude takes an intersection',
    select: ['layer:journeys'],
    exclude: ['tag:core,tag:nightly'],
    names: 'journeys',
  },
  { says: 'an intersection with state may be empty', select: ['state:modified,tag:nightly-late'], names: '' },
]

describe('a selection', () => {
  test.each(cases)('$says', ({ select: criteria, exclude = [], names }) => {
    const selection = select(graph, { select: criteria, exclude, state })
    expect(selection.problems).toEqual([])
    expect(selection.names.join(' ')).toBe(names)
  })
})

const refused: readonly { readonly criterion: string; readonly problem: string }[] = [
  {
    criterion: 'sesions',
    problem: "'sesions' selects nothing: no model or folder is named 'sesions'; did you mean sessions?",
  },
  {
    criterion: '2+sesions+',
    problem: "'2+sesions+' selects nothing: no model or folder is named 'sesions'; did you mean 2+sessions+?",
  },
  {
    criterion: 'stagin+',
    problem: "'stagin+' selects nothing: no model or folder is named 'stagin'; did you mean staging+?",
  },
  {
    criterion: 'tag:nigthly',
    problem: "'tag:nigthly' selects nothing: no model has the tag 'nigthly'; did you mean tag:nightly?",
  },
  {
    criterion: 'layer:journey',
    problem: "'layer:journey' selects nothing: no layer is named 'journey'; did you mean layer:journeys?",
  },
  {
    criterion: 'path:models/event',
    problem: "'path:models/event' selects nothing: no file stands at 'models/event'; did you mean path:models/events?",
  },
  {
    criterion: 'source:web.event',
    problem:
      "'source:web.event' selects nothing: no source that is switched on is named 'web.event'; did you mean source:web.events?",
  },
  {
    criterion: 'web.events',
    problem: "'web.events' selects nothing: no model or folder is named 'web.events'; did you mean source:web.events?",
  },
  {
    criterion: 'zebra_crossing',
    problem:
      "'zebra_crossing' selects nothing: no model or folder is named 'zebra_crossing'\n  throughline ls lists what there is",
  },
  {
    criterion: 'ga4_events',
    problem: "'ga4_events' selects nothing: 'ga4_events' is not built: the source 'ga4' is off",
  },
  {
    criterion: 'tags:nightly',
    problem:
      "'tags:nightly' cannot be selected: tags is no method; did you mean tag:nightly?\n  expected: one of tag: path: layer: source: state: or a plain name",
  },
  {
    criterion: 'state:modifed+',
    problem:
      "'state:modifed+' selects nothing: there is no state 'modifed'; did you mean state:modified?\n  expected: state:modified or state:new",
  },
  {
    criterion: 'tag:money,layer:journeys',
    problem:
      "'tag:money,layer:journeys' selects nothing: what its parts select has nothing in common\n  a comma selects what meets every part; write a space for what meets any of them",
  },
]

const malformed: readonly { readonly criterion: string; readonly why: string }[] = [
  { criterion: '', why: 'it names nothing' },
  { criterion: '+', why: 'it names nothing' },
  { criterion: '@', why: 'it names nothing' },
  { criterion: 'tag:', why: 'nothing stands after tag:' },
  { criterion: 'sessions++', why: 'there is a + or @ in the middle of it' },
  { criterion: 'a+b', why: 'there is a + or @ in the middle of it' },
  { criterion: 'a@b', why: 'there is a + or @ in the middle of it' },
  { criterion: 'x+sessions', why: 'there is a + or @ in the middle of it' },
  { criterion: '@sessions+', why: '@ takes in all that comes after already: write it without the + at its end' },
]

describe('a criterion that cannot be met', () => {
  const disabled = new Map([['ga4_events', "the source 'ga4' is off"]])

  test.each(refused)('is told with what may be meant: $criterion', ({ criterion, problem }) => {
    const selection = select(graph, { select: [criterion], exclude: [], state, disabled })
    expect(selection.problems.map(describeProblem)).toEqual([problem])
    expect(selection.names).toEqual([])
  })

  test.each(malformed)('is told where it is malformed: $criterion', ({ criterion, why }) => {
    const selection = select(graph, { select: [criterion], exclude: [] })
    expect(selection.problems.map(problem => problem.message)).toEqual([
      `'${criterion}' cannot be read as a selection: ${why}`,
    ])
  })

  test('leaves the others as they are, and each is told', () => {
    const selection = select(graph, { select: ['kpis nope', 'tag:'], exclude: ['nada'] })
    expect(selection.names).toEqual(['kpis'])
    expect(selection.problems.map(problem => problem.message)).toEqual([
      "'nope' selects nothing: no model or folder is named 'nope'",
      "'tag:' cannot be read as a selection: nothing stands after tag:",
      "'nada' selects nothing: no model or folder is named 'nada'",
    ])
  })

  test('an empty part of an intersection is told', () => {
    const [problem] = select(graph, { select: ['kpis,,sessions'], exclude: [] }).problems
    expect(problem?.message).toBe("'' cannot be read as a selection: it names nothing")
  })

  test('state: without an earlier build says how to name one', () => {
    const [problem] = select(graph, { select: ['state:modified+'], exclude: [] }).problems
    expect(problem && describeProblem(problem)).toBe(
      "'state:modified+' compares with an earlier build, and none is given\n  add --state FOLDER, the folder of that build’s manifest.json",
    )
  })
})
