import { describe, expect, it } from 'vitest'
import { references, text } from '../../src/authoring/column-words.ts'
import { labelsOf } from '../../src/authoring/labels.ts'
import { model } from '../../src/authoring/model.ts'
import { sql } from '../../src/authoring/sql.ts'

const people = model({
  description: 'One row per person.',
  grain: ['email'],
  columns: { email: text('Where they are written to').classified('email').unique() },
  materialize: { kind: 'table' },
  labels: { domain: 'growth' },
  query: () => sql`select 'a' as email`,
})

describe('The class of a column', () => {
  it('stays with it, whatever else is said of the column, and in whatever contract it stands', () => {
    expect(people.columns.email.classification).toBe('email')
    expect(text('x').nullable().classified('phone').oneOf(['a']).classification).toBe('phone')
    expect(text('x').classification).toBeUndefined()
  })

  it('is that of the column that it refers to', () => {
    expect(references(people.columns.email).nullable().classification).toBe('email')
  })

  it('is a word', () => {
    expect(() => text('x').classified('E-mail')).toThrow(
      "classified('E-mail'): a class is a word of lower-case letters",
    )
  })
})

describe('The labels of a model', () => {
  it('are kept as they are', () => {
    expect(people.labels).toEqual({ domain: 'growth' })
    expect(labelsOf(undefined)).toEqual({})
    expect(labelsOf({ größe: '', a_1: '2026-06' })).toEqual({ größe: '', a_1: '2026-06' })
  })

  it.each([
    [{ Team: 'growth' }, "labels: 'Team' is not a label"],
    [{ '1st': 'growth' }, "labels: '1st' is not a label"],
    [{ team: 'Growth' }, "labels.team: 'Growth' is not a label's value"],
    [{ team: 3 }, "labels.team: '3' is not a label's value"],
    [{ ['x'.repeat(64)]: 'y' }, 'is not a label'],
    [['team'], 'labels is a map'],
  ])('that BigQuery would refuse are refused: %j', (labels, message) => {
    expect(() => labelsOf(labels)).toThrow(message)
  })

  it('are not for a model without a table', () => {
    const inline = () =>
      model({
        description: 'One row per person.',
        grain: [],
        columns: { email: text('x') },
        materialize: { kind: 'inline' },
        labels: { domain: 'growth' },
        query: () => sql`select 'a' as email`,
      })
    expect(inline).toThrow('an inline model has no table to be labelled')
  })
})
