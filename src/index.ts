/** What a model, source, macro or test of a project may import. */
export { z } from 'zod'
export type { Column, Columns, Field, RowOf, TestOptions } from './authoring/column.ts'
export {
  boolean,
  date,
  integer,
  json,
  key,
  list,
  localTimestamp,
  number,
  real,
  record,
  references,
  text,
  timestamp,
} from './authoring/column-words.ts'
export { ConfigMistakes, type Mistake } from './authoring/config-mistakes.ts'
export { type Definition, definition } from './authoring/definition.ts'
export { explanation, type Row, type Section } from './authoring/explanation.ts'
export { type Location, locationIn, shardedIn } from './authoring/location.ts'
export { type Argument, type MacroCall, type MacroFunction, macro } from './authoring/macro.ts'
export { fixpoint, type Model, model, seed } from './authoring/model.ts'
export type { Lacking, RawSample, Recognized, SampledColumn } from './authoring/recognize.ts'
export { type Relation, unionOf } from './authoring/relation.ts'
export { rows } from './authoring/rows.ts'
export { type Shape, shape } from './authoring/shape.ts'
export { type Source, type SourceTable, source } from './authoring/source.ts'
export {
  day,
  decimal,
  identifier,
  instant,
  join,
  nothing,
  type Sql,
  type SqlFragment,
  type SqlPart,
  type SqlValue,
  sql,
  type,
  values,
  when,
} from './authoring/sql.ts'
export { dataTest, defined, given, givenRaw, unitTest } from './authoring/tests.ts'
export { type LandedSettings, landedTables } from './config/landed-tables.ts'
export { duration, identifierName, rate, size, timezone } from './config/values.ts'
