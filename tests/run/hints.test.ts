import { describe, expect, it } from 'vitest'
import { hintBefore, problemsOfWork } from '../../src/run/node-problem.ts'
import { requestError } from '../../src/warehouse/bigquery/errors.ts'
import { WarehouseError } from '../../src/warehouse/warehouse.ts'

const lost = new WarehouseError('IO Error: lost', { kind: 'connection' })

describe('What to do about a warehouse that is not reached', () => {
  it('names retry in a build or run alone: before one there is nothing to go on with', () => {
    expect(problemsOfWork(lost, 'orders')[0]!.hint).toContain('throughline retry goes on')
    expect(hintBefore(lost)).toBe('look after the connection or the disk and begin again')
  })

  it('is what the warehouse says itself, where it knows more', () => {
    const hint = 'is the account reached at https://acme.example?'
    const known = new WarehouseError('getaddrinfo ENOTFOUND acme.example', { kind: 'connection', hint })
    expect([hintBefore(known), problemsOfWork(known, 'orders')[0]!.hint]).toEqual([hint, hint])
  })

  it('of BigQuery is the way to Google, or how one is signed in where that is what fails', () => {
    const silent = requestError(new Error('request to https://bigquery.example failed, reason: ENOTFOUND'), undefined)
    expect(hintBefore(silent)).toMatch(/^Google was not reached: .*throughline debug says how you are signed in$/)
    const unknown = requestError(new Error('Could not load the default credentials.'), undefined)
    expect(hintBefore(unknown)).toBe('throughline debug says how you are signed in')
    const refused = requestError(Object.assign(new Error('backend'), { code: 503 }), undefined)
    expect(hintBefore(refused)).toBe('look after the connection or the disk and begin again')
  })
})
