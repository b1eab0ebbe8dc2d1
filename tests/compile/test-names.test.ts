import { expect, test } from 'vitest'
import { projectOf } from '../support/project.ts'

const model = (name: string, columns: string) => `
import { key, model, sql, text } from 'throughline'
export const ${name} = model({
  description: 'A model.', grain: [], columns: { ${columns} }, materialize: { kind: 'table' },
  query: () => sql\`select 'x' as c, 'x' as b_c\`,
})
`

test('names of tests are unique in the project, whatever models and columns are called', () => {
  const { compiled, problems } = projectOf({
    'models/shop/a.ts': model('a', `b_c: text('').unique().oneOf(['x']).oneOf(['x', 'y']), c: text('')`),
    'models/shop/a_b.ts': model('a_b', `c: text('').unique(), b_c: text('')`),
  })
  expect(problems).toEqual([])
  expect([...compiled.models.values()].flatMap(({ tests }) => tests.map(({ name }) => name))).toEqual([
    'not_null_a_b_c',
    'unique_a_b_c',
    'one_of_a_b_c',
    'one_of_a_b_c_2',
    'not_null_a_c',
    'not_null_a_b_c_2',
    'unique_a_b_c_2',
    'not_null_a_b_b_c',
  ])
})
