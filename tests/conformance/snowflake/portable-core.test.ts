import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { snowflake } from '../../../src/compile/dialect/snowflake.ts'
import { rowsDifference } from '../../../src/conformance/compare-rows.ts'
import { constructQuery } from '../../../src/conformance/portable-core/construct.ts'
import { coreConstructs } from '../../../src/conformance/portable-core/constructs.ts'
import type { Connections } from '../../../src/warehouse/snowflake/connections.ts'
import { SnowflakeSession } from '../../../src/warehouse/snowflake/session.ts'
import { openConnections } from './client-support.ts'
import { whyNoFakesnow } from './python.ts'
import { type LocalSnowflake, startLocalSnowflake } from './server/server.ts'

describe.skipIf(whyNoFakesnow() !== undefined)(
  'Every construct of the portable core gives on fakesnow the rows that were worked by hand',
  () => {
    let server: LocalSnowflake
    let connections: Connections
    let session: SnowflakeSession
    beforeAll(async () => {
      server = await startLocalSnowflake()
      connections = await openConnections(server)
      session = await SnowflakeSession.open(connections)
    })
    afterAll(async () => {
      session?.close()
      await connections?.close()
      await server?.close()
    })

    test.each(coreConstructs.map(construct => [construct.row, construct.says, construct] as const))(
      '%s: %s',
      async (_, __, construct) => {
        const text = constructQuery(construct, snowflake)
        expect(rowsDifference(construct.columns, [], construct.gives, await session.query(text)), text).toBeUndefined()
      },
    )
  },
)
