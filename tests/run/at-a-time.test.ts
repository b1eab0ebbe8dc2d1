import { describe, expect, it } from 'vitest'
import { atATime } from '../../src/run/at-a-time.ts'

describe('Work on many things', () => {
  it('is done so many at a time, and gives the results in order', async () => {
    let [running, most] = [0, 0]
    const results = await atATime(3, [5, 1, 4, 2, 3, 1, 2], async milliseconds => {
      running += 1
      most = Math.max(most, running)
      await new Promise(resolve => setTimeout(resolve, milliseconds))
      running -= 1
      return milliseconds * 10
    })
    expect(results).toEqual([50, 10, 40, 20, 30, 10, 20])
    expect(most).toBe(3)
  })

  it('ends with the first failure, and begins nothing after it', async () => {
    const begun: number[] = []
    const work = atATime(2, [1, 2, 3, 4], async item => {
      begun.push(item)
      if (item === 1) throw new Error('one')
      await new Promise(resolve => setTimeout(resolve, 5))
    })
    await expect(work).rejects.toThrow('one')
    expect(begun).toEqual([1, 2])
  })
})
