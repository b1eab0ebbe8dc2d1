import { nearest } from '../problems/nearest.ts'
import { pathText } from '../problems/path-text.ts'
import type { Problem } from '../problems/problem.ts'
import type { ConfigDocument, ConfigPath, Told } from './config-document.ts'
import { oneOf } from './schema-problems.ts'
import { snowflakeProblems } from './snowflake-problems.ts'
import { enginesOfKey, enginesOfModelKey, neededByBigQuery, type TargetEngine, targetEngines } from './target-schema.ts'
import {
  extendsChain,
  inherited,
  isMapOfKeys,
  keyOf,
  selectTarget,
  targetNames,
  type WrittenTargets,
} from './targets.ts'

/** What is wrong between targets: unknown names, circles, an engine that nobody gives, a default that does not exist. */
export function targetProblems(
  targets: WrittenTargets,
  asked: string | undefined,
  fallback: unknown,
  document: ConfigDocument,
  isUnresolved: (path: ConfigPath) => boolean,
): readonly Problem[] {
  return [
    ...extendsProblems(targets, document, isUnresolved),
    ...engineProblems(targets, document),
    ...keyProblems(targets, document, isUnresolved),
    ...selectionProblems(targets, asked, fallback, document, isUnresolved),
  ]
}

function extendsProblems(
  targets: WrittenTargets,
  document: ConfigDocument,
  isUnresolved: (path: ConfigPath) => boolean,
): readonly Problem[] {
  const problems: Problem[] = []
  const told = new Set<string>()
  for (const name of Object.keys(targets)) {
    const path = ['targets', name, 'extends']
    const parent = keyOf(targets, name, 'extends')
    if (typeof parent !== 'string' || isUnresolved(path) || told.has(name)) continue
    if (!Object.hasOwn(targets, parent)) {
      problems.push(document.problem(document.placeOf(path), unknownTarget(parent, targets, `${pathText(path)}: `)))
    } else if (isInCircle(targets, name)) {
      const circle = extendsChain(targets, name)
      for (const member of circle) told.add(member)
      problems.push(
        document.problem(document.placeOf(path), {
          message: `${pathText(path)}: targets extend each other in a circle: ${[...circle, name].join(' -> ')}`,
          hint: 'Take extends out of one of them.',
        }),
      )
    }
  }
  return problems
}

/** Tells of a target without an engine only where its chain is whole: what is wrong with the chain is told already. */
function engineProblems(targets: WrittenTargets, document: ConfigDocument): readonly Problem[] {
  return Object.keys(targets).flatMap(name => {
    const chain = extendsChain(targets, name)
    const isWhole = chain.every(member => isMapOfKeys(targets[member]))
    const endsInNone = keyOf(targets, chain.at(-1)!, 'extends') === undefined
    if (!isWhole || !endsInNone || inherited(targets, name, 'engine') !== undefined) return []
    return document.problem(document.placeOf(['targets', name, 'engine']), {
      message: `targets.${name}.engine: missing`,
      expected: oneOf(targetEngines),
      hint: 'Write engine: and one of these, or extends: and a target that says its engine.',
    })
  })
}

/** Keys of another engine, and what an engine cannot do without. */
function keyProblems(
  targets: WrittenTargets,
  document: ConfigDocument,
  isUnresolved: (path: ConfigPath) => boolean,
): readonly Problem[] {
  return Object.keys(targets).flatMap(name => {
    const engine = inherited(targets, name, 'engine')
    const own = targets[name]
    if (!isMapOfKeys(own) || !isEngine(engine)) return []
    const foreign = Object.keys(own).filter(key => {
      const known = enginesOfKey(key)
      return known.length > 0 && !known.includes(engine)
    })
    const problems = foreign.map(key => ofOtherEngine(name, key, engine, document))
    problems.push(...modelKeyProblems(name, own.models, engine, document))
    if (engine === 'bigquery') problems.push(...bigqueryProblems(targets, name, document, isUnresolved))
    if (engine === 'snowflake') problems.push(...snowflakeProblems(targets, name, document, isUnresolved))
    if (engine === 'duckdb') problems.push(...duckdbProblems(own, name, document))
    return problems
  })
}

/** Of the keys of a target, or of its `models`, those that its engine has. */
export function keysOfEngine(
  targets: WrittenTargets,
  [, name, section]: ConfigPath,
  keys: readonly string[],
): readonly string[] {
  const engine = inherited(targets, String(name), 'engine')
  if (!isEngine(engine)) return keys
  const enginesOf = section === undefined ? enginesOfKey : section === 'models' ? enginesOfModelKey : () => []
  return keys.filter(key => {
    const known = enginesOf(key)
    return known.length === 0 || known.includes(engine)
  })
}

