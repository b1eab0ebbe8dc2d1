import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Lacking } from '../../authoring/recognize.ts'
import { dataFolders } from './data-folders.ts'
import type { Proposal } from './proposal.ts'
import { type Around, faultsOf, tablesOf } from './readable.ts'
import { type SampledFiles, sampledFiles, type UnreadableFile } from './sample-files.ts'
import { systemsIn } from './table-folders.ts'

/** What was found in a folder, by which the config may read it. */
export interface Findings {
  /** For each system that was found, where its data may be, the likeliest first: it reads one of them. */
  readonly choices: readonly (readonly Proposal[])[]
  /** Raw files that belong to nothing that the project knows; those that lack the same are together. */
  readonly unknown: readonly UnknownFiles[]
  readonly unreadable: readonly UnreadableFile[]
}

export interface UnknownFiles {
  readonly files: readonly string[]
  /** What they lack to be of a system, by its name. */
  readonly lacking: ReadonlyMap<string, Lacking>
  /** Of systems that know their columns: why they cannot be read as its own, by its name. */
  readonly faults: ReadonlyMap<string, string>
}

/** Looks for raw files, and asks each source of the project whether they are its own. */
export async function findProposals(around: Around): Promise<Findings> {
  const groups: (readonly Proposal[])[] = []
  const unknown: UnknownFiles[] = []
  const unreadable: UnreadableFile[] = []
  for (const folder of dataFolders(around.root)) {
    const systems = await systemsIn(folder, around)
    if (systems.length > 0) {
      groups.push(systems)
      continue
    }
    const found = await sampledFiles(around, folder)
    unreadable.push(...found.unreadable)
    for (const sampled of found.sampled) {
      const { proposals, ...why } = await proposalsFor(sampled, around)
      if (proposals.length === 0) unknown.push({ files: sampled.files, ...why })
      else groups.push(proposals)
    }
  }
  return { choices: bySystem(groups), unknown: byWhatTheyLack(unknown), unreadable }
}

async function proposalsFor(
  { files, sample, beside }: SampledFiles,
  around: Around,
): Promise<{ readonly proposals: readonly Proposal[] } & Pick<UnknownFiles, 'lacking' | 'faults'>> {
  const proposals: Proposal[] = []
  const lacking = new Map<string, Lacking>()
  const faults = new Map<string, string>()
  for (const [source, { value }] of around.project.sources) {
    const recognized = value.recognize?.(sample)
    if (recognized === undefined) continue
    if ('lacks' in recognized) {
      lacking.set(source, recognized)
      continue
    }
    const { settings, sections = {}, open = [], notes = [] } = recognized
    const tables = tablesOf(source, settings, around)
    const [fault] = (await Promise.all(tables.map(table => faultsOf(table, around)))).flat()
    if (fault !== undefined) faults.set(source, fault)
    if (tables.length === 0 || fault !== undefined) continue
    const likelihood = files.reduce((sum, file) => sum + statSync(join(around.root, file)).size, 0)
    const found = sample.columns.map(({ name }) => name)
    const where = sample.file
    proposals.push({ source, settings, sections, open, notes, where, found, beside, unreadable: [], likelihood })
  }
  return { proposals, lacking, faults }
}

function byWhatTheyLack(unknown: readonly UnknownFiles[]): readonly UnknownFiles[] {
  const groups = new Map<string, UnknownFiles>()
  for (const { files, lacking, faults } of unknown) {
    const key = JSON.stringify([[...lacking].map(([source, { lacks }]) => [source, lacks]), [...faults]])
    const alike = groups.get(key)
    groups.set(key, { lacking, faults, ...alike, files: [...(alike?.files ?? []), ...files] })
  }
  return [...groups.values()]
}

/** Files and folders are of the system that they are likeliest of; a system may have been found in several. */
function bySystem(groups: readonly (readonly Proposal[])[]): readonly (readonly Proposal[])[] {
  const choices = new Map<string, Proposal[]>()
  for (const [best] of groups) {
    if (best !== undefined) choices.set(best.source, [...(choices.get(best.source) ?? []), best])
  }
  const inOrder = [...choices].sort(([a], [b]) => (a < b ? -1 : 1))
  return inOrder.map(([, choice]) => choice.sort((a, b) => b.likelihood - a.likelihood))
}
