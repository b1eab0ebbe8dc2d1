import { describe, expect, it } from 'vitest'
import { patiently } from '../../../src/warehouse/retries.ts'
import type { Answer, Connection, Sent } from '../../../src/warehouse/snowflake/connection.ts'
import { SnowflakeError } from '../../../src/warehouse/snowflake/errors.ts'
import { Running } from '../../../src/warehouse/snowflake/running.ts'
import { again, cancelRunning, type Line, send } from '../../../src/warehouse/snowflake/statements.ts'
import { WarehouseError } from '../../../src/warehouse/warehouse.ts'

const failure = (code: string, message = 'x') => new SnowflakeError(message, code, undefined, undefined, undefined)
const answer = { queryId: '01' } as Answer

/** A line on which these failures come one after the other, then the answer. */
function lineWith(failures: readonly SnowflakeError[], { isInTransaction = false, canResume = true } = {}) {
  const left = [...failures]
  const sent: Sent[] = []
  const did: string[] = []
  const connection = {
    send: async (statement: Sent) => {
      sent.push(statement)
      const next = left.shift()
      if (next !== undefined) throw next
      return answer
    },
  } as unknown as Connection
  const line: Line = {
    connection,
    isInTransaction,
    prepare: async () => undefined,
    renew: async () => void did.push('renew'),
    resume: async () => {
      did.push('resume')
      return canResume
    },
  }
  return { line, sent, did, ids: () => sent.map(({ requestId }) => requestId) }
}

const waited: number[] = []
const retries = { wait: async (milliseconds: number) => void waited.push(milliseconds), random: () => 1 }
const statement = { sql: 'select 1', queryTag: '{}' }
const running = () => new Running()

describe('A statement that Snowflake could not answer', () => {
  it('is sent again under its own id where the session was lost, twice at most', async () => {
    const { line, did, ids } = lineWith([failure('390111'), failure('407002')])
    expect(await send(line, statement, running(), retries)).toBe(answer)
    expect(did).toEqual(['renew', 'renew'])
    expect(new Set(ids()).size).toBe(1)
    const often = lineWith([failure('390111'), failure('390111'), failure('390111')])
    await expect(send(often.line, statement, running(), retries)).rejects.toMatchObject({ code: '390111' })
  })

  it('is sent as another where it is worth nothing outside its session, as the beginning of a transaction', async () => {
    const { line, ids } = lineWith([failure('390111')])
    await send(line, { ...statement, isOfItsSession: true }, running(), retries)
    expect(new Set(ids()).size).toBe(2)
  })

  it('is not sent again where what it belongs to is undone with the session', async () => {
    const { line, ids } = lineWith([failure('390111')], { isInTransaction: true })
    await expect(send(line, statement, running(), retries)).rejects.toMatchObject({ code: '390111' })
    expect(ids()).toHaveLength(1)
  })

  it('is sent as another where Snowflake said that it did nothing, after longer and longer pauses', async () => {
    waited.length = 0
    const { line, ids } = lineWith([failure('000625'), failure('000603', 'Please try again later.')])
    await send(line, statement, running(), retries)
    expect(new Set(ids()).size).toBe(3)
    expect(waited).toEqual([2000, 4000])
  })

  it('wakes the warehouse once', async () => {
    const asleep = lineWith([failure('000606')])
    await send(asleep.line, statement, running(), retries)
    expect(asleep.did).toEqual(['resume'])
    const still = lineWith([failure('000606'), failure('000606')])
    await expect(send(still.line, statement, running(), retries)).rejects.toMatchObject({ code: '000606' })
    expect(still.did).toEqual(['resume'])
    const mayNot = lineWith([failure('000606')], { canResume: false })
    await expect(send(mayNot.line, statement, running(), retries)).rejects.toMatchObject({ code: '000606' })
  })

  it('wakes no warehouse in a transaction, which that would commit', async () => {
    const { line, did } = lineWith([failure('000606')], { isInTransaction: true })
    await expect(send(line, statement, running(), retries)).rejects.toMatchObject({ code: '000606' })
    expect(did).toEqual([])
  })

  it('is not sent at all where it was stopped while its warehouse was chosen', async () => {
    const { line, sent } = lineWith([])
    const now = running()
    const prepare = async () => {
      now.stop()
    }
    await expect(send({ ...line, prepare }, statement, now, retries)).rejects.toMatchObject({ code: '000604' })
    expect(sent).toEqual([])
  })

  it('is not sent again once it is stopped', async () => {
    const { line, ids } = lineWith([failure('000625')])
    const now = running()
    const wait = async () => {
      now.stop()
    }
    await expect(send(line, statement, now, { ...retries, wait })).rejects.toMatchObject({ code: '000625' })
    expect(ids()).toHaveLength(1)
  })
})

describe('A transaction that failed', () => {
  it('is carried out again, three times at most, where its failure may pass', async () => {
    let count = 0
    const failing = (times: number) => async () => {
      count += 1
      if (count <= times) throw failure('000625')
      return count
    }
    expect(await again(failing(2), () => true, running(), retries)).toBe(3)
    count = 0
    await expect(again(failing(9), () => true, running(), retries)).rejects.toMatchObject({ code: '000625' })
    expect(count).toBe(3)
    count = 0
    await expect(again(failing(9), () => false, running(), retries)).rejects.toMatchObject({ code: '000625' })
    expect(count).toBe(1)
  })
})

describe('A transaction that is stopped before it is carried out again', () => {
  it('is not, and the pause ends with the stop', async () => {
    const now = running()
    const done: string[] = []
    const wait = async (milliseconds: number, stop?: AbortSignal) => {
      done.push(`wait ${milliseconds}`)
      setImmediate(() => now.stop())
      // A pause that nothing ends would last for longer than the test may.
      await patiently.wait(60_000, stop)
    }
    const failing = async () => {
      done.push('once')
      throw failure('000625', 'held by another')
    }
    const error = await again(failing, () => true, now, { ...retries, wait }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(WarehouseError)
    expect(error).toMatchObject({ errorKind: 'interrupted', cause: { code: '000625' } })
    expect(done).toEqual(['once', 'wait 2000'])
  })
})

describe('A statement that is stopped', () => {
  it('in the pause before it is sent again ends with it', async () => {
    const { line, sent } = lineWith([failure('000625')])
    const now = running()
    const wait = async (_: number, stop?: AbortSignal) => {
      setImmediate(() => now.stop())
      await patiently.wait(60_000, stop)
    }
    await expect(send(line, statement, now, { ...retries, wait })).rejects.toMatchObject({ code: '000625' })
    expect(sent).toHaveLength(1)
  })

  it('is cancelled again and again until it has ended', async () => {
    let cancels = 0
    const now = running()
    now.statement = {
      cancel: (done: () => void) => {
        cancels += 1
        if (cancels === 3) now.statement = undefined
        done()
      },
    } as unknown as NonNullable<Running['statement']>
    await cancelRunning(now, retries)
    expect(cancels).toBe(3)
  })
})
