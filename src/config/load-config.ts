import { dirname, resolve } from 'node:path'
import type { z } from 'zod'
import { pathText } from '../problems/path-text.ts'
import { type Place, type Problem, ProblemsError } from '../problems/problem.ts'
import { type ConfigDocument, type ConfigPath, parseConfigDocument, type Told } from './config-document.ts'
import { engineKeys, engineSections } from './engine-schema.ts'
import { type Environment, type Reading, readValues } from './read-values.ts'
import { type KnownAt, schemaProblems, telling, unknownKey } from './schema-problems.ts'
import { isOfSignIn } from './secret-keys.ts'
import { type Secrets, secretsOf } from './secrets.ts'
import { isOfOtherEngine, keysOfEngine, targetProblems } from './target-problems.ts'
import { extendsChain, isMapOfKeys, resolveTarget, selectTarget, type Target, targetNames } from './targets.ts'

/** What a company says about itself, read, checked and parsed. */
export interface Config {
  readonly project: string
  readonly target: Target
  /** The names of all targets. */
  readonly targets: readonly string[]
  /** The settings of each system that is named; a system that is not named is off. */
  readonly sources: Readonly<Record<string, unknown>>
  /** Each of the project's sections, whether the file has it or not. */
  readonly definitions: Readonly<Record<string, unknown>>
  /** Names or paths of models to leave out. */
  readonly exclude: readonly string[]
  readonly file: string
  /** Absolute; relative paths of the config start here. */
  readonly folder: string
  readonly secrets: Secrets
  /** Where a value stands; where it is absent, its nearest parent. */
  place(path: ConfigPath): Place
  /** A problem with the value at `path`, with its line: for what can be checked only against the rest of the project. */
  problem(path: ConfigPath, told: Told): Problem
}

export interface ConfigInput {
  /** How the file is called in messages; its folder is where relative paths start. */
  readonly file: string
  readonly text: string
  readonly env: Environment
  /** The schemas of the project's definitions, by section. */
  readonly sections: Readonly<Record<string, z.ZodType>>
  /** The schemas of the known systems' settings. */
  readonly sources: Readonly<Record<string, z.ZodType>>
  /** The target that was asked for, instead of the file's default. */
  readonly target?: string | undefined
  /** The target is compiled for and not opened: variables of what it signs in with need not be set. */
  readonly isNotOpened?: true | undefined
}

/** Reads the config. Everything that is wrong in it is thrown at once, as one `ProblemsError`. */
export function loadConfig(input: ConfigInput): Config {
  const { file, env, sections } = input
  for (const name of Object.keys(sections)) {
    if (engineKeys.includes(name))
      throw new Error(`The section ${name} is the engine's own: name the definition otherwise.`)
  }
  const { document, problems: malformed } = parseConfigDocument(file, input.text, Object.keys(sections))
  throwIfAny(malformed, secretsOf(document.secrets, env))

  const reading = readForTarget(document, input)
  const secrets = secretsOf([...document.secrets, ...reading.secrets], env)
  const written = asMap(reading.value)
  const targets = asMap(written.targets)
  const problems: Problem[] = [...reading.problems]

  const parse: Parse = (schema, value, base, knownAt) => {
    const result = schema.safeParse(value, telling)
    if (result.success) return result.data
    const issues = result.error.issues.filter(issue => {
      const path = [...base, ...issue.path]
      return !reading.isUnresolved(path) && !isOfOtherEngine(targets, path)
    })
    problems.push(...schemaProblems(issues, base, document, secrets.mask, knownAt))
    return undefined
  }

  problems.push(...unknownSections(written, Object.keys(sections), document))
  const project = parse(engineSections.project, written.project ?? undefined, ['project'])
  parse(engineSections.default_target, written.default_target ?? undefined, ['default_target'])
  const exclude = parse(engineSections.exclude, written.exclude ?? undefined, ['exclude'])
  const parsedTargets = parse(
    engineSections.targets,
    withoutUnresolved(written.targets, reading),
    ['targets'],
    (path, keys) => keysOfEngine(targets, path, keys),
  )
  problems.push(
    ...targetProblems(targets, input.target, written.default_target, document, path => reading.isUnresolved(path)),
  )
  const sources = parseSources(written.sources, input.sources, document, parse, problems)
  const definitions = Object.fromEntries(
    Object.entries(sections).map(([name, schema]) => [name, parseSection(name, schema, written[name], parse)]),
  )

  const selected = selectTarget(targets, input.target, written.default_target)
  const folder = resolve(dirname(file))
  throwIfAny(problems, secrets)
  // With no problem told, everything was parsed and a target selected.
  const target = resolveTarget(parsedTargets!, selected!, project!, folder)
  throwIfAny([...publishProblems(target, document), ...scratchProblems(target, document)], secrets)

  return {
    project: project!,
    target,
    targets: targetNames(targets),
    sources,
    definitions,
    exclude: exclude!,
    file,
    folder,
    secrets,
    place: path => document.placeOf(path),
    problem: (path, told) => maskProblem(document.problem(document.placeOf(path), told), secrets),
  }
}

type Parse = <T>(schema: z.ZodType<T>, value: unknown, base: ConfigPath, knownAt?: KnownAt) => T | undefined

