import type { CompiledProject } from '../compile/compiled.ts'
import { ownSchemas } from '../compile/naming.ts'
import type { Config } from '../config/load-config.ts'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import type { Project } from '../project/project.ts'

/** What a target says of layers, models and classes of columns that the project does not have. */
export function targetProblems(config: Config, project: Project, compiled: CompiledProject): readonly Problem[] {
  return [
    ...placeProblems(config, project),
    ...modelProblems(config, project),
    ...policyTagProblems(config, project, compiled),
  ]
}

/** Datasets or schemas that are named for what is no layer. */
function placeProblems({ target, problem }: Config, { models }: Project): readonly Problem[] {
  if (target.engine === 'duckdb') return []
  const [key, named] =
    target.engine === 'bigquery' ? (['datasets', target.datasets] as const) : (['schemas', target.schemas] as const)
  const layers = [...new Set([...[...models.values()].map(({ layer }) => layer), ...ownSchemas])]
  const unknown = Object.keys(named).filter(layer => !layers.includes(layer))
  return unknown.map(layer =>
    problem(['targets', target.name, key, layer], {
      message: `targets.${target.name}.${key}: there is no layer ${layer}`,
      expected: layers.join(', '),
      suggestion: nearest(layer, layers),
    }),
  )
}

/** Models that are not there, or that have no statement of their own. */
function modelProblems({ target, problem }: Config, { models }: Project): readonly Problem[] {
  const said = 'models' in target ? Object.keys(target.models) : []
  const ofTables = [...models].flatMap(([name, { value }]) => (value.build.kind === 'inline' ? [] : [name]))
  return said.flatMap(name => {
    if (ofTables.includes(name)) return []
    const path = ['targets', target.name, 'models', name]
    if (models.has(name)) {
      const message = `${path.join('.')}: it is inline, and has no statement of its own`
      return problem(path, { message, hint: 'Say it of the models that read it.' })
    }
    const message = `targets.${target.name}.models: there is no model ${name}`
    return problem(path, { message, suggestion: nearest(name, ofTables) })
  })
}

/** Tags of classes that no column is of, and those of another place, which BigQuery refuses: https://cloud.google.com/bigquery/docs/column-level-security-intro#limitations */
function policyTagProblems(
  { target, problem }: Config,
  { models }: Project,
  { sourceTables }: CompiledProject,
): readonly Problem[] {
  if (target.engine !== 'bigquery') return []
  const contracts = [...[...models.values()].map(({ value }) => value), ...sourceTables.values()]
  const classes = new Set(
    contracts.flatMap(({ columns }) => Object.values(columns).map(({ classification }) => classification)),
  )
  const known = [...classes].filter(each => each !== undefined).sort()
  return Object.entries(target.policyTags).flatMap(([of, tag]) => {
    const path = ['targets', target.name, 'policy_tags', of]
    if (!classes.has(of)) {
      const expected = known.length === 0 ? undefined : known.join(', ')
      const message = `targets.${target.name}.policy_tags: no column is classified as ${of}`
      return problem(path, { message, expected, suggestion: nearest(of, known) })
    }
    const place = /\/locations\/([^/]+)\//.exec(tag)?.[1] ?? ''
    if (place.toLowerCase() === target.location.toLowerCase()) return []
    const message = `${path.join('.')}: is a tag of ${place}, and the target's datasets are in ${target.location}`
    return problem(path, { message, hint: `Name a tag of a taxonomy in ${target.location}.` })
  })
}
