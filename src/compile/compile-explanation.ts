import type { Explanation } from '../authoring/explanation.ts'
import type { Given, Uses } from '../authoring/model.ts'
import type { Sql } from '../authoring/sql.ts'
import { ProblemsError } from '../problems/problem.ts'
import type { Named } from '../project/project.ts'
import type { CompiledExplanation, ReadingQuery } from './compiled.ts'
import { problemsOfThrown } from './thrown-problem.ts'

/** What an explanation is compiled with: the values of what it uses, and the rendering of its SQL. */
export interface ExplanationContext {
  given(uses: Uses): Given
  render(sql: Sql): ReadingQuery
}

/** Any id: what queries read does not depend on which it is. */
const someId = 'tl_id'

/** Throws what the explanation's own code throws. */
export function compileExplanation(explanation: Named<Explanation>, context: ExplanationContext): CompiledExplanation {
  const { name, value } = explanation
  const given = context.given(value.uses)
  const queriesFor = (id: string) =>
    Object.entries(value.queries(id, given)).map(([key, sql]) => ({ key, ...context.render(sql) }))
  const queries = queriesFor(someId)
  const ids = value.ids && context.render(value.ids())
  const namedFor = (text: string) => value.named && context.render(value.named.ids(text, given))
  const named = namedFor(someId)
  const withoutFor = (text: string) => value.named?.without && context.render(value.named.without(text, given))
  const without = withoutFor(someId)
  const all = [...queries, ...[ids, named, without].filter(query => query !== undefined)]
  const united = (part: 'parents' | 'sourceTables') => [...new Set(all.flatMap(query => query[part]))].sort()
  const telling = <T>(work: () => T): T => {
    try {
      return work()
    } catch (error) {
      throw new ProblemsError(problemsOfThrown(error, explanation, undefined), { cause: error })
    }
  }
  return {
    name,
    explanation,
    queries,
    queriesFor: id => telling(() => queriesFor(id)),
    ids,
    named,
    namedFor: text => telling(() => namedFor(text)),
    without,
    withoutFor: text => telling(() => withoutFor(text)),
    parents: united('parents'),
    sourceTables: united('sourceTables'),
  }
}
