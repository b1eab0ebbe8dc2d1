import type { CompiledModel } from '../../compile/compiled.ts'
import { snowflake } from '../../compile/dialect/snowflake.ts'
import { clusterClause } from './layout.ts'
import type { SnowflakeSettings } from './settings.ts'

export type TableSettings = Pick<SnowflakeSettings, 'transient' | 'retentionDays' | 'tags' | 'models'>

/** The table of a model, made anew in the place of one of its name, with what its readers were granted. */
export function createModelTable(model: CompiledModel, path: string, settings: TableSettings, rows: string): string {
  const columns = Object.entries(model.columns).map(([name, { type }]) => `  ${name} ${snowflake.type(type)}`)
  const retention = settings.models[model.name]?.retentionDays ?? settings.retentionDays
  const clauses = [
    clusterClause(model),
    retention === undefined ? '' : `data_retention_time_in_days = ${retention}\n`,
    'copy grants\n',
    `comment = ${snowflake.text(model.model.value.description)}\n`,
    tagClause(settings.tags),
  ]
  return `create or replace ${kindOf(settings)} ${path} (\n${columns.join(',\n')}\n)\n${clauses.join('')}as\n${rows}`
}

/** The view of a model, in the place of one of its name, with what its readers were granted. */
export function createModelView(model: CompiledModel, path: string, { tags }: TableSettings): string {
  const columns = Object.entries(model.columns).map(
    ([name, { description }]) => `  ${name} comment ${snowflake.text(description)}`,
  )
  const comment = snowflake.text(model.model.value.description)
  return `create or replace view ${path} (\n${columns.join(',\n')}\n)\ncopy grants\ncomment = ${comment}\n${tagClause(tags)}as\n${model.query!.text}`
}

/** `table` or `transient table` */
export function kindOf({ transient }: Pick<TableSettings, 'transient'>): string {
  return transient ? 'transient table' : 'table'
}

/** `with tag (governance.team = 'growth')`; empty where there are none. */
export function tagClause(tags: TableSettings['tags']): string {
  const pairs = Object.entries(tags).map(([tag, value]) => `${tag} = ${snowflake.text(value)}`)
  return pairs.length === 0 ? '' : `with tag (${pairs.join(', ')})\n`
}
