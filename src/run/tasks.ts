import type { CompiledDataTest, CompiledModel, CompiledSourceTable, TableName } from '../compile/compiled.ts'
import { tableLabel } from '../compile/naming.ts'
import { problemInFile } from '../compile/thrown-problem.ts'
import type { Problem } from '../problems/problem.ts'
import { runDataTest } from '../quality/run-data-test.ts'
import type { TestResult } from '../quality/test-result.ts'
import type { TestSettings } from '../quality/test-settings.ts'
import type { PreparedUnitTest } from '../quality/unit-tests.ts'
import type { Session, StatementCost } from '../warehouse/warehouse.ts'
import { buildModel, publicationNotes, stands, testLive } from './build-model.ts'
import { DataThrough } from './data-through.ts'
import type { Lease } from './lease.ts'
import { isInterrupted, isOfWarehouse, problemOfTest, problemsOfModel, problemsOfWork } from './node-problem.ts'
import type { NodeResult } from './result.ts'
import type { RunInput } from './run-input.ts'
import type { Task } from './scheduler.ts'
import type { SessionPool } from './session-pool.ts'

type Kind = NodeResult['kind']
type Outcome = Pick<NodeResult, 'status' | 'problems' | 'rowCount' | 'tests'>

const idOf = (kind: Kind, name: string): string => `${kind} ${name}`
const nameOf = (id: string): string => id.slice(id.indexOf(' ') + 1)

/** The work of a run, piece by piece, each waiting for what it needs. */
export class Tasks {
  readonly all: readonly Task[]
  private readonly dataThrough: DataThrough
  private readonly standing = new Set<string>()
  private readonly costs = new Map<string, readonly StatementCost[]>()

  constructor(
    private readonly input: RunInput,
    models: readonly CompiledModel[],
    private readonly pool: SessionPool,
    private readonly lease: Lease | undefined,
    private readonly finished: (result: NodeResult) => void,
  ) {
    const { compiled, command, unitTests, dataTests, selected } = input
    this.dataThrough = new DataThrough(input)
    const sources =
      command === 'test' ? [] : [...compiled.sourceTables.values()].filter(({ name }) => selected.has(name))
    this.all = [
      ...unitTests.map(test => this.unitTest(test)),
      ...sources.map(table => this.source(table)),
      ...models.map(model => this.model(model)),
      ...compiled.dataTests.filter(({ name }) => dataTests.has(name)).map(test => this.dataTest(test)),
    ]
  }

  private unitTest(test: PreparedUnitTest): Task {
    return this.task('unit-test', test.name, [], undefined, async () => {
      const { status, message, seconds } = await test.run()
      const result: TestResult = {
        name: test.name,
        says: test.name,
        status,
        failures: status === 'pass' || status === 'skipped' ? 0 : 1,
        message,
        sql: undefined,
        seconds,
      }
      const problems: Problem[] =
        status === 'pass' || status === 'skipped'
          ? []
          : [problemInFile({ name: test.name, file: test.path }, `unit test ${test.name} of ${test.model}: ${message}`)]
      const outcomes = { pass: 'success', skipped: 'skipped', fail: 'error', error: 'error' } as const
      return { status: outcomes[status], problems, rowCount: undefined, tests: [result] }
    })
  }

  private source(table: CompiledSourceTable): Task {
    return this.task('source', table.name, [], undefined, () =>
      this.inSession(idOf('source', table.name), async session => {
        const landed = await this.input.warehouse.land(session, table, this.lease?.fence)
        const { rowCount, quarantinedCount, remarks = [] } = landed
        for (const message of remarks) this.input.emit({ type: 'note', name: table.name, message })
        const problems = landedProblems(table, rowCount, quarantinedCount)
        return { status: problems.length > 0 ? 'warn' : 'success', problems, rowCount, tests: [] }
      }),
    )
  }

  private model(model: CompiledModel): Task {
    const work = this.input.command === 'test' ? this.testModel(model) : this.buildModel(model)
    return this.task('model', model.name, this.waitsOf(model), model, () =>
      this.inSession(idOf('model', model.name), work, model.name),
    )
  }

