import { describe, expect, test } from 'vitest'
import { build, customers, say, server, serveTheDeclaredShop, shop, stored, tag } from './declared-shop.ts'

serveTheDeclaredShop()

// What a target says of one model, and of what the project has not.

describe('What a target says of one model', () => {
  const jobsOf = (node: string, from: number) =>
    server
      .jobs()
      .slice(from)
      .flatMap(({ jobId, configuration }) => (jobId.includes(`_${node}_`) ? [configuration] : []))

  test('holds for its jobs, and for those of no other', async () => {
    const own = 'maximum_bytes_billed: 1 TB, job_timeout: 2 hours, priority: batch, labels: { use: web, team: sales }'
    say(`labels: { team: growth }, maximum_bytes_billed: 1 GB, job_timeout: 1 hour, models: { orders: { ${own} } }`)
    const from = server.jobs().length
    await build()
    const [ofOrders, ofCustomers] = [jobsOf('model-orders', from), jobsOf('model-customers', from)]
    expect(ofOrders.length).toBeGreaterThan(2)
    for (const { query, labels, jobTimeoutMs } of ofOrders) {
      expect(query).toMatchObject({ maximumBytesBilled: '1000000000000', priority: 'BATCH' })
      expect(labels).toMatchObject({ use: 'web', team: 'sales', throughline_node: 'model-orders' })
      expect(jobTimeoutMs).toBe('7200000')
    }
    expect(ofCustomers.length).toBeGreaterThan(2)
    for (const { query, labels, jobTimeoutMs } of ofCustomers) {
      expect(query).toMatchObject({ maximumBytesBilled: '1000000000', priority: 'INTERACTIVE' })
      expect(labels).toMatchObject({ team: 'growth' })
      expect(labels).not.toHaveProperty('use')
      expect(jobTimeoutMs).toBe('3600000')
    }
    expect(stored('orders').labels).toEqual({ team: 'sales', use: 'web' })
  })

  test('refuses that one alone where it would be billed for more', async () => {
    say('models: { customers: { maximum_bytes_billed: 1 B } }')
    const { exitCode, stdout } = await shop.run(['build'])
    expect(exitCode).toBe(1)
    expect(stdout).toContain('Query exceeded limit for bytes billed: 1.')
    expect(stdout).toMatch(/1 failed/)
  })
})

describe('`check` says of a target what the project has not', () => {
  test.each([
    [
      'models: { ordres: { priority: batch } }',
      /targets\.prod\.models: there is no model ordres; did you mean orders\?/,
    ],
    [
      `policy_tags: { persn: "${tag(2)}" }`,
      /targets\.prod\.policy_tags: no column is classified as persn; did you mean person\?/,
    ],
    [
      `policy_tags: { person: "${tag(2).replace('eu', 'us')}" }`,
      /policy_tags\.person: is a tag of us, and the target's datasets are in EU/,
    ],
    ['policy_tags: { person: secret }', /policy_tags\.person: .*is not a policy tag, like projects\//],
  ])('%s', async (keys, message) => {
    shop.mend(customers, "key('Who')", "key('Who').classified('person')")
    say(keys)
    const { exitCode, stdout, stderr } = await shop.run(['check'])
    expect(exitCode).not.toBe(0)
    expect(stdout + stderr).toMatch(message)
  })
})
