// Loads, compiles and checks a project with the engine as it is published, and prints what each step took: node measure-loading.mjs <engine> <project> <cache> <steps>
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [engineFolder, project, cacheFile, steps] = process.argv.slice(2)
const engineFile = file => import(pathToFileURL(join(engineFolder, file)).href)

async function measured(work) {
  const wall = performance.now()
  const before = process.cpuUsage()
  const value = await work()
  const { user, system } = process.cpuUsage(before)
  return { value, cpuSeconds: (user + system) / 1e6, wallSeconds: (performance.now() - wall) / 1000 }
}

const engine = await engineFile('index.js')
const { loadProject } = await engineFile('project/load-project.js')
const { StrippedCache } = await engineFile('project/strip-types.js')

const told = {}
const tell = (step, { cpuSeconds, wallSeconds }) => {
  told[step] = { cpuSeconds, wallSeconds }
}

const loaded = await measured(() => {
  const cache = new StrippedCache(cacheFile)
  const loading = loadProject([project], engine, cache.strip)
  cache.save()
  return loading
})
if (loaded.value.problems.length > 0) throw new Error(loaded.value.problems[0].message)
tell('load', loaded)

if (steps !== 'load') {
  const { compileProject } = await engineFile('compile/compile-project.js')
  const { duckdb } = await engineFile('compile/dialect/duckdb.js')
  const { naming } = await engineFile('compile/naming.js')
  const clock = { startedAt: '2026-06-01 12:00:00', exclude: [], definitions: {}, sources: {} }
  const input = { project: loaded.value.project, dialect: duckdb, naming: naming(undefined), ...clock }
  const compiled = await measured(() => compileProject(input))
  if (compiled.value.problems.length > 0) throw new Error(compiled.value.problems[0].message)
  tell('compile', compiled)
  if (steps === 'all') tell('check', await measuredCheck(input, compiled.value.compiled))
}
console.log(JSON.stringify({ models: loaded.value.project.models.size, ...told }))

async function measuredCheck(input, compiled) {
  const { checkProject } = await engineFile('check/check-project.js')
  const { DuckDBWarehouse } = await engineFile('warehouse/duckdb/duckdb-warehouse.js')
  const empty = await DuckDBWarehouse.open({ path: ':memory:' })
  const checked = await measured(() => checkProject(input, compiled, empty))
  await empty.close()
  if (checked.value.length > 0) throw new Error(checked.value[0].message)
  return checked
}
