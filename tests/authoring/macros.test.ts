import { describe, expect, test } from 'vitest'
import { macro } from '../../src/authoring/macro.ts'
import { MacroMistakes } from '../../src/authoring/macro-mistakes.ts'
import { describeProblem } from '../../src/problems/problem.ts'
import { projectOf } from '../support/project.ts'

const cents = `import { identifier, integer, list, macro, record, sql, text } from 'throughline'

/** An amount in cents. NULL for NULL. */
export const toCents = macro({
  takes: ['number'],
  gives: 'integer',
  examples: [
    { given: ['12.50'], gives: 1250 },
    { given: ['0'], gives: 0 },
  ],
  as: amount => sql\`cast(\${amount} * 100 as bigint)\`,
})
`

const mostOrders = `import { identifier, list, macro, sql } from 'throughline'

export const most = macro({
  takes: ['integer', 'text'],
  gives: 'integer',
  over: 'group',
  examples: [{ rows: { x: [1, null], y: ['a', 'b'] }, given: [identifier('x'), identifier('y')], gives: 1 }],
  as: n => sql\`max(\${n})\`,
})
`

const parts = `import { macro, sql, text } from 'throughline'

export const parts = macro({
  takes: ['text'],
  gives: { part: text('A part') },
  over: 'relation',
  examples: [{ given: ['a'], gives: [{ part: 'a' }] }],
  as: whole => sql\`(select \${whole} as part)\`,
})
`

const pages = `import { integer, list, macro, record, sql, text } from 'throughline'

export const pages = macro({
  takes: [list(record({ key: text(), count: integer() })), 'boolean'],
  gives: 'number',
  literals: [1],
  examples: [{ given: [[{ key: 'a' }, { key: 'b', count: 2 }], true], gives: '1.5' }],
  as: list => sql\`\${list}\`,
})
`

/** What is said of a file of macros, each problem whole, with one of its texts replaced where that is asked for. */
function said(text: string, from = '', to = ''): readonly string[] {
  expect(text).toContain(from)
  const { folder, problems } = projectOf({ 'macros/own.ts': text.replace(from, to) })
  return problems.map(problem => describeProblem(problem).replaceAll(`${folder}/`, ''))
}

/** The place and the message alone. */
const heads = (problems: readonly string[]) => problems.map(problem => problem.split('\n')[0])

