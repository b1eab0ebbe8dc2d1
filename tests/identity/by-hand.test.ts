import { describe, expect, test } from 'vitest'
import { problemsWith } from './config-problems.ts'

describe('the config that merges and keeps apart', () => {
  test('may do both, of different people', () => {
    expect(
      problemsWith(`
  merge:
    - [{ user_id: A17 }, { user_id: 18 }]
    - [{ email: ada@acme.example }, { user_id: A17 }]
  keep_apart:
    - [{ user_id: A17 }, { user_id: B }]
    - [{ email: office@acme.example }, { user_id: A17 }]`),
    ).toEqual([])
  })

  test('is refused, at its line, where it keeps apart what it merges, be it by a third and in another spelling', () => {
    expect(
      problemsWith(`
  merge:
    - [{ user_id: A17 }, { email: " Ada@ACME.example" }]
    - [{ email: ada@acme.example }, { user_id: 18 }]
  keep_apart:
    - [{ user_id: B }, { user_id: C }]
    - [{ user_id: "18" }, { user_id: A17 }]`),
    ).toEqual([
      'warehouse.config.yaml:10:7  identity.keep_apart[1]: keeps apart user_id 18 and user_id A17, which identity.merge makes one person',
    ])
  })

  test('is refused where it names what identifies nobody', () => {
    expect(
      problemsWith(`
  blocked: { email: ["*@spam.example"], phone: ["0049 0000000"] }
  phone_country: DE
  merge:
    - [{ user_id: guest }, { email: x@SPAM.example }, { cookie_id: "ga4:null" }]
    - [{ phone: "+49 0000-000" }, { phone: "12" }, { email: ada }]`),
    ).toEqual([
      'warehouse.config.yaml:8:19  identity.merge[0][0].user_id: guest identifies nobody: placeholder value',
      'warehouse.config.yaml:8:37  identity.merge[0][1].email: x@spam.example identifies nobody: blocked value',
      'warehouse.config.yaml:8:68  identity.merge[0][2].cookie_id: ga4:null identifies nobody: placeholder value',
      'warehouse.config.yaml:9:17  identity.merge[1][0].phone: +490000000 identifies nobody: blocked value',
      'warehouse.config.yaml:9:44  identity.merge[1][1].phone: 12 identifies nobody: not a phone number',
      'warehouse.config.yaml:9:61  identity.merge[1][2].email: ada identifies nobody: not an e-mail address',
    ])
  })

  test('is refused where it names one identifier twice', () => {
    expect(problemsWith(`  keep_apart: [[{ email: ada@acme.example }, { email: ADA@acme.example }]]`)).toEqual([
      'warehouse.config.yaml:4:55  identity.keep_apart[0][1].email: ada@acme.example stands there twice',
    ])
  })
})