  /** What it reads, what its `references` refer to, and its unit tests, those of inline models that it reads included. */
  private waitsOf(model: CompiledModel): readonly string[] {
    const { command, unitTests } = this.input
    const own = new Set(this.inlinesOf(model).add(model.name))
    const tests = unitTests.filter(test => own.has(test.model)).map(({ name }) => idOf('unit-test', name))
    if (command === 'test') return []
    const referred = model.tests.flatMap(test => (command === 'build' && test.kind === 'references' ? [test.to] : []))
    return [
      ...model.sourceTables.map(name => idOf('source', name)),
      ...[...model.parents, ...referred].filter(name => name !== model.name).map(name => idOf('model', name)),
      ...tests,
    ]
  }

  private inlinesOf(model: CompiledModel, found = new Set<string>()): Set<string> {
    for (const name of model.reads) {
      const read = this.input.compiled.models.get(name)
      if (read?.materialization !== 'inline' || found.has(name)) continue
      this.inlinesOf(read, found.add(name))
    }
    return found
  }

  private buildModel(model: CompiledModel) {
    return async (session: Session): Promise<Outcome> => {
      const { warehouse, naming, runId } = this.input
      await this.dataThrough.read(session)
      const built = await buildModel(session, model, {
        warehouse,
        naming,
        runId,
        fence: this.lease?.fence,
        tests: this.testSettings(),
        dataThrough: other => this.dataThrough.ofParents(other),
      })
      if (built.isPublished) {
        this.standing.add(tableLabel(model.table))
        this.dataThrough.set(model, built.dataThrough)
      }
      for (const message of publicationNotes(built)) this.input.emit({ type: 'note', name: model.name, message })
      return this.tested(model, built.rowCount, built.tests)
    }
  }

  private testModel(model: CompiledModel) {
    return async (session: Session): Promise<Outcome> => {
      const tested = await testLive(session, model, this.input.warehouse, this.testSettings())
      if (tested !== undefined) return this.tested(model, tested.rowCount, tested.tests)
      const message = `${model.name} is not built yet`
      const problem: Problem = {
        kind: 'warehouse',
        message,
        hint: `throughline build --select +${model.name} builds it`,
      }
      return { status: 'error', problems: [problem], rowCount: undefined, tests: [] }
    }
  }

  private tested(model: CompiledModel, rowCount: number, tests: readonly TestResult[]): Outcome {
    for (const { status, says, message } of tests) {
      if (status === 'skipped')
        this.input.emit({ type: 'note', name: model.name, message: `not tested that ${says}: ${message}` })
    }
    const failed = tests.filter(({ status }) => status === 'fail' || status === 'error')
    const columns = new Map(model.tests.map(({ name, column }) => [name, column]))
    const rows = this.input.command === 'test' ? 'live' : 'built'
    const problems = failed.map(test => problemOfTest(test, columns.get(test.name), model, rows))
    // What to do is said once, after the last of them.
    const told = problems.map((problem, index) =>
      index < problems.length - 1 ? { ...problem, hint: undefined } : problem,
    )
    const warned = tests.some(({ status }) => status === 'warn')
    return { status: told.length > 0 ? 'error' : warned ? 'warn' : 'success', problems: told, rowCount, tests }
  }

  private dataTest(test: CompiledDataTest): Task {
    const waits = this.input.command === 'test' ? [] : test.reads.map(name => idOf('model', name))
    return this.task('data-test', test.name, waits, undefined, () =>
      this.inSession(idOf('data-test', test.name), session => this.runDataTest(session, test)),
    )
  }

  /** What its statements took is kept, however the work ends. */
  private inSession(id: string, work: (session: Session) => Promise<Outcome>, model?: string): Promise<Outcome> {
    const counted = async (session: Session): Promise<Outcome> => {
      try {
        return await work(session)
      } finally {
        this.costs.set(id, session.costs())
      }
    }
    return this.pool.useUntilStopped(id, counted, model)
  }

