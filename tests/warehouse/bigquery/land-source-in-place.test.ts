import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CompiledSourceTable } from '../../../src/compile/compiled.ts'
import { integer, record, text } from '../../../src/index.ts'
import { ProblemsError } from '../../../src/problems/problem.ts'
import type { FieldResource } from '../../../src/warehouse/bigquery/resources.ts'
import { WarehouseError } from '../../../src/warehouse/warehouse.ts'
import { folderOf } from '../../support/project.ts'
import {
  asTable,
  asView,
  contact,
  fields,
  inFile,
  inTable,
  landed,
  landedFields,
  personal,
  withTag,
} from './landed-over.ts'
import { type Answer, type Asked, refusal, scriptedApi } from './scripted-api.ts'
import { StandingTables } from './standing-tables.ts'

// What is done to the raw tables and views of an earlier build.

const answering = (ending: string, answer: Answer) => ({
  otherwise: ({ path }: Asked) => (path.endsWith(ending) ? answer : undefined),
})
const policies = answering('/rowAccessPolicies', {
  body: { rowAccessPolicies: [{ rowAccessPolicyReference: { policyId: 'own_rows' } }] },
})
const problemOf = (error: unknown): string => {
  expect(error).toBeInstanceOf(ProblemsError)
  return (error as ProblemsError).problems[0]!.message
}
const loadsOf = (all: readonly Asked[]) => all.flatMap(({ body, upload }) => (upload ? [body.configuration.load] : []))

describe('Rows that were set aside and are good now', () => {
  it('are looked for, and nothing is done where there are none', async () => {
    const { requests } = await landed(contact(inTable), {})
    expect(requests.filter(line => line.includes('quarantine'))).toEqual(['GET /crm__contact__quarantine'])
    const files = await landed(contact(inFile()), { raw: asTable() })
    expect(files.requests.filter(line => line.includes('quarantine'))).toEqual(['GET /crm__contact__quarantine'])
  })

  it.each(['table', 'view'] as const)('go with their %s, the lease asked for right before', async aside => {
    const { requests } = await landed(contact(inTable), { aside })
    expect(requests.slice(-4, -1)).toEqual([
      'GET /crm__contact__quarantine',
      'the lease is asked for',
      'DELETE /crm__contact__quarantine',
    ])
  })

  it('stay where another run has the lease by then', async () => {
    // The view that stands reads the same, so that nothing before asks for the lease.
    const first = await landed(contact(inTable), {}, { fenced: false })
    const [query] = first.tables.statements.map(sql => sql.replace(/^create or replace view \S+ as\n/, ''))
    const raw = { type: 'VIEW', view: { query: query! } }
    const { error, requests } = await landed(contact(inTable), { raw, aside: 'table' }, { holds: 0 })
    expect(error).toBeInstanceOf(WarehouseError)
    expect(error).toMatchObject({ errorKind: 'lease' })
    expect(requests.filter(line => line.startsWith('DELETE'))).toEqual([])
    const files = await landed(contact(inFile()), { raw: asTable(), aside: 'table' }, { holds: 1 })
    expect(files.error).toMatchObject({ errorKind: 'lease' })
    expect(files.requests.filter(line => line.startsWith('DELETE'))).toEqual([])
    expect(loadsOf(files.all)).toHaveLength(1)
  })
})

