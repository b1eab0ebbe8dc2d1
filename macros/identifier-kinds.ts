import { ConfigMistakes, type Mistake } from 'throughline'
import type { NamedIdentifier } from './identifiers'

/** Kinds of identifier that the stock systems tell, the strongest first. */
export const stockKinds = [
  'user_id',
  'email',
  'phone',
  'crm_id',
  'support_id',
  'device_id',
  'cookie_id',
  'order_id',
] as const

/** Where `identity` names kinds. */
interface KindRules {
  readonly strength: readonly string[]
  readonly one_person_per: string
  readonly links: 'all' | readonly (readonly string[])[]
  readonly limits: readonly { readonly for_one: string; readonly of: string }[]
  readonly blocked: Readonly<Record<string, unknown>>
  readonly merge: readonly (readonly NamedIdentifier[])[]
  readonly keep_apart: readonly (readonly NamedIdentifier[])[]
}

interface NamedKind {
  readonly kind: string
  /** Within `identity`. */
  readonly path: Mistake['path']
}

/** `one_person_per` where no kind is: whatever links connect is one person. */
const noKind = 'none'

/**
 * The kinds that identity counts on some system to tell: those of the company's own in `strength`, and that of `one_person_per` where the config chose it.
 * Refuses every other kind that neither is a stock one nor stands in `strength`: misspelt, it would be a rule for nothing.
 */
export function expectedKinds(rules: KindRules): readonly string[] {
  const known = [...new Set([...stockKinds, ...rules.strength])]
  const mistakes = [
    ...unknownKinds([{ kind: rules.one_person_per, path: ['one_person_per'] }], [...known, noKind]),
    ...unknownKinds(kindsOfRules(rules), known),
  ]
  if (mistakes.length > 0) throw new ConfigMistakes(mistakes)
  const own = rules.strength.filter(kind => !(stockKinds as readonly string[]).includes(kind))
  const isChosen = ![noKind, 'user_id'].includes(rules.one_person_per)
  return [...new Set([...own, ...(isChosen ? [rules.one_person_per] : [])])]
}

function kindsOfRules({ links, limits, blocked, merge, keep_apart }: KindRules): readonly NamedKind[] {
  const byHand = (groups: KindRules['merge'], key: string) =>
    groups.flatMap((group, at) => group.map(({ kind }, index) => ({ kind, path: [key, at, index, kind] })))
  return [
    ...(links === 'all' ? [] : links).flatMap((pair, at) =>
      pair.map((kind, end) => ({ kind, path: ['links', at, end] })),
    ),
    ...limits.flatMap((limit, at) =>
      (['for_one', 'of'] as const).map(key => ({ kind: limit[key], path: ['limits', at, key] })),
    ),
    ...Object.keys(blocked).map(kind => ({ kind, path: ['blocked', kind] })),
    ...byHand(merge, 'merge'),
    ...byHand(keep_apart, 'keep_apart'),
  ]
}

function unknownKinds(named: readonly NamedKind[], known: readonly string[]): readonly Mistake[] {
  return named
    .filter(({ kind }) => !known.includes(kind))
    .map(({ kind, path }) => ({
      path: ['identity', ...path],
      message: `there is no kind of identifier ${kind}`,
      unknown: { word: kind, known },
      hint: 'A kind of your own, which a system of yours tells, stands in identity.strength.',
    }))
}
