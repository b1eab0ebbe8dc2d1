import { describe, expect, it } from 'vitest'
import {
  isConnectionLost,
  isForbidden,
  isLockConflict,
  isMissing,
  isSessionLost,
  isWithoutWarehouse,
  mayPass,
  snowflakeError,
  statementError,
} from '../../../src/warehouse/snowflake/errors.ts'

const of = (code: string, message: string, more: object = {}) => snowflakeError({ code, message, ...more })
const told = (code: string, message: string, sql = 'select 1', more: object = {}) =>
  statementError(of(code, message, more), sql)

describe("Snowflake's errors", () => {
  it('say where in the statement they point, in the units of the editor', () => {
    const sql = "select 'é😀',\n  nope from orders"
    const error = told('000904', "SQL compilation error: error line 2 at position 2\ninvalid identifier 'NOPE'", sql)
    expect(error).toMatchObject({
      message: "invalid identifier 'NOPE'",
      errorKind: 'name',
      unknownName: 'nope',
      offset: sql.indexOf('nope'),
    })
    const onFirst = told(
      '000904',
      "SQL compilation error: error line 1 at position 12\ninvalid identifier 'X'",
      "select '😀', x",
    )
    expect(onFirst.offset).toBe("select '😀', x".indexOf('x'))
  })

  it('take the place from what stands beside the message, where that does not say it', () => {
    const error = told('001003', 'SQL compilation error:\nsyntax error unexpected <EOF>.', 'select', {
      data: { line: 1, pos: 6 },
    })
    expect(error).toMatchObject({ errorKind: 'syntax', offset: 6, message: 'syntax error unexpected <EOF>.' })
    expect(told('002003', 'x', 'select', { data: { line: -1, pos: -1 } }).offset).toBeUndefined()
  })

  it('of syntax keep what was unexpected', () => {
    const words = "SQL compilation error:\nsyntax error line 1 at position 7 unexpected 'form'."
    expect(told('001003', words, 'select form t').message).toBe("syntax error unexpected 'form'.")
  })

  it('name the query, where they do not point into it', () => {
    expect(told('100038', "Numeric value 'a' is not recognized", 'select', { data: { queryId: '01b2' } }).message).toBe(
      "Numeric value 'a' is not recognized (query 01b2)",
    )
  })

  it.each([
    ['001003', 'syntax'],
    ['000904', 'name'],
    ['002003', 'name'],
    ['002140', 'name'],
    ['001007', 'type'],
    ['100038', 'data'],
    ['000604', 'interrupted'],
    ['390111', 'connection'],
    ['401001', 'connection'],
    ['000630', 'other'],
  ] as const)('of the code %s are of the kind %s', (code, kind) => {
    expect(told(code, 'some words').errorKind).toBe(kind)
  })

  it('say what to do about a lock, a warehouse and a timeout', () => {
    const lock = of(
      '000625',
      "Statement '01' has locked table 'T' in transaction 1 and this lock has not yet been released.",
    )
    expect(isLockConflict(lock)).toBe(true)
    expect(statementError(lock, undefined).message).toContain('lock_timeout in the target')
    const asleep = of('000606', 'No active warehouse selected in the current session.')
    expect(isWithoutWarehouse(asleep)).toBe(true)
    expect(statementError(asleep, undefined).message).toContain('name a warehouse in the target')
    expect(told('000630', 'Statement reached its statement or warehouse timeout of 10 second(s)').message).toContain(
      'statement_timeout in the target',
    )
    expect(told('090073', "Warehouse 'WH' cannot be resumed").message).toContain('resource monitor')
  })

  it('tell a lost session from a lost connection, and what passes from what does not', () => {
    expect(['390111', '390112', '390114', '407002'].map(code => isSessionLost(of(code, 'x')))).toEqual(
      Array(4).fill(true),
    )
    expect(isSessionLost(of('401001', 'x'))).toBe(false)
    expect(isConnectionLost(of('401001', 'x'))).toBe(true)
    expect(mayPass(of('000603', 'SQL execution internal error: please try again later'))).toBe(true)
    expect(mayPass(of('000904', "invalid identifier 'PLEASE'"))).toBe(false)
  })

  it('tell what is not there from what may not be done, in the errors that sessions throw, too', () => {
    expect(isMissing(told('002003', "Object 'T' does not exist or not authorized."))).toBe(true)
    expect(isForbidden(told('003001', 'Insufficient privileges', 'x', { sqlState: '42501' }))).toBe(true)
    expect(isMissing(told('003001', 'x'))).toBe(false)
    expect(isMissing(new Error('x'))).toBe(false)
  })

  it("keep the driver's own words", () => {
    const error = snowflakeError({ code: 401001, message: 'Network error.', cause: { message: 'ECONNREFUSED' } })
    expect(error).toMatchObject({ code: '401001', message: 'Network error. ECONNREFUSED' })
  })
})