  private async runDataTest(session: Session, compiledTest: CompiledDataTest): Promise<Outcome> {
    const { compiled, storeFailures } = this.input
    const { name, test, reads } = compiledTest
    const nothing = { problems: [], rowCount: undefined }
    for (const read of reads) {
      if (await this.stands(session, compiled.models.get(read)!.table)) continue
      const message = `it reads ${read}, which is not built yet`
      const skipped = { name, says: test.value.description, failures: 0, message, sql: undefined, seconds: 0 }
      return { ...nothing, status: 'skipped', tests: [{ ...skipped, status: 'skipped' }] }
    }
    const read = reads.map(model => compiled.models.get(model)!)
    const result = await runDataTest(session, compiledTest, read, storeFailures)
    const { status, message } = result
    if (status !== 'fail') return { ...nothing, status: status === 'warn' ? 'warn' : 'success', tests: [result] }
    const problem: Problem = { ...problemInFile(test, `${name}: ${message}`), kind: 'data' }
    return { ...nothing, status: 'error', problems: [problem], tests: [result] }
  }

  private testSettings(): TestSettings {
    const { compiled, storeFailures, command, warehouse } = this.input
    return {
      tableOf: name => compiled.models.get(name)?.table,
      stands: (session, table) => this.stands(session, table),
      storeFailures,
      withTests: command !== 'run',
      inOneStatement: warehouse.countsTogether === true,
    }
  }

  /** Asked once of a table that is there: in a run none goes. */
  private async stands(session: Session, table: TableName): Promise<boolean> {
    const label = tableLabel(table)
    if (!this.standing.has(label) && (await stands(session, this.input.warehouse, table))) this.standing.add(label)
    return this.standing.has(label)
  }

  private task(
    kind: Kind,
    name: string,
    waitsFor: readonly string[],
    model: CompiledModel | undefined,
    work: () => Promise<Outcome>,
  ): Task {
    const base = { kind, name }
    return {
      id: idOf(kind, name),
      waitsFor,
      seconds: this.input.seconds?.get(name),
      work: async () => {
        const startedAt = new Date()
        const started = performance.now()
        this.input.emit({ type: 'node_started', ...base })
        const outcome = await this.outcomeOf(work, name, model)
        this.finished({
          ...base,
          ...outcome,
          costs: this.costs.get(idOf(kind, name)) ?? [],
          skippedBecause: undefined,
          startedAt: startedAt.toISOString(),
          finishedAt: new Date().toISOString(),
          seconds: (performance.now() - started) / 1000,
        })
        return outcome.status !== 'error' && !(outcome.status === 'skipped' && kind !== 'data-test')
      },
      skip: cause =>
        this.finished({
          ...base,
          status: 'skipped',
          problems: [],
          skippedBecause: cause === undefined ? undefined : nameOf(cause),
          startedAt: undefined,
          finishedAt: undefined,
          seconds: 0,
          rowCount: undefined,
          tests: [],
          costs: [],
        }),
    }
  }

  /** An interrupted statement is no failure: its node was not reached, as those after it. Nor is one that failed because another run has the target by now. */
  private async outcomeOf(
    work: () => Promise<Outcome>,
    name: string,
    model: CompiledModel | undefined,
  ): Promise<Outcome> {
    try {
      return await work()
    } catch (error) {
      const nothing = { rowCount: undefined, tests: [] }
      if (isOfWarehouse(error) && (await this.lease?.isHeld()) === false)
        return { status: 'skipped', problems: [], ...nothing }
      if (this.input.signal.aborted && isInterrupted(error)) return { status: 'skipped', problems: [], ...nothing }
      const problems = model === undefined ? problemsOfWork(error, name) : problemsOfModel(error, model)
      return { status: 'error', problems, ...nothing }
    }
  }
}

function landedProblems(table: CompiledSourceTable, rowCount: number, quarantinedCount: number): readonly Problem[] {
  const problems: Problem[] = []
  // Of a table that the company does not load, nothing was expected.
  if (rowCount === 0 && !table.location.notLoaded) problems.push({ kind: 'data', message: `${table.name} has no rows` })
  if (quarantinedCount > 0) {
    const rows = quarantinedCount === 1 ? '1 bad row was' : `${quarantinedCount} bad rows were`
    const { schema, name } = table.table
    problems.push({ kind: 'data', message: `${table.name}: ${rows} set aside in ${schema}.${name}__quarantine` })
  }
  return problems
}