describe('A raw table that becomes a view, or a view that becomes a table,', () => {
  const grants = { bindings: [{ role: 'r', members: ['group:a@b.c'] }] }

  it('has the grants that were on what it replaces', async () => {
    const { requests, all, value, tables } = await landed(contact(inTable), { raw: asTable() })
    expect(requests.slice(1, 7)).toEqual([
      'GET /crm__contact/rowAccessPolicies',
      'POST /crm__contact:getIamPolicy',
      'the lease is asked for',
      'DELETE /crm__contact',
      'POST ',
      'POST /crm__contact:setIamPolicy',
    ])
    expect(all.find(({ path }) => path.endsWith(':setIamPolicy'))!.body).toEqual({ policy: grants })
    expect(tables.tables.get('acme/j_raw/crm__contact')).toMatchObject({ type: 'VIEW' })
    expect(value).toMatchObject({ rowCount: 3, remarks: [] })
  })

  it('is empty when it gets them, and is loaded then', async () => {
    const { requests, all, value } = await landed(contact(inFile()), { raw: asView })
    expect(requests).toEqual([
      'GET /crm__contact',
      'POST /crm__contact:getIamPolicy',
      'the lease is asked for',
      'DELETE /crm__contact',
      'POST ',
      'POST /crm__contact:setIamPolicy',
      'load WRITE_TRUNCATE_DATA',
      'GET /crm__contact__quarantine',
    ])
    const made = all.find(({ method, path }) => method === 'POST' && path.endsWith('/j_raw/tables'))!
    expect(made.body.schema).toEqual({ fields: landedFields })
    expect(value).toEqual({ rowCount: 1, quarantinedCount: 0, remarks: [] })
  })

  it('is told to be without them where the account may not see or give them', async () => {
    const refused = refusal(403, 'accessDenied', 'Access Denied')
    const remarks = async (source: CompiledSourceTable, raw: typeof asView, verb: string) =>
      (await landed(source, { raw }, answering(`:${verb}`, refused))).value?.remarks
    expect(await remarks(contact(inTable), asTable(), 'getIamPolicy')).toEqual([
      'acme.j_raw.crm__contact was a table and is a view now, without the grants it had, which this account may not see',
    ])
    expect(await remarks(contact(inFile()), asView, 'setIamPolicy')).toEqual([
      'acme.j_raw.crm__contact was a view and is a table now, without the grants it had, which this account may not give: r to group:a@b.c',
    ])
  })

  it('fails where nobody answers for them, with the old one as it was, or naming what is to be given again', async () => {
    const down = refusal(500, 'backendError', 'Try again')
    const before = await landed(contact(inTable), { raw: asTable() }, answering(':getIamPolicy', down))
    expect((before.error as Error).message).toBe('Try again')
    expect(before.requests.filter(line => line.startsWith('DELETE'))).toEqual([])
    const after = await landed(contact(inTable), { raw: asTable() }, answering(':setIamPolicy', down))
    expect((after.error as Error).message).toBe(
      'acme.j_raw.crm__contact was a table and is to be a view, and its grants could not be given again (r to group:a@b.c): Try again',
    )
    const refused = ({ method, path }: Asked) =>
      method === 'POST' && path.endsWith('/j_raw/tables') ? refusal(400, 'invalid', 'Not so') : undefined
    const between = await landed(contact(inTable), { raw: asTable() }, { otherwise: refused })
    expect((between.error as Error).message).toMatch(/could not be given again \(r to group:a@b\.c\): Not so/)
  })

  it('stays what it was where another run has the lease', async () => {
    for (const [source, raw] of [
      [contact(inTable), asTable()],
      [contact(inFile()), asView],
    ] as const) {
      const { error, tables, requests } = await landed(source, { raw }, { holds: 0 })
      expect(error).toMatchObject({ errorKind: 'lease' })
      expect(tables.tables.get('acme/j_raw/crm__contact')).toMatchObject(raw)
      expect(requests.filter(line => /^(DELETE|load)/.test(line))).toEqual([])
    }
  })

  it('stays what it was where it has policies that would go', async () => {
    const of = async (raw: typeof asView, more: Parameters<typeof landed>[2] = {}) => {
      const { error, requests } = await landed(contact(inTable), { raw }, more)
      expect(requests.filter(line => line.startsWith('DELETE'))).toEqual([])
      return problemOf(error)
    }
    const words = (what: string) =>
      `crm.contact: acme.j_raw.crm__contact was a table and is to be a view, which would leave it without its policies and show its readers what they hide: ${what}`
    expect(await of(asTable(), policies)).toBe(words('row access policy own_rows'))
    expect(await of(asTable(withTag('secret')))).toBe(words('policy tag secret on column email'))
    const nested: FieldResource = { name: 'place', type: 'RECORD', fields: withTag('secret', fields) }
    expect(await of(asTable([nested]))).toBe(words('policy tag secret on column place.email'))
    // The target itself says who may read columns of a class.
    const own = { settings: { policyTags: { personal: 'secret' } } }
    const { value } = await landed(contact(inTable), { raw: asTable(withTag('secret')) }, own)
    expect(value).toMatchObject({ rowCount: 3 })
  })
})

