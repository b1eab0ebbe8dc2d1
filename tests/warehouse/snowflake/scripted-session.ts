import type { DescribedColumn, Purpose, Row, Session, StatementCost } from '../../../src/warehouse/warehouse.ts'

type Rule = readonly [about: RegExp, rows: readonly Row[] | Error]

/** A session that writes down what is asked of it and answers as it is told; of what it was told nothing, nothing is there. */
export class ScriptedSession implements Session {
  readonly statements: string[] = []

  constructor(private readonly rules: readonly Rule[] = []) {}

  /** Statements that change something. */
  get changes(): readonly string[] {
    return this.statements.filter(sql => !/^(show|describe|select|explain)\b/.test(sql))
  }

  begin(_purpose: Purpose): void {}
  costs(): readonly StatementCost[] {
    return []
  }
  async execute(sql: string): Promise<void> {
    await this.query(sql)
  }
  async change(sql: string): Promise<number> {
    await this.query(sql)
    return 0
  }
  async query(sql: string): Promise<readonly Row[]> {
    this.statements.push(sql)
    const [, answer = []] = this.rules.find(([about]) => about.test(sql)) ?? []
    if (answer instanceof Error) throw answer
    return answer
  }
  async describe(): Promise<readonly DescribedColumn[]> {
    return []
  }
  async transaction(statements: readonly string[]): Promise<void> {
    for (const sql of ['begin', ...statements, 'commit']) await this.query(sql)
  }
  interrupt(): string | undefined {
    return undefined
  }
  close(): void {}
}
