import { describe, expect, test } from 'vitest'
import { describeProblem } from '../../src/problems/problem.ts'
import { type Files, projectOf } from '../support/project.ts'

const words = 'key, model, references, shape, sql, text, unionOf'

/** The problems of a project, each as its place and message. */
function saidOf(files: Files, exclude: readonly string[] = []): readonly string[] {
  const { folder, problems } = projectOf(files, { exclude })
  return problems.map(problem => describeProblem(problem).replaceAll(`${folder}/`, '').split('\n')[0]!)
}

const member: Files = {
  'models/people/member.ts': `
import { ${words} } from 'throughline'
export const member = shape({ description: 'Members.', columns: { person: key('Who') } })
`,
}

/** Reads every member, whatever its file is called, and imports none of them. */
const everyone: Files = {
  'models/people/everyone.ts': `
import { ${words} } from 'throughline'
import { member } from './member'
export const everyone = model({
  description: 'Everyone.', grain: ['person'], columns: member.columns, materialize: { kind: 'table' },
  query: () => sql\`select m.person from \${unionOf(member)} as m\`,
})
`,
}

const staff = (column: string): Files => ({
  'models/people/staff.ts': `
import { ${words} } from 'throughline'
import { member } from './member'
import { everyone } from './everyone'
export const staff = model({
  description: 'Staff.', implements: member, grain: ['person'], materialize: { kind: 'table' },
  columns: {
    ...member.columns,
    boss: ${column},
  },
  query: () => sql\`select 'ann' as person, 'bea' as boss\`,
})
`,
})

describe('A reference', () => {
  test('to a table that reads the referring one is told at its column: each would wait for the other', () => {
    expect(saidOf({ ...member, ...everyone, ...staff(`text('Who')`) })).toEqual([])
    expect(saidOf({ ...member, ...everyone, ...staff('references(everyone.columns.person)') })).toEqual([
      "models/people/staff.ts:9:5  models wait for each other in a circle: everyone -> staff -> everyone, for 'boss' refers to 'everyone'",
    ])
  })

  test('to an inline model is told: it has no table', () => {
    const inline = everyone['models/people/everyone.ts']!.replace("kind: 'table'", "kind: 'inline'")
    const referring = staff('references(everyone.columns.person)')['models/people/staff.ts']!
    const files = {
      ...member,
      'models/people/everyone.ts': inline.replace('${unionOf(member)}', '(select 1 as person)'),
    }
    expect(saidOf({ ...files, 'models/people/staff.ts': referring })).toEqual([
      "models/people/staff.ts:9:5  'everyone' is inline, and has no table that could be referred to",
    ])
  })
})

describe('What the config excludes', () => {
  test('is a model by its name or by the path of its file, and anything else is told', () => {
    const files = { ...member, ...everyone }
    expect(saidOf(files, ['everyone'])).toEqual([])
    expect(saidOf(files, ['models/people/everyone.ts'])).toEqual([])
    expect(saidOf(files, ['everyone', 'everyon', 'people/everyone.ts'])).toEqual([
      "exclude[1]: no model is named 'everyon', and none stands there; did you mean everyone?",
      "exclude[2]: no model is named 'people/everyone.ts', and none stands there; did you mean models/people/everyone.ts?",
    ])
  })
})

describe('What stands in a template and is no value', () => {
  const withPart = (part: string): Files => ({
    'models/people/ann.ts': `
import { ${words} } from 'throughline'
const call = () => 1
export const ann = model({
  description: 'Ann.', grain: [], columns: { person: key('Who') }, materialize: { kind: 'table' },
  query: () => sql\`select \${${part}} as person\`,
})
`,
  })

  test.each([
    ['(undefined as never)', 'undefined stands in ${}: is its name imported, and spelled as it is exported?'],
    ['(call as never)', 'a function stands in ${}: call it, or write the value itself'],
    [
      '([1] as never)',
      'a list, a date or another object stands in ${}: write values(…), day(…), instant(…) or its parts',
    ],
  ])('is told as what it is: %s', (part, says) => {
    const [said] = saidOf(withPart(part))
    expect(said?.replace(/^\S+ +/, '')).toBe(says)
  })

  test('an empty oneOf is told where it is written', () => {
    const files = withPart("'ann'")
    const text = files['models/people/ann.ts']!.replace("key('Who')", "key('Who').oneOf([])")
    expect(saidOf({ 'models/people/ann.ts': text })).toEqual([
      'models/people/ann.ts:5:65  oneOf([]) allows no value at all: name those that there may be',
    ])
  })
})
