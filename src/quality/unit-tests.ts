import type { UnitTest } from '../authoring/tests.ts'
import { compileProject } from '../compile/compile-project.ts'
import type { CompiledModel, CompiledProject } from '../compile/compiled.ts'
import { naming } from '../compile/naming.ts'
import type { Problem } from '../problems/problem.ts'
import { layerOf } from '../project/layers.ts'
import type { Named, NamedModel, Project } from '../project/project.ts'
import type { UnitTestEngine } from './unit-test/engine.ts'
import { pathWithin, problemOf } from './unit-test/problem.ts'
import { runUnitTest, type UnitTestOutcome } from './unit-test/run-unit-test.ts'
import { type ReadSettings, settingsOf } from './unit-test/settings.ts'
import { givenTables, rowProblems } from './unit-test/tables.ts'

export type { UnitTestOutcome } from './unit-test/run-unit-test.ts'

export interface PreparedUnitTest {
  readonly name: string
  /** The file that it stands in. */
  readonly path: string
  /** The model that it tests. */
  readonly model: string
  run(): Promise<UnitTestOutcome>
}

export interface UnitTestInput {
  readonly project: Project
  /** The run's instant, `2026-06-01 12:00:00`, UTC. */
  readonly startedAt: string
  readonly engine: UnitTestEngine
}

export interface PreparedUnitTests {
  readonly tests: readonly PreparedUnitTest[]
  readonly problems: readonly Problem[]
}

/**
 * Each unit test of the project, ready to run in memory without any warehouse. Its model is compiled alone, with what the test defines: what
 * that reads are the rows given, whatever they would need to be built. A test that cannot be run (its model is not built, a row names a column
 * that there is not) is told as a problem at its file, and keeps no other from running. A test holds for the models of its own layer: where a layer above
 * replaces the one that it tests, or one whose rows it gives, it is left out; who wants it copies it to that layer.
 */
export function prepareUnitTests(input: UnitTestInput): PreparedUnitTests {
  const tests: PreparedUnitTest[] = []
  const problems: Problem[] = []
  for (const test of input.project.unitTests) {
    if (isOfReplaced(test, input.project) || isOfAnotherEngine(test, input)) continue
    const outcome = prepare(test, input)
    if ('run' in outcome) tests.push(outcome)
    else problems.push(...outcome.problems)
  }
  return { tests, problems }
}

function isOfReplaced(test: Named<UnitTest>, project: Project): boolean {
  const own = layerOf(test.file, project.layers)
  return modelsOf(test.value, project).some(({ file }) => layerOf(file, project.layers) < own)
}

/** A model for one engine alone is tested there. Of one for Snowflake, where no unit test runs, that is told. */
function isOfAnotherEngine({ value: { model } }: Named<UnitTest>, { engine: { dialect } }: UnitTestInput): boolean {
  return model.engine !== undefined && model.engine !== 'snowflake' && model.engine !== dialect.engine
}

/** The model that a unit test tests, and those whose rows it gives. */
export function modelsOf({ model, given }: UnitTest, { names, models }: Project): readonly NamedModel[] {
  const values = [model, ...given.map(({ relation }) => relation).filter(relation => relation.kind === 'model')]
  return values.flatMap(value => models.get(names.model(value) ?? '') ?? [])
}

interface CannotRun {
  readonly problems: readonly Problem[]
}

function prepare(test: Named<UnitTest>, { project, startedAt, engine }: UnitTestInput): PreparedUnitTest | CannotRun {
  const name = project.names.model(test.value.model)
  if (name === undefined) {
    return { problems: [problemOf(test, 'model', { message: 'tests what is no model of the project' })] }
  }
  if (test.value.model.engine === 'snowflake') {
    const message = `${name} is for Snowflake alone, where no unit test runs: they run in DuckDB, and by Google's evaluator`
    return {
      problems: [problemOf(test, name, { message, hint: 'test what it reads, and its own rows by data tests' })],
    }
  }
  const read = settingsOf(test, project)
  if (read.problems.length > 0) return read
  const base = { project, dialect: engine.dialect, naming: naming(undefined), exclude: [], startedAt }
  const { compiled, problems: faults } = compileProject({ ...base, ...read.settings, alone: [name] })
  const model = compiled.models.get(name)
  if (model === undefined) return { problems: [notBuilt(test, name, project.layers, compiled, faults, read)] }
  if (model.materialization === 'seed') {
    return { problems: [problemOf(test, name, { message: `${name} is a seed: it has no query to test` })] }
  }
  const given = givenTables(test, model, compiled, project)
  const problems = [...given.problems, ...expectedProblems(test, model)]
  if (problems.length > 0) return { problems }
  const work = { model, tables: given.tables, expected: test.value.expect, naming: base.naming, layers: project.layers }
  return { name: test.name, path: test.file, model: name, run: () => runUnitTest(work, engine) }
}

function expectedProblems(test: Named<UnitTest>, { columns }: CompiledModel): readonly Problem[] {
  const { expect } = test.value
  const problems = expect.flatMap((row, index) => rowProblems(test, row, `expected row ${index + 1}`, columns))
  if (expect.length === 0 || expect.some(row => Object.keys(row).length > 0)) return problems
  return [problemOf(test, 'expect', { message: 'the rows expected name no column to compare' })]
}

/** Why a model is not built with what the test defines: what it needs is off, or a fault of the model. */
function notBuilt(
  test: Named<UnitTest>,
  name: string,
  layers: readonly string[],
  compiled: CompiledProject,
  faults: readonly Problem[],
  { missing }: ReadSettings,
): Problem {
  const [fault] = faults
  const why = fault?.message ?? compiled.disabled.get(name) ?? 'it has an error'
  const at =
    fault?.place === undefined
      ? ''
      : ` (${pathWithin(fault.place.file, layers)}:${fault.place.line}:${fault.place.column})`
  const undefinedSections = missing.map(section => `'${section}'`).join(', ')
  return problemOf(test, name, {
    message: `${name} is not built with what the test defines: ${why}${at}`,
    hint:
      missing.length > 0
        ? `the config's ${undefinedSections} has no default: add it to the test's definitions, as defined(…)`
        : fault === undefined
          ? "add what is off to the test's definitions, as defined(…)"
          : undefined,
  })
}