describe('A raw table that is loaded from files again', () => {
  const load = (more: object) => ({
    destinationTable: { projectId: 'acme', datasetId: 'j_raw', tableId: 'crm__contact' },
    sourceFormat: 'NEWLINE_DELIMITED_JSON',
    autodetect: false,
    maxBadRecords: 0,
    ...more,
  })
  const rowsAlone = load({ createDisposition: 'CREATE_NEVER', writeDisposition: 'WRITE_TRUNCATE_DATA' })
  const withColumns = (of: readonly FieldResource[]) =>
    load({ schema: { fields: of }, createDisposition: 'CREATE_IF_NEEDED', writeDisposition: 'WRITE_TRUNCATE' })

  it.each([
    ['as it was made', landedFields],
    [
      'in another order, with other words for the types',
      [...landedFields].reverse().map(field => ({ ...field, type: field.type === 'INTEGER' ? 'INT64' : field.type })),
    ],
    ['with what somebody has put on them', withTag('secret').map(field => ({ ...field, description: 'x' }))],
  ])('gets other rows alone where its columns are the same: %s', async (_, of) => {
    const { all, requests } = await landed(contact(inFile()), { raw: asTable(of) }, policies)
    expect(loadsOf(all)).toEqual([rowsAlone])
    expect(requests).toEqual([
      'GET /crm__contact',
      'the lease is asked for',
      'load WRITE_TRUNCATE_DATA',
      'GET /crm__contact__quarantine',
    ])
  })

  it.each([
    ['one more', [...landedFields, { name: 'phone', type: 'STRING' }]],
    ['one less', landedFields.slice(1)],
    ['another type', landedFields.map(field => (field.name === 'id' ? { ...field, type: 'NUMERIC' } : field))],
    ['another mode', landedFields.map(field => (field.name === 'id' ? { ...field, mode: 'REQUIRED' } : field))],
  ])('gets other columns where they are not, with the tags of those that stay: it had %s', async (_, of) => {
    const { all, requests, value } = await landed(contact(inFile()), { raw: asTable(withTag('secret', of)) })
    expect(loadsOf(all)).toEqual([withColumns(withTag('secret'))])
    expect(requests.slice(0, 4)).toEqual([
      'GET /crm__contact',
      'GET /crm__contact/rowAccessPolicies',
      'the lease is asked for',
      'load WRITE_TRUNCATE',
    ])
    expect(value?.remarks).toEqual([])
  })

  it('keeps its rows where row access policies would go with its columns, or says that it could not look', async () => {
    const raw = asTable(landedFields.slice(1))
    const { error, requests } = await landed(contact(inFile()), { raw }, policies)
    expect(problemOf(error)).toBe(
      'crm.contact: acme.j_raw.crm__contact gets other columns, which would leave it without its policies and show its readers what they hide: row access policy own_rows',
    )
    expect(requests.filter(line => line.startsWith('load'))).toEqual([])
    const unknown = answering('/rowAccessPolicies', refusal(403, 'accessDenied', 'Access Denied'))
    const { value, all } = await landed(contact(inFile()), { raw }, unknown)
    expect(loadsOf(all)).toHaveLength(1)
    expect(value?.remarks).toEqual([
      'acme.j_raw.crm__contact gets other columns, and whether it had row access policies could not be looked up: set them again where it had',
    ])
  })

  it('has the tags that the target gives before it has other rows', async () => {
    const tags = { settings: { policyTags: { personal: 'secret' } } }
    const source = contact(inFile(), personal)
    const told = landedFields.map(field => ({ ...field, description: 'x' }))
    const { all, requests } = await landed(source, { raw: asTable(told) }, tags)
    expect(requests.slice(0, 4)).toEqual([
      'GET /crm__contact',
      'the lease is asked for',
      'PATCH /crm__contact',
      'load WRITE_TRUNCATE_DATA',
    ])
    expect(all.find(({ method }) => method === 'PATCH')!.body).toEqual({ schema: { fields: withTag('secret', told) } })
    const again = await landed(source, { raw: asTable(withTag('secret', told)) }, tags)
    expect(again.requests.filter(line => line.startsWith('PATCH'))).toEqual([])
    const other = await landed(source, { raw: asTable(withTag('older').slice(1)) }, tags)
    expect(loadsOf(other.all)).toEqual([withColumns(withTag('secret'))])
  })

  it('keeps the tags within a record', async () => {
    const file = join(folderOf({ 'contact.jsonl': '{"who": {"email": "a@b.example"}, "n": 1}\n' }), 'contact.jsonl')
    const source = contact({ file, badRows: 'fail' }, { who: record({ email: text() }, 'Who'), n: integer('N') })
    const who = { name: 'who', type: 'RECORD', mode: 'NULLABLE' }
    const email = { name: 'email', type: 'STRING', mode: 'NULLABLE', policyTags: { names: ['secret'] } }
    const { all } = await landed(source, { raw: asTable([{ ...who, fields: [email] }]) })
    const [made] = loadsOf(all) as { readonly schema: { readonly fields: readonly FieldResource[] } }[]
    expect(made!.schema.fields[0]).toEqual({ ...who, fields: [email] })
  })

  it('has rows set aside put in the place of those of before, in a table or a view, asking for the lease again', async () => {
    const source = contact(inFile('1,a@b.example\nx,c@d.example\n'))
    const { requests, value } = await landed(source, { raw: asTable(), aside: 'view' })
    expect(value).toMatchObject({ rowCount: 1, quarantinedCount: 1 })
    expect(requests.slice(2)).toEqual([
      'load WRITE_TRUNCATE_DATA',
      'GET /crm__contact__quarantine',
      'POST /crm__contact__quarantine:getIamPolicy',
      'the lease is asked for',
      'DELETE /crm__contact__quarantine',
      'POST ',
      'POST /crm__contact__quarantine:setIamPolicy',
      'load WRITE_TRUNCATE_DATA',
    ])
  })
})

it('A seed takes the place of whatever scratch has of its name, and asks for nothing before', async () => {
  const tables = new StandingTables().add('acme', 'j_tl_scratch', 'sites', asTable())
  const api = await scriptedApi(tables.answer)
  const warehouse = await api.open()
  const file = join(folderOf({ 'sites.csv': 'site\nx\n' }), 'sites.csv')
  const into = { schema: 'j_tl_scratch', name: 'sites', database: 'acme' }
  await warehouse.loadSeed(await warehouse.connect(), file, { site: { kind: 'text' } }, into)
  await api.close()
  expect(api.lines()[0]).toBe('POST /projects/acme/jobs')
  expect(loadsOf(api.asked)).toMatchObject([{ writeDisposition: 'WRITE_TRUNCATE' }])
})