/** Reads twice: which variables must be set depends on which target is selected, and a variable may say which. */
function readForTarget(document: ConfigDocument, { env, target, isNotOpened }: ConfigInput): Reading {
  const written = asMap(readValues(document, env, () => false).value)
  const targets = asMap(written.targets)
  const selected = selectTarget(targets, target, written.default_target)
  const used = new Set<PropertyKey>(selected === undefined ? [] : extendsChain(targets, selected))
  return readValues(document, env, path => {
    const [section, name] = path
    if (section !== 'targets' || name === undefined) return true
    return used.has(name) && !(isNotOpened && isOfSignIn(path))
  })
}

/** Targets without the keys whose variables are not set: those of the targets that this run does not use. */
function withoutUnresolved(targets: unknown, reading: Reading): unknown {
  if (!isMapOfKeys(targets)) return targets ?? undefined
  const entries = Object.entries(targets).map(([name, target]) => {
    if (!isMapOfKeys(target)) return [name, target]
    return [
      name,
      Object.fromEntries(Object.entries(target).filter(([key]) => !reading.isUnresolved(['targets', name, key]))),
    ]
  })
  return Object.fromEntries(entries)
}

function unknownSections(
  written: Readonly<Record<string, unknown>>,
  sections: readonly string[],
  document: ConfigDocument,
): readonly Problem[] {
  const known = [...engineKeys, ...sections]
  return Object.keys(written)
    .filter(key => !known.includes(key))
    .map(key => unknownKey(document, [key], known, 'section'))
}

function parseSources(
  written: unknown,
  known: Readonly<Record<string, z.ZodType>>,
  document: ConfigDocument,
  parse: Parse,
  problems: Problem[],
): Readonly<Record<string, unknown>> {
  if (written === undefined || written === null) return {}
  if (!isMapOfKeys(written)) {
    problems.push(
      document.problem(document.placeOf(['sources']), {
        message: 'sources: cannot be a list or a single value',
        expected: 'a map of systems and their settings, like shop: {}',
      }),
    )
    return {}
  }
  const entries = Object.entries(written).flatMap(([name, settings]) => {
    const path = ['sources', name]
    if (Object.hasOwn(known, name)) return [[name, parse(known[name]!, settings ?? {}, path)] as const]
    problems.push(unknownKey(document, path, Object.keys(known), 'source'))
    return []
  })
  return Object.fromEntries(entries)
}

/** A section that the file leaves out, or leaves empty, is what its schema makes of nothing, else of an empty map. */
function parseSection(name: string, schema: z.ZodType, written: unknown, parse: Parse): unknown {
  if (written !== undefined && written !== null) return parse(schema, written, [name])
  const ofNothing = schema.safeParse(undefined)
  if (ofNothing.success && ofNothing.data !== undefined) return ofNothing.data
  const ofEmpty = schema.safeParse({})
  if (ofEmpty.success) return ofEmpty.data
  if (ofNothing.success) return undefined
  const lacksKeys = ofEmpty.error.issues.every(issue => issue.path.length > 0)
  return parse(schema, lacksKeys ? {} : undefined, [name])
}

function publishProblems(target: Target, document: ConfigDocument): readonly Problem[] {
  if (target.engine !== 'duckdb' || target.publishTo !== target.path) return []
  const path = ['targets', target.name, 'publish_to']
  return [
    document.problem(document.placeOf(path), {
      message: `${pathText(path)}: is the database itself`,
      expected: 'another file, for readers to open while the database is being built',
    }),
  ]
}

/** Every build empties the place of scratch. */
function scratchProblems(target: Target, document: ConfigDocument): readonly Problem[] {
  if (target.engine === 'duckdb') return []
  const { key, word, prefix, named } =
    target.engine === 'bigquery'
      ? { key: 'datasets', word: 'dataset', prefix: target.dataset, named: target.datasets }
      : { key: 'schemas', word: 'schema', prefix: target.schema, named: target.schemas }
  const scratch = named.tl_scratch
  const others = [
    prefix,
    ...Object.entries(named).flatMap(([layer, name]) => (layer === 'tl_scratch' ? [] : [name])),
  ].map(name => (target.engine === 'snowflake' ? name.toUpperCase() : name))
  const own = target.engine === 'snowflake' ? scratch?.toUpperCase() : scratch
  if (own === undefined || !others.includes(own)) return []
  const path = ['targets', target.name, key, 'tl_scratch']
  const message = `${pathText(path)}: another layer stands there too, and every build empties the ${word} of scratch`
  return [document.problem(document.placeOf(path), { message, expected: `a ${word} of its own` })]
}

function throwIfAny(problems: readonly Problem[], secrets: Secrets): void {
  if (problems.length === 0) return
  const inOrder = problems
    .map(problem => maskProblem(problem, secrets))
    .toSorted((a, b) => (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0))
  // A value behind a YAML alias is read at each of its uses.
  const distinct = new Map(inOrder.map(problem => [JSON.stringify([problem.place, problem.message]), problem]))
  throw new ProblemsError([...distinct.values()])
}

function maskProblem(problem: Problem, { mask }: Secrets): Problem {
  const masked = (text: string | undefined) => (text === undefined ? undefined : mask(text))
  return {
    ...problem,
    message: mask(problem.message),
    excerpt: masked(problem.excerpt),
    expected: masked(problem.expected),
    suggestion: masked(problem.suggestion),
    hint: masked(problem.hint),
  }
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return isMapOfKeys(value) ? value : {}
}
