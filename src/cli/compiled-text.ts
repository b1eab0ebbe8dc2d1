import type { CompiledModel } from '../compile/compiled.ts'

/** The SQL of a model for a person to read; undefined for a seed, which has none. */
export function compiledText({ materialization, query, authored, fixpoint }: CompiledModel): string | undefined {
  const own = materialization === 'inline' ? authored : query
  if (own === undefined) return undefined
  if (fixpoint === undefined) return `${own.text}\n`
  const parts = (['start', 'step'] as const).flatMap(part =>
    fixpoint[part].map(({ table, query: { text } }) => `-- ${part}: ${table}\n${text};\n`),
  )
  const until = `-- step again until ${fixpoint.until} is empty, at most ${fixpoint.maximumRounds} times; then:\n`
  return [...parts, `${until}${own.text};\n`].join('\n')
}
