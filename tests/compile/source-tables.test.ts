import { expect, test } from 'vitest'
import { describeProblem } from '../../src/problems/problem.ts'
import { projectOf } from '../support/project.ts'

const source = `import { date, integer, landedTables, localTimestamp, locationIn, source, text, timestamp } from 'throughline'

export const desk = source({
  description: 'The desk.',
  settings: landedTables(['ticket']),
  tables: {
    ticket: {
      description: 'Tickets.',
      loadedAt: 'synced',
      columns: () => ({
        id: integer('The ticket'),
        phone: text('The phone').nullable().mayBeMissing(),
        synced: timestamp('When the row came in').nullable().mayBeMissing(),
        at: localTimestamp('When'),
      }),
      location: settings => locationIn(settings, 'ticket'),
    },
  },
})
`

const settings = { folder: 'raw', freshness: { warn_after: '12 hours' } }

/** What is said of the source with some of its text replaced. */
function said(from: string, to: string): readonly string[] {
  expect(source).toContain(from)
  const files = { 'sources/desk.ts': source.replace(from, to) }
  const { folder, problems } = projectOf(files, { sources: { desk: settings } })
  return problems.map(problem => describeProblem(problem).replaceAll(`${folder}/`, '').split('\n')[0]!)
}

test('A raw table is compiled with its place, the column that says when rows came in, and how fresh they should be', () => {
  const { compiled, problems } = projectOf({ 'sources/desk.ts': source }, { sources: { desk: settings } })
  expect(problems).toEqual([])
  expect(compiled.sourceTables.get('desk.ticket')).toMatchObject({
    location: { folder: 'raw', basename: 'ticket', badRows: 'fail' },
    loadedAt: 'synced',
    freshness: { warnAfterSeconds: 43_200 },
    table: { schema: 'raw', name: 'desk__ticket' },
  })
})

test.each([
  [
    'a column that there is not',
    "loadedAt: 'synced'",
    "loadedAt: 'sinced'",
    "desk.ticket: loadedAt names 'sinced', which is no column of the table; did you mean synced?",
  ],
  [
    'a local time',
    "loadedAt: 'synced'",
    "loadedAt: 'at'",
    "desk.ticket: loadedAt names 'at', which is no timestamp in UTC and no date",
  ],
  [
    'a text',
    "loadedAt: 'synced'",
    "loadedAt: 'phone'",
    "desk.ticket: loadedAt names 'phone', which is no timestamp in UTC and no date",
  ],
])('A source whose rows come in by %s is refused', (_, from, to, message) => {
  expect(said(from, to)).toEqual([expect.stringMatching(/^sources\/desk\.ts:\d+:\d+ {2}/)])
  expect(said(from, to)[0]).toContain(message)
})

test('A column that may be missing must be nullable, and is told at its line', () => {
  expect(said('.nullable().mayBeMissing(),\n        synced', '.mayBeMissing(),\n        synced')).toEqual([
    'sources/desk.ts:12:34  mayBeMissing() is for nullable columns: write .nullable().mayBeMissing()',
  ])
})

test('A misspelt word of a raw table is told', () => {
  const { problems } = projectOf({ 'sources/desk.ts': source.replace('loadedAt:', 'loaded_at:') })
  expect(problems.map(({ message }) => message)).toEqual([
    "source table: there is no 'loaded_at'; did you mean loadedAt?",
  ])
})

test('A source that is off is not looked at', () => {
  const { problems } = projectOf({ 'sources/desk.ts': source.replace("loadedAt: 'synced'", "loadedAt: 'x'") })
  expect(problems).toEqual([])
})
