import { describe, expect, it } from 'vitest'
import { costLine, sizeOf } from '../../src/cli/report/cost-line.ts'
import type { NodeResult } from '../../src/run/result.ts'
import type { StatementCost } from '../../src/warehouse/warehouse.ts'

const cost = (bytesBilled: number, more: Partial<StatementCost> = {}): StatementCost => ({
  jobId: 'throughline_r1_model-a_1',
  bytesProcessed: bytesBilled,
  bytesBilled,
  slotMilliseconds: 10,
  rowsAffected: undefined,
  isCacheHit: false,
  estimatedUsd: (bytesBilled / 2 ** 40) * 6.25,
  ...more,
})

const node = (costs: readonly StatementCost[]): NodeResult => ({
  kind: 'model',
  name: 'a',
  status: 'success',
  problems: [],
  skippedBecause: undefined,
  startedAt: undefined,
  finishedAt: undefined,
  seconds: 1,
  rowCount: 5,
  tests: [],
  costs,
})

describe('What a run is billed', () => {
  it('is told in one line, with the price', () => {
    expect(costLine([node([cost(2e9), cost(2 ** 40)]), node([cost(0, { isCacheHit: true })])])).toEqual([
      'Billed 1.1 TB in 3 jobs, 1 of them answered from the cache, about $6.26',
    ])
    expect(costLine([node([cost(10_485_760)])])).toEqual(['Billed 10.5 MB in 1 job, less than $0.01'])
    expect(costLine([node([cost(0)])])).toEqual(['Billed 0 B in 1 job, free of charge'])
  })

  it('is told by bytes scanned, time and credits where nothing is billed by the byte, as far as each is known', () => {
    const taken = (more: Partial<StatementCost>): StatementCost => ({
      jobId: '01b2',
      elapsedMilliseconds: 1500,
      ...more,
    })
    expect(costLine([node([taken({}), taken({})])])).toEqual(['Ran 2 statements, 3.0 s of them together'])
    const known = taken({ bytesProcessed: 2e9, cloudServicesCredits: 0.00021 })
    expect(costLine([node([known, taken({})])])).toEqual([
      'Scanned 2.0 GB in 2 statements, 3.0 s of them together, 0.00021 credits of cloud services',
    ])
    expect(costLine([node([taken({ bytesProcessed: 0, cloudServicesCredits: 1.5 })])])).toEqual([
      'Scanned 0 B in 1 statement, 1.5 s of them together, 1.50 credits of cloud services',
    ])
  })

  it('is not told where the warehouse counts nothing', () => {
    expect(costLine([node([])])).toEqual([])
  })

  it('is a size in the unit that suits', () => {
    expect([0, 999, 1000, 1_500_000, 2e15, 5e18].map(sizeOf)).toEqual([
      '0 B',
      '999 B',
      '1.0 KB',
      '1.5 MB',
      '2.0 PB',
      '5000.0 PB',
    ])
  })
})
