import type { Problem } from '../problems/problem.ts'
import type { ConfigDocument, ConfigPath } from './config-document.ts'
import { oneOf } from './schema-problems.ts'
import { besideSignIn, signInKeys } from './snowflake-keys.ts'
import { extendsChain, inherited, isMapOfKeys, keyOf, type WrittenTargets } from './targets.ts'

/** What is missing from a target in Snowflake, or does not go together in it. */
export function snowflakeProblems(
  targets: WrittenTargets,
  name: string,
  document: ConfigDocument,
  isUnresolved: (path: ConfigPath) => boolean,
): readonly Problem[] {
  const chain = extendsChain(targets, name)
  const isGiven = (key: string) =>
    inherited(targets, name, key) !== undefined || chain.some(member => isUnresolved(['targets', member, key]))
  const isOwn = (key: string) => keyOf(targets, name, key) !== undefined || isUnresolved(['targets', name, key])
  const at = (key: string) => document.placeOf(['targets', name, key])
  const problems: Problem[] = []
  const missing = (key: string, expected: string, hint: string) =>
    problems.push(document.problem(at(key), { message: `targets.${name}.${key}: missing`, expected, hint }))

  if (!isGiven('schema'))
    missing('schema', 'a name', 'The schemas begin with it, one for each layer: JOURNEYS_STAGING, JOURNEYS_KPIS …')
  if (!isGiven('database')) missing('database', 'a name', 'The tables stand in it.')
  if (!isGiven('connection')) {
    const hint =
      'A Snowflake target needs account, database and schema, or a connection of connections.toml and schema.'
    if (!isGiven('account')) missing('account', "an account's identifier, like acme-prod", hint)
    if (!isGiven('database')) missing('database', 'a name', hint)
    if (!signInKeys.some(isGiven)) {
      const told = { message: `targets.${name}: does not say how to sign in`, expected: oneOf(signInKeys) }
      problems.push(document.problem(document.placeOf(['targets', name]), told))
    }
    const ofUser = ['private_key', 'private_key_file', 'password'].find(isGiven)
    if (ofUser !== undefined && !isGiven('user')) missing('user', 'a name', `${ofUser} is of a user.`)
  }

  const ways = signInKeys.filter(isOwn)
  if (ways.length > 1) {
    const told = { message: `targets.${name}: says ${ways.join(' and ')}`, expected: 'one way to sign in' }
    problems.push(document.problem(document.placeOfKey(['targets', name, ways[1]!]), told))
  }
  for (const [key, owners] of Object.entries(besideSignIn)) {
    if (!isOwn(key) || owners.some(isGiven)) continue
    const told = { message: `targets.${name}.${key}: belongs to ${owners.join(' or ')}, which the target does not say` }
    problems.push(document.problem(document.placeOfKey(['targets', name, key]), told))
  }
  return [...problems, ...retentionProblems(targets, name, document), ...budgetProblems(targets, name, document)]
}

/** A transient table keeps its past for a day at most. What both come from another target is that one's problem. */
function retentionProblems(targets: WrittenTargets, name: string, document: ConfigDocument): readonly Problem[] {
  if (inherited(targets, name, 'transient') === false) return []
  const isSaid = (key: string) => keyOf(targets, name, key) !== undefined
  const found = (key: string) => (isSaid(key) || isSaid('transient') ? inherited(targets, name, key) : undefined)
  const models = found('models')
  const said: readonly (readonly [keys: readonly string[], days: unknown])[] = [
    [['retention_days'], found('retention_days')],
    ...Object.entries(isMapOfKeys(models) ? models : {}).map(
      ([model, own]) =>
        [['models', model, 'retention_days'], isMapOfKeys(own) ? own.retention_days : undefined] as const,
    ),
  ]
  return said.flatMap(([keys, days]) => {
    if (typeof days !== 'number' || days <= 1) return []
    const path = ['targets', name, ...keys]
    const message = `${path.join('.')}: a transient table keeps its past for one day at most`
    const place = isSaid(keys[0]!) ? document.placeOf(path) : document.placeOfKey(['targets', name, 'transient'])
    return document.problem(place, { message, hint: 'Write transient: false, or retention_days: 1.' })
  })
}

/** What a statement costs in dollars, Snowflake does not say before it runs. */
function budgetProblems(targets: WrittenTargets, name: string, document: ConfigDocument): readonly Problem[] {
  const budget = keyOf(targets, name, 'budget')
  if (!isMapOfKeys(budget) || budget.usd === undefined) return []
  const path = ['targets', name, 'budget', 'usd']
  const message = `${path.join('.')}: a warehouse is paid by the time that it is awake, which is not known before it runs`
  return [document.problem(document.placeOfKey(path), { message, expected: 'bytes: what queries may scan' })]
}
