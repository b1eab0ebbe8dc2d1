import { expect, test } from 'vitest'
import { targetIn, withoutNames } from '../../src/cli/conformance/place.ts'
import type { SnowflakeTarget } from '../../src/config/snowflake-target.ts'

const target: SnowflakeTarget = {
  name: 'prod',
  engine: 'snowflake',
  account: 'acme-prod',
  user: 'THROUGHLINE',
  signIn: { kind: 'password', password: 'secret' },
  role: 'TRANSFORMER',
  warehouse: 'TRANSFORM_WH',
  database: 'SHOP',
  schema: 'JOURNEYS',
  schemas: { kpis: 'MARKETING' },
  transient: true,
  tags: {},
  secondaryRoles: 'none',
  statementTimeoutSeconds: 60,
  lockTimeoutSeconds: 60,
  loadBy: 'stage',
  models: {},
}

test('What is sent to us names no account, and still says what was asked', () => {
  const text = `Object 'SHOP.J_KPIS.X' of https://acme-prod.snowflakecomputing.com is not for role TRANSFORMER; select url_host('https://www.shop.example/a') from shop.j_kpis.x`
  expect(withoutNames(target, text)).toBe(
    `Object '<database>.J_KPIS.X' of https://<account>.snowflakecomputing.com is not for role <role>; select url_host('https://www.shop.example/a') from <database>.j_kpis.x`,
  )
})

test('Everything that the kit makes is in schemas of its own, whatever the target says of its layers', () => {
  expect(targetIn(target, 'tl_conformance_1')).toMatchObject({ schema: 'tl_conformance_1', schemas: {}, models: {} })
})