/** Whether a path leads into a key that this engine has not, whose form is nobody's matter. */
export function isOfOtherEngine(targets: WrittenTargets, path: ConfigPath): boolean {
  if (path[0] !== 'targets') return false
  const depth = path[2] === 'models' ? 4 : 2
  return path.length > depth && keysOfEngine(targets, path.slice(0, depth), [String(path[depth])]).length === 0
}

function isEngine(engine: unknown): engine is TargetEngine {
  return targetEngines.some(known => known === engine)
}

/** Schemas are lower-case words there, as models are. */
function duckdbProblems(
  { schema }: Readonly<Record<string, unknown>>,
  name: string,
  document: ConfigDocument,
): readonly Problem[] {
  if (typeof schema !== 'string' || !/^(?=.*[A-Z])[A-Za-z][A-Za-z0-9_]*$/.test(schema)) return []
  const path = ['targets', name, 'schema']
  const message = `${pathText(path)}: "${schema}" is not a name of lower-case letters, digits and _`
  return [document.problem(document.placeOf(path), { message, suggestion: schema.toLowerCase() })]
}

function ofOtherEngine(name: string, key: string, engine: TargetEngine, document: ConfigDocument): Problem {
  const path = ['targets', name, key]
  const told = {
    message: `${pathText(path)}: is a key of ${enginesOfKey(key).join(' and ')}, and this target is of ${engine}`,
  }
  const hint = key === 'schema' && engine === 'bigquery' ? 'Write dataset: to name the datasets.' : 'Leave it out.'
  return document.problem(document.placeOfKey(path), { ...told, hint })
}

/** What is said of one model and is nothing to this engine. */
function modelKeyProblems(
  name: string,
  models: unknown,
  engine: TargetEngine,
  document: ConfigDocument,
): readonly Problem[] {
  if (!isMapOfKeys(models)) return []
  return Object.entries(models).flatMap(([model, said]) => {
    const foreign = Object.keys(isMapOfKeys(said) ? said : {}).filter(key => {
      const known = enginesOfModelKey(key)
      return known.length > 0 && !known.includes(engine)
    })
    return foreign.map(key => {
      const path = ['targets', name, 'models', model, key]
      const message = `${pathText(path)}: is a key of ${enginesOfModelKey(key).join(' and ')}, and this target is of ${engine}`
      return document.problem(document.placeOfKey(path), { message, hint: 'Leave it out.' })
    })
  })
}

function bigqueryProblems(
  targets: WrittenTargets,
  name: string,
  document: ConfigDocument,
  isUnresolved: (path: ConfigPath) => boolean,
): readonly Problem[] {
  const chain = extendsChain(targets, name)
  const isGiven = (key: string) =>
    inherited(targets, name, key) !== undefined || chain.some(member => isUnresolved(['targets', member, key]))
  const missing = neededByBigQuery.filter(key => !isGiven(key))
  const problems = missing.map(key =>
    document.problem(document.placeOf(['targets', name, key]), {
      message: `targets.${name}.${key}: missing`,
      expected: { project: "a project's id", location: 'EU, US or a region like europe-west3', dataset: 'a name' }[key],
      hint: `A BigQuery target needs project, location and dataset.`,
    }),
  )
  if (keyOf(targets, name, 'key_file') !== undefined && keyOf(targets, name, 'credentials') !== undefined) {
    problems.push(
      document.problem(document.placeOfKey(['targets', name, 'credentials']), {
        message: `targets.${name}: says key_file and credentials`,
        expected: 'one of them',
      }),
    )
  }
  return problems
}

function selectionProblems(
  targets: WrittenTargets,
  asked: string | undefined,
  fallback: unknown,
  document: ConfigDocument,
  isUnresolved: (path: ConfigPath) => boolean,
): readonly Problem[] {
  const problems: Problem[] = []
  const names = targetNames(targets)
  const path = ['default_target']
  if (typeof fallback === 'string' && !names.includes(fallback) && !isUnresolved(path)) {
    problems.push(document.problem(document.placeOf(path), unknownTarget(fallback, targets, 'default_target: ')))
  }
  if (asked !== undefined && !names.includes(asked)) {
    problems.push(
      document.problem(document.placeOfKey(['targets']), {
        ...unknownTarget(asked, targets, '--target: '),
        hint: 'Name one of these with --target, or add it under targets.',
      }),
    )
  }
  if (selectTarget(targets, asked, fallback) === undefined) {
    problems.push(
      document.problem(document.placeOf(path), {
        message: 'default_target: missing',
        expected: oneOf(names),
        hint: 'Write default_target: and a name, or name one with --target.',
      }),
    )
  }
  return problems
}

function unknownTarget(name: string, targets: WrittenTargets, subject: string): Told {
  const names = targetNames(targets)
  return { message: `${subject}unknown target ${name}`, expected: oneOf(names), suggestion: nearest(name, names) }
}

function isInCircle(targets: WrittenTargets, name: string): boolean {
  return keyOf(targets, extendsChain(targets, name).at(-1)!, 'extends') === name
}
