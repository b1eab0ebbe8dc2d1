import type { AnyColumn, ColumnRule, TestOptions } from '../authoring/column.ts'
import { type Model, ownerOf } from '../authoring/model.ts'
import type { Sql } from '../authoring/sql.ts'
import type { NamedModel } from '../project/project.ts'
import type { CompiledModel, CompiledTest, Query, TableName } from './compiled.ts'
import { type Dialect, literal } from './dialect/dialect.ts'
import { readPath } from './naming.ts'

interface TestContext {
  readonly owner: (model: Model) => string | undefined
  readonly render: (sql: Sql, self: string) => Query
  readonly dialect: Dialect
}

/** The data tests of a model: its grain and contract first, then those of columns, then those of the model, in the author's order. */
export function compileTests(named: NamedModel, context: TestContext): readonly CompiledTest[] {
  const { name, value } = named
  const tests: CompiledTest[] = []
  if (value.grain.length > 0) tests.push(unique(name, value.grain, {}, context))
  for (const [column, declared] of Object.entries(value.columns)) {
    if (!declared.isNullable || value.grain.includes(column)) {
      tests.push(rowTest(name, column, { kind: 'not_null' }, {}, context))
    }
    for (const { rule, options } of declared.tests) tests.push(columnTest(name, column, rule, options, context))
  }
  for (const columns of value.tests.unique ?? []) tests.push(unique(name, columns, {}, context))
  for (const [says, test] of Object.entries(value.tests.always ?? {})) {
    const { holds, ...options } = 'holds' in test ? test : { holds: test }
    const where = whereOf(options, context)
    tests.push({
      name: `always_${name}_${slug(says)}`,
      says,
      kind: 'always',
      options,
      column: undefined,
      holds: context.render(holds, name),
      where,
    })
  }
  for (const [says, test] of Object.entries(value.tests.never ?? {})) {
    const { rows, ...options } = typeof test === 'function' ? { rows: test } : test
    const render = (self: TableName) => context.render(rows({ kind: 'self' }), readPath(self))
    render({ schema: 's', name })
    tests.push({
      name: `never_${name}_${slug(says)}`,
      says,
      kind: 'never',
      options,
      column: undefined,
      rows: render,
    })
  }
  return tests
}

/**
 * The same models with names of tests that are unique in the project: a rule that stands twice on one column (with another `where`, say), or
 * in two models whose names and columns read alike, has a number in its second name.
 */
export function withDistinctTestNames(models: readonly CompiledModel[]): readonly CompiledModel[] {
  const taken = new Set<string>()
  const named = (test: CompiledTest): CompiledTest => {
    let { name } = test
    for (let number = 2; taken.has(name); number++) name = `${test.name}_${number}`
    taken.add(name)
    return name === test.name ? test : { ...test, name }
  }
  return models.map(model => ({ ...model, tests: model.tests.map(named) }))
}

function columnTest(
  model: string,
  column: string,
  rule: ColumnRule,
  options: TestOptions,
  context: TestContext,
): CompiledTest {
  if (rule.kind === 'unique') return unique(model, [column], options, context)
  if (rule.kind !== 'references') return rowTest(model, column, rule, options, context)
  const { name: to, column: toColumn } = referred(rule.to, context)
  return {
    name: `references_${model}_${column}`,
    says: `${column} stands in ${to}.${toColumn}`,
    kind: 'references',
    options,
    column,
    to,
    toColumn,
    where: whereOf(options, context),
  }
}

function referred(column: AnyColumn, context: TestContext): { name: string; column: string } {
  const model = ownerOf(column)
  const name = model && context.owner(model)
  const found = model && Object.entries(model.columns).find(([, own]) => own === column)
  if (name === undefined || found === undefined)
    throw new Error('references(…) takes a column of a model of the project, like people.columns.person_id')
  return { name, column: found[0] }
}

function unique(model: string, columns: readonly string[], options: TestOptions, context: TestContext): CompiledTest {
  return {
    name: `unique_${model}_${columns.join('_')}`,
    says: `${columns.join(', ')} ${columns.length === 1 ? 'is' : 'are together'} unique`,
    kind: 'unique',
    options,
    column: columns.length === 1 ? columns[0] : undefined,
    columns,
    where: whereOf(options, context),
  }
}

type RowRule = Exclude<ColumnRule, { readonly kind: 'unique' | 'references' }>

function rowTest(
  model: string,
  column: string,
  rule: RowRule,
  options: TestOptions,
  context: TestContext,
): CompiledTest {
  const { holds, says } = rowCondition(column, rule, context.dialect)
  const bound = rule.kind === 'at_least' || rule.kind === 'at_most' ? [rule.bound] : []
  return {
    name: `${rule.kind}_${model}_${column}`,
    says,
    kind: rule.kind,
    options,
    column,
    holds: { text: holds, segments: [] },
    where: whereOf(options, context),
    values: rule.kind === 'one_of' ? rule.values : rule.kind === 'matches' ? [rule.pattern] : bound,
  }
}

function rowCondition(column: string, rule: RowRule, dialect: Dialect): { holds: string; says: string } {
  switch (rule.kind) {
    case 'not_null':
      return { holds: `${column} is not null`, says: `${column} is not null` }
    case 'one_of': {
      const allowed = rule.values.map(value => literal(dialect, value)).join(', ')
      return { holds: `${column} in (${allowed})`, says: `${column} is one of ${rule.values.join(', ')}` }
    }
    case 'at_least':
      return { holds: `${column} >= ${literal(dialect, rule.bound)}`, says: `${column} is at least ${rule.bound}` }
    case 'at_most':
      return { holds: `${column} <= ${literal(dialect, rule.bound)}`, says: `${column} is at most ${rule.bound}` }
    case 'matches': {
      const pattern = literal(dialect, rule.pattern)
      const matches = {
        duckdb: `regexp_matches(${column}, ${pattern})`,
        bigquery: `regexp_contains(${column}, ${pattern})`,
        snowflake: `regexp_instr(${column}, ${pattern}) > 0`,
      }
      return { holds: matches[dialect.engine], says: `${column} matches ${rule.pattern}` }
    }
  }
}

function whereOf(options: TestOptions, context: TestContext): Query | undefined {
  return options.where === undefined ? undefined : context.render(options.where, '')
}

function slug(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')
    .slice(0, 60)
}
