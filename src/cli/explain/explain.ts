import type { Row, Section } from '../../authoring/explanation.ts'
import type { CompiledExplanation, Query } from '../../compile/compiled.ts'
import type { Dialect } from '../../compile/dialect/dialect.ts'
import { saysOrder } from '../../compile/portable/row-order.ts'
import { problemInFile, problemsOfThrown } from '../../compile/thrown-problem.ts'
import { type Problem, ProblemsError } from '../../problems/problem.ts'
import { type Session, WarehouseError } from '../../warehouse/warehouse.ts'

/** What there is to say of one id. */
export interface Explained {
  readonly id: string
  readonly sections: readonly Section[]
  /** Of each query. */
  readonly rows: Readonly<Record<string, readonly Row[]>>
}

/** Letters of an id that are enough to look for the rest. */
const shortestPrefix = 6
const toldIds = 10

/** Explains the id, or the only one that begins so. Throws `ProblemsError` where there is none, or several. */
export async function explain(
  explanation: CompiledExplanation,
  asked: string,
  session: Session,
  dialect: Dialect,
): Promise<Explained> {
  const exact = await explainedAs(explanation, asked, session)
  if (exact !== undefined) return exact
  const ids = await idsBeginning(explanation, asked, session, dialect)
  const [only, ...others] = ids
  const { takes } = explanation.explanation.value
  if (only === undefined) throw notFound(explanation, asked)
  if (others.length > 0) {
    const more = ids.length > toldIds ? ', and more' : ''
    const message = `several of ${takes} begin with '${asked}': ${ids.slice(0, toldIds).join(', ')}${more}`
    throw new ProblemsError([{ kind: 'data', message, hint: 'write more of it' }])
  }
  const found = await explainedAs(explanation, only, session)
  if (found === undefined) throw notFound(explanation, only)
  return found
}

async function explainedAs(
  explanation: CompiledExplanation,
  id: string,
  session: Session,
): Promise<Explained | undefined> {
  const rows: Record<string, readonly Row[]> = {}
  for (const { key, query, authored } of explanation.queriesFor(id)) {
    rows[key] = await reading(explanation, async () => {
      if (saysOrder(authored.text)) return session.query(query.text)
      const columns = await session.describe(query.text)
      return session.query(ordered(query, columns.length))
    })
  }
  const sections = told(explanation, rows)
  return sections.length === 0 ? undefined : { id, sections, rows }
}

/** Rows in order of their columns, from the first to the last, where the query itself says none: the same rows are told in the same way. */
function ordered({ text }: Query, columnCount: number): string {
  const places = Array.from({ length: columnCount }, (_, index) => `${index + 1} nulls last`)
  return `select * from (\n${text}\n) as tl_rows order by ${places.join(', ')}`
}

function told({ explanation }: CompiledExplanation, rows: Explained['rows']): readonly Section[] {
  let sections: unknown
  try {
    sections = explanation.value.tell(rows)
  } catch (error) {
    throw new ProblemsError(problemsOfThrown(error, explanation, undefined), { cause: error })
  }
  if (areSections(sections)) return sections
  const message = `the tell of ${explanation.name} gives no sections`
  const hint = "write tell: rows => [{ heading: '…', lines: ['…'] }]"
  throw new ProblemsError([problemInFile({ name: 'tell', file: explanation.file }, message, hint)])
}

function areSections(value: unknown): value is readonly Section[] {
  const isSection = (each: unknown) => {
    const { heading, lines } = (each ?? {}) as Partial<Section>
    return typeof heading === 'string' && Array.isArray(lines) && lines.every(line => typeof line === 'string')
  }
  return Array.isArray(value) && value.every(isSection)
}

async function idsBeginning(
  explanation: CompiledExplanation,
  asked: string,
  session: Session,
  dialect: Dialect,
): Promise<readonly string[]> {
  const { ids } = explanation
  const length = [...asked].length
  if (ids === undefined || length < shortestPrefix) return []
  const beginning = `substr(i.id, 1, ${length}) = ${dialect.text(asked)}`
  const statement = `select distinct i.id as id from (\n${ids.query.text}\n) as i where ${beginning} order by 1 limit ${toldIds + 1}`
  const rows = await reading(explanation, () => session.query(statement))
  return rows.map(({ id }) => String(id))
}

/** A table of an earlier contract may lack what is asked of it. */
async function reading<T>({ name }: CompiledExplanation, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error
    const message = `'${name}' cannot be explained from the tables as they stand: ${error.message}`
    const hint = 'they may be of an earlier version of the models: throughline build builds them anew'
    throw new ProblemsError([{ kind: 'warehouse', message, hint }], { cause: error })
  }
}

function notFound({ name, ids, explanation }: CompiledExplanation, asked: string): ProblemsError {
  const { takes } = explanation.value
  const problem: Problem = { kind: 'data', message: `there is no ${name} with the ${takes} '${asked}'` }
  const hint = `the first ${shortestPrefix} characters of a ${takes} are enough, where no other begins so`
  return new ProblemsError([ids === undefined ? problem : { ...problem, hint }])
}
