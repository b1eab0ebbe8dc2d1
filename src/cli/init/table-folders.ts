import { posix } from 'node:path'
import { type DataFolder, stemOf } from './data-folders.ts'
import type { Proposal, UnreadableTable } from './proposal.ts'
import { type Around, faultsOf, foreignLines, tablesOf } from './readable.ts'

/**
 * The systems whose raw tables stand in a folder, a file a table, the likeliest first: those whose settings take a `folder`, and of whose tables it
 * has files with the columns that the models read. What it has no such file for, the proposal does without.
 */
export async function systemsIn(folder: DataFolder, around: Around): Promise<readonly Proposal[]> {
  const proposals: Proposal[] = []
  for (const name of around.project.sources.keys()) {
    const proposal = await proposalOf(name, folder, around)
    if (proposal !== undefined) proposals.push(proposal)
  }
  return proposals.sort((a, b) => b.likelihood - a.likelihood)
}

async function proposalOf(source: string, folder: DataFolder, around: Around): Promise<Proposal | undefined> {
  const tables = tablesOf(source, { folder: folder.path }, around)
  const readable: string[] = []
  const unreadable: UnreadableTable[] = []
  for (const table of tables) {
    const { location, tableKey } = table
    if (location.folder === undefined || !hasFileOf(location.basename, folder)) continue
    const because = (await faultsOf(table, around))[0] ?? (await foreignLines(table, around))
    if (because === undefined) readable.push(tableKey)
    else unreadable.push({ table: tableKey, because })
  }
  const isNamed = posix.basename(folder.path).toLowerCase().includes(source)
  // One file may have the name of some system's table by chance.
  const isEnough = readable.length > 1 || (readable.length === 1 && (isNamed || folder.files.length === 1))
  if (!isEnough) return undefined
  const without = tables.map(({ tableKey }) => tableKey).filter(key => !readable.includes(key))
  const where = folder.path === '.' ? 'this folder' : `${folder.path}/`
  const settings = { folder: folder.path, ...(without.length === 0 ? {} : { without }) }
  const { settings: schema, sections } = around.project.sources.get(source)!.value
  if (!schema.safeParse(settings).success) return undefined
  return {
    source,
    settings,
    sections,
    open: [],
    notes: [],
    beside: undefined,
    where,
    found: readable,
    unreadable,
    likelihood: readable.length + (isNamed ? 0.5 : 0),
  }
}

/** `contact.csv`, or its parts `contact_1.csv`, `contact_2.csv`. */
function hasFileOf(basename: string, { files }: DataFolder): boolean {
  return files.some(file => {
    const stem = stemOf(file)
    return stem === basename || (stem.startsWith(`${basename}_`) && /^\d+$/.test(stem.slice(basename.length + 1)))
  })
}