describe('A macro that tsc has not seen', () => {
  test.each([
    ['a scalar', cents],
    ['an aggregate', mostOrders],
    ['a relation', parts],
    ['one that takes a list', pages],
  ])('is taken where nothing is wrong with it: %s', (_, text) => {
    expect(said(text)).toEqual([])
  })

  test.each([
    [
      'a misspelt type',
      cents,
      "'number'",
      "'nummber'",
      "5:11  toCents, takes[0]: there is no type 'nummber'; did you mean number?",
    ],
    ['a type that is none', cents, "'number'", '7', '5:11  toCents, takes[0]: is no type'],
    [
      'a misspelt type of the result',
      cents,
      "gives: 'integer'",
      "gives: 'int'",
      "6:3  toCents, gives: there is no type 'int'",
    ],
    [
      'one argument too many',
      cents,
      "['0']",
      "['0', 1]",
      '9:7  toCents, examples[1].given: there are 2 arguments, and the macro takes 1: number',
    ],
    [
      'no argument',
      cents,
      "['0']",
      '[]',
      '9:7  toCents, examples[1].given: there are 0 arguments, and the macro takes 1: number',
    ],
    ['an argument of another type', cents, "'12.50'", 'true', '8:15  toCents, examples[0].given[0]: true is no number'],
    [
      'text that is no decimal',
      cents,
      "'12.50'",
      "'12,50'",
      "8:15  toCents, examples[0].given[0]: '12,50' is no number",
    ],
    [
      'an answer of another type',
      cents,
      'gives: 1250',
      "gives: '1250'",
      "8:25  toCents, examples[0].gives: '1250' is no integer",
    ],
    [
      'an answer with a fraction',
      cents,
      'gives: 1250',
      'gives: 12.5',
      '8:25  toCents, examples[0].gives: 12.5 is no integer',
    ],
    ['no answer', cents, ', gives: 1250', '', '8:5  toCents, examples[0].gives: is missing in the example'],
    [
      'SQL for a value',
      cents,
      "'12.50'",
      "identifier('x')",
      '8:15  toCents, examples[0].given[0]: SQL stands where the example gives a value',
    ],
    ['a misspelt word', cents, 'gives: 0', 'give: 0', '9:21  toCents, examples[1].give: an example has no such word'],
    [
      'a misspelt word of the macro',
      cents,
      'examples:',
      'exampels:',
      '7:3  toCents, exampels: a macro has no such word; did you mean examples?',
    ],
    ['no text', cents, 'as: amount', 'az: amount', '11:3  toCents, az: a macro has no such word; did you mean as?'],
    [
      'a text that is no function',
      cents,
      'as: amount => sql`cast(${amount} * 100 as bigint)`',
      'as: sql`1`',
      '11:3  toCents, as: is no function of what the macro takes',
    ],
    [
      'rows of one that is no aggregate',
      cents,
      "given: ['0']",
      "rows: { x: [1] }, given: ['0']",
      "9:7  toCents, examples[1].rows: only an aggregate has rows: over: 'group'",
    ],
    [
      'a way of use that there is not',
      mostOrders,
      "'group'",
      "'groups'",
      "6:3  most, over: 'groups' is none of row, group, relation; did you mean group?",
    ],
    [
      'no rows of an aggregate',
      mostOrders,
      "rows: { x: [1, null], y: ['a', 'b'] }, ",
      '',
      '7:14  most, examples[0].rows: an aggregate is tried on the rows of a group, and there are none',
    ],
    [
      'a column that no argument names',
      mostOrders,
      "identifier('y')",
      "identifier('z')",
      "7:38  most, examples[0].rows.y: no argument is identifier('y')",
    ],
    [
      'columns of several lengths',
      mostOrders,
      "['a', 'b']",
      "['a']",
      '7:38  most, examples[0].rows.y: its length is 1, and that of x is 2: a row has one of each',
    ],
    [
      'a value of another type in a row',
      mostOrders,
      "['a', 'b']",
      "['a', 2]",
      '7:47  most, examples[0].rows.y[1]: 2 is no text',
    ],
    [
      'columns of what is no relation',
      parts,
      "  over: 'relation',\n",
      '',
      "5:3  parts, gives: columns are what a relation gives: over: 'relation'",
    ],
    [
      'a relation without columns',
      parts,
      "{ part: text('A part') }",
      "'text'",
      '5:3  parts, gives: a relation gives columns',
    ],
    [
      'a row with another column',
      parts,
      "{ part: 'a' }",
      "{ prat: 'a' }",
      "7:40  parts, examples[0].gives[0].prat: the record has no field 'prat'",
    ],
    [
      'a record with another field',
      pages,
      'count: 2',
      'cuont: 2',
      "7:51  pages, examples[0].given[0][1].cuont: the record has no field 'cuont'",
    ],
    [
      'a record with a value of another type',
      pages,
      'count: 2',
      "count: '2'",
      "7:51  pages, examples[0].given[0][1].count: '2' is no integer",
    ],
    [
      'a literal of an argument that there is not',
      pages,
      'literals: [1]',
      'literals: [2]',
      '6:14  pages, literals[0]: there is no argument 2: they are counted from 0, and the macro takes 2',
    ],
  ])('is told at its place: %s', (_, text, from, to, message) => {
    expect(heads(said(text, from, to))[0]).toBe(`macros/own.ts:${message}`)
  })

  test('has all its mistakes told at once, with what was expected', () => {
    const text = cents.replace("['0']", "['0', 1]").replace('1250', "'1250'")
    expect(said(text)).toEqual([
      `macros/own.ts:8:25  toCents, examples[0].gives: '1250' is no integer
        { given: ['12.50'], gives: '1250' },
                            ^
  expected: a whole number, like 12; past 2^53 a bigint, like 9007199254740993n`,
      `macros/own.ts:9:7  toCents, examples[1].given: there are 2 arguments, and the macro takes 1: number
        { given: ['0', 1], gives: 0 },
          ^`,
    ])
  })

  test('is told at the nearest that is written out where its examples are made elsewhere', () => {
    const made = cents
      .replace(
        'export const toCents = macro({',
        'const examples = [{ given: [true], gives: 1 }]\nexport const toCents =\n  macro({',
      )
      .replace(/ {2}examples: \[[\s\S]*?\n {2}\],/, '  examples,')
    expect(heads(said(made))).toEqual(['macros/own.ts:9:3  toCents, examples[0].given[0]: true is no number'])
  })

  test('is told in the file where it is declared, whoever calls that', () => {
    const factory = `import { macro, sql } from 'throughline'

export const castTo = (type: string) =>
  macro({ takes: ['text'], gives: type as 'text', examples: [], as: x => sql\`\${x}\` })
`
    const { folder, problems } = projectOf({
      'macros/factory.ts': factory,
      'macros/own.ts': "import { castTo } from './factory'\n\nexport const toDate = castTo('datum')\n",
    })
    const texts = problems.map(problem => describeProblem(problem).replaceAll(`${folder}/`, ''))
    expect(heads(texts)).toEqual(["macros/factory.ts:4:28  macro, gives: there is no type 'datum'"])
  })

  test('throws what is wrong with it, all in one, where no project is loaded', () => {
    const declare = () =>
      macro({ takes: ['txet' as 'text', 'intger' as 'integer'], gives: 'text', examples: [], as: () => null as never })
    expect(declare).toThrow(MacroMistakes)
    expect(declare).toThrow("macro, takes[0]: there is no type 'txet'\nmacro, takes[1]: there is no type 'intger'")
  })
})
