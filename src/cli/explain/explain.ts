import type { Row, Section } from '../../authoring/explanation.ts'
import type { CompiledExplanation, Query } from '../../compile/compiled.ts'
import type { Dialect } from '../../compile/dialect/dialect.ts'
import { saysOrder } from '../../compile/portable/row-order.ts'
import { problemInFile, problemsOfThrown } from '../../compile/thrown-problem.ts'
import { ProblemsError } from '../../problems/problem.ts'
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

/** Explains the id, or the only one that is named or begins so. Throws `ProblemsError` where there is none, or several. */
export async function explain(
  explanation: CompiledExplanation,
  asked: string,
  session: Session,
  dialect: Dialect,
): Promise<Explained> {
  const exact = await explainedAs(explanation, asked, session)
  if (exact !== undefined) return exact
  const id = (await idNamed(explanation, asked, session)) ?? (await idBeginning(explanation, asked, session, dialect))
  const found = id === undefined ? undefined : await explainedAs(explanation, id, session)
  if (found === undefined) throw await notFound(explanation, id ?? asked, session)
  return found
}

/** The only id of what the text names. */
async function idNamed(explanation: CompiledExplanation, asked: string, session: Session): Promise<string | undefined> {
  const query = explanation.namedFor(asked)
  if (query === undefined) return undefined
  const rows = await reading(explanation, () =>
    session.query(
      `select n.id as id, min(n.name) as name from (\n${query.query.text}\n) as n group by n.id order by 1`,
    ),
  )
  const { takes } = explanation.explanation.value
  const names = rows.map(({ id, name }) => `${id} (${name})`)
  return onlyOne(rows, names, `several of ${takes} are named '${asked}'`, `write the ${takes} of one of them`)
}

/** The only id that begins so. */
async function idBeginning(
  explanation: CompiledExplanation,
  asked: string,
  session: Session,
  dialect: Dialect,
): Promise<string | undefined> {
  const { ids } = explanation
  const length = [...asked].length
  if (ids === undefined || length < shortestPrefix) return undefined
  const beginning = `substr(i.id, 1, ${length}) = ${dialect.text(asked)}`
  const statement = `select distinct i.id as id from (\n${ids.query.text}\n) as i where ${beginning} order by 1 limit ${toldIds + 1}`
  const rows = await reading(explanation, () => session.query(statement))
  const { takes } = explanation.explanation.value
  const names = rows.map(({ id }) => String(id))
  return onlyOne(rows, names, `several of ${takes} begin with '${asked}'`, 'write more of it')
}

/** The id of the only row; undefined where there is none. Throws `ProblemsError` where there are several. */
function onlyOne(rows: readonly Row[], names: readonly string[], several: string, hint: string): string | undefined {
  if (rows.length > 1) {
    const more = rows.length > toldIds ? ', and more' : ''
    const message = `${several}: ${names.slice(0, toldIds).join(', ')}${more}`
    throw new ProblemsError([{ kind: 'data', message, hint }])
  }
  return rows[0] === undefined ? undefined : String(rows[0].id)
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

async function notFound(explanation: CompiledExplanation, asked: string, session: Session): Promise<ProblemsError> {
  const { name, ids } = explanation
  const { takes, named } = explanation.explanation.value
  const what = named === undefined ? takes : `${takes} or ${named.by}`
  const message = `there is no ${name} with the ${what} '${asked}'`
  const without = await namedWithout(explanation, asked, session)
  if (without.length > 0) return new ProblemsError([{ kind: 'data', message: `${message}: ${without.join('; ')}` }])
  const hint = `the first ${shortestPrefix} characters of the ${takes} are enough, where no other begins so`
  return new ProblemsError([ids === undefined ? { kind: 'data', message } : { kind: 'data', message, hint }])
}

/** What the text names that has no id, each with the reason. */
async function namedWithout(
  explanation: CompiledExplanation,
  asked: string,
  session: Session,
): Promise<readonly string[]> {
  const query = explanation.withoutFor(asked)
  if (query === undefined) return []
  const statement = `select distinct w.name, w.because from (\n${query.query.text}\n) as w order by 1, 2 limit ${toldIds}`
  const rows = await reading(explanation, () => session.query(statement))
  return rows.map(({ name, because }) => `${name} ${because}`)
}
