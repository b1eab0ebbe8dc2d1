import { expect, it, vi } from 'vitest'

it("Of Node's warnings, the one of Google's look for a machine of its own is not shown, and every other is", async () => {
  const shown = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  // What it has done once in a process it does not do again: so this is about a new one.
  vi.resetModules()
  const { withoutLookupWarning } = await import('../../../src/warehouse/bigquery/without-lookup-warning.ts')
  withoutLookupWarning()
  withoutLookupWarning()
  process.emitWarning('received unexpected error = none', 'MetadataLookupWarning')
  process.emitWarning('old', 'DeprecationWarning')
  process.emitWarning(new Error('mine'))
  expect(shown.mock.calls).toEqual([['old', 'DeprecationWarning'], [new Error('mine')]])
})
