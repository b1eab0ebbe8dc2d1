import type { CompiledModel } from '../compile/compiled.ts'
import { tableLabel } from '../compile/naming.ts'
import type { Session } from '../warehouse/warehouse.ts'
import type { RunInput } from './run-input.ts'
import { dataThroughQuery } from './table-status.ts'

/** How far the data of each table goes: as far as the least of what it reads, where it has no column that says it. */
export class DataThrough {
  private known: Map<string, string> | undefined
  private reading: Promise<void> | undefined

  constructor(private readonly input: Pick<RunInput, 'compiled' | 'naming'>) {}

  /** Reads once what earlier runs published, for whoever asks first; where that fails, the next to ask reads it. */
  async read(session: Session): Promise<void> {
    if (this.known !== undefined) return
    this.reading ??= this.readNow(session).finally(() => {
      this.reading = undefined
    })
    await this.reading
  }

  private async readNow(session: Session): Promise<void> {
    const rows = await session.query(dataThroughQuery(this.input.naming.status))
    this.known = new Map(rows.map(row => [String(row.table_name), String(row.data_through)]))
  }

  set({ table }: CompiledModel, instant: string | undefined): void {
    if (instant === undefined) this.known?.delete(tableLabel(table))
    else this.known?.set(tableLabel(table), instant)
  }

  ofParents({ parents }: CompiledModel): string | undefined {
    const instants = parents.flatMap(name => {
      const instant = this.known?.get(tableLabel(this.input.compiled.models.get(name)!.table))
      return instant === undefined ? [] : [instant]
    })
    return instants.sort()[0]
  }
}
