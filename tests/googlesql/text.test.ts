import { describe, expect, test } from 'vitest'
import { editText } from '../../src/googlesql/edited-text.ts'
import { offsetAt, placeAt } from '../../src/googlesql/text-places.ts'

describe("Google's line and column", () => {
  const text = "select\t'🙂é',\t\txx,\n  yy"

  test.each([
    [1, 1, 'select'],
    [1, 9, "'🙂é'"],
    [1, 25, 'xx'],
    [2, 3, 'yy'],
  ])('%i:%i is where %s stands', (line, column, word) => {
    expect(text.slice(offsetAt(text, line, column))).toMatch(new RegExp(`^${word}`))
    expect(placeAt(text, text.indexOf(word))).toEqual({ offset: text.indexOf(word), line, column })
  })

  test('past the end of the text are its end', () => {
    expect(offsetAt(text, 3, 1)).toBe(text.length)
    expect(offsetAt(text, 2, 99)).toBe(text.length)
  })
})

describe('A text with parts replaced', () => {
  const original = "select 'é', x from ds.orders as o join ds.other on yy"
  const bytesBefore = (word: string): number => Buffer.byteLength(original.slice(0, original.indexOf(word)))
  const replaced = (word: string, text: string) => ({
    start: bytesBefore(word),
    end: bytesBefore(word) + Buffer.byteLength(word),
    text,
  })
  const edited = editText(original, [replaced('ds.other', '`ds.other` as `other`'), replaced('ds.orders', '`o`')])

  test('reads as it should', () => {
    expect(edited.text).toBe("select 'é', x from `o` as o join `ds.other` as `other` on yy")
  })

  test.each(['x', 'as o', 'yy'])('knows where %s stood', word => {
    expect(edited.originalOffset(edited.text.indexOf(word))).toBe(original.indexOf(word))
  })

  test('names the start of what was replaced for all that stands for it', () => {
    expect(edited.originalOffset(edited.text.indexOf('as `other`'))).toBe(original.indexOf('ds.other'))
  })
})
