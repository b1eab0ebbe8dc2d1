import { ConfigMistakes, type Mistake } from 'throughline'
import { type IdentifierRules, type NamedIdentifier, normalised, whyBlocked } from './identifiers'

interface RulesByHand extends IdentifierRules {
  readonly merge: readonly (readonly NamedIdentifier[])[]
  readonly keep_apart: readonly (readonly NamedIdentifier[])[]
}

/** Two identifiers, normalised, of which the config says what they are to each other. */
export interface LinkByHand {
  readonly a: NamedIdentifier
  readonly b: NamedIdentifier
  readonly decision: 'merge' | 'keep_apart'
}

/** Every two that the config merges, directly or by a third, and every two that it keeps apart; refuses what cannot both be. */
export function linksByHand(rules: RulesByHand): readonly LinkByHand[] {
  const inOneWay = (groups: RulesByHand['merge']) =>
    groups.map(group => group.map(identifier => normalised(identifier, rules)))
  const [merges, separations] = [inOneWay(rules.merge), inOneWay(rules.keep_apart)]
  const people = joined(merges)
  const mistakes = [
    ...merges.flatMap((group, index) => wrongGroup(group, ['identity', 'merge', index], rules)),
    ...separations.flatMap((group, index) => [
      ...wrongGroup(group, ['identity', 'keep_apart', index], rules),
      ...mergedToo(group, ['identity', 'keep_apart', index], people),
    ]),
  ]
  if (mistakes.length > 0) throw new ConfigMistakes(mistakes)
  return [
    ...everyTwo(people).map(pair => ({ ...pair, decision: 'merge' as const })),
    ...everyTwo(separations).map(pair => ({ ...pair, decision: 'keep_apart' as const })),
  ]
}

const keyOf = ({ kind, value }: NamedIdentifier): string => `${kind}:${value}`
const told = ({ kind, value }: NamedIdentifier): string => `${kind} ${value}`

/** Groups with a member in common are one group. */
function joined(groups: readonly (readonly NamedIdentifier[])[]): readonly (readonly NamedIdentifier[])[] {
  const result: Map<string, NamedIdentifier>[] = []
  for (const group of groups) {
    const members = new Map(group.map(identifier => [keyOf(identifier), identifier]))
    for (let index = result.length - 1; index >= 0; index--) {
      if (![...result[index]!.keys()].some(key => members.has(key))) continue
      for (const [key, identifier] of result.splice(index, 1)[0]!) members.set(key, identifier)
    }
    result.push(members)
  }
  return result.map(members => [...members.values()])
}

function everyTwo(groups: readonly (readonly NamedIdentifier[])[]) {
  const pairs = new Map<string, { readonly a: NamedIdentifier; readonly b: NamedIdentifier }>()
  for (const group of groups) {
    for (const one of group) {
      for (const other of group) {
        if (keyOf(one) < keyOf(other)) pairs.set(JSON.stringify([keyOf(one), keyOf(other)]), { a: one, b: other })
      }
    }
  }
  return [...pairs.values()]
}

function wrongGroup(
  group: readonly NamedIdentifier[],
  path: readonly (string | number)[],
  rules: IdentifierRules,
): readonly Mistake[] {
  return group.flatMap((identifier, index): Mistake[] => {
    const at = [...path, index, identifier.kind]
    const why = whyBlocked(identifier, rules)
    if (why !== undefined) {
      const hint =
        why === 'not a phone number' && rules.phone_country === undefined
          ? { hint: 'Write it in quotes with + and the calling code, as "+491512345678", or say the phone_country.' }
          : {}
      return [{ path: at, message: `${identifier.value} identifies nobody: ${why}`, ...hint }]
    }
    const isRepeated = group.findIndex(other => keyOf(other) === keyOf(identifier)) < index
    return isRepeated ? [{ path: at, message: `${identifier.value} stands there twice` }] : []
  })
}

function mergedToo(
  group: readonly NamedIdentifier[],
  path: readonly (string | number)[],
  people: readonly (readonly NamedIdentifier[])[],
): readonly Mistake[] {
  const personOf = (identifier: NamedIdentifier) =>
    people.findIndex(members => members.some(member => keyOf(member) === keyOf(identifier)))
  return everyTwo([group]).flatMap(({ a, b }): Mistake[] => {
    if (personOf(a) < 0 || personOf(a) !== personOf(b)) return []
    const message = `keeps apart ${told(a)} and ${told(b)}, which identity.merge makes one person`
    return [{ path, message, hint: 'Take them out of one of the two.' }]
  })
}
