import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { posix } from 'node:path'
import { compileFunction } from 'node:vm'
import { MacroMistakes } from '../authoring/macro-mistakes.ts'
import { nearest } from '../problems/nearest.ts'
import type { Problem } from '../problems/problem.ts'
import { declaresType, importedNames, requiredPaths } from './imports.ts'
import type { LayeredFile } from './layers.ts'
import { macroProblems } from './macro-problems.ts'
import { lackingProblem } from './replacing-file.ts'
import type { StripTypes } from './strip-types.ts'
import { lineAndColumn, problemAt } from './text-file.ts'
import { thrownAt } from './thrown-at.ts'

export type ModuleExports = Readonly<Record<string, unknown>>

export interface Linked {
  /** What each file exports, by its path in the project; files that failed are absent. */
  readonly exports: ReadonlyMap<string, ModuleExports>
  readonly problems: readonly Problem[]
}

interface LinkedModule extends LayeredFile {
  text: string
  code: string
  state: 'new' | 'running' | 'done' | 'failed'
  exports: Record<string, unknown>
  /** Paths in the project that it requires. */
  dependencies: readonly string[]
}

/**
 * Runs every file of a project once, each after those it imports. `throughline` is always the engine that is running; a relative path goes
 * through the layers; anything else is Node's. Every failure is told: a file's own error is recorded, a reader of a failed
 * file is passed over in silence.
 */
export function link(files: readonly LayeredFile[], engine: ModuleExports, strip: StripTypes): Linked {
  return new Linker(files, engine, strip).run()
}

class Linker {
  private readonly modules = new Map<string, LinkedModule>()
  private readonly problems: Problem[] = []
  /** Files that replace one of a layer below, and lack what is read of it there. */
  private readonly lacking = new Set<LinkedModule>()

  constructor(
    files: readonly LayeredFile[],
    private readonly engine: ModuleExports,
    private readonly strip: StripTypes,
  ) {
    for (const file of files) {
      this.modules.set(file.path, { ...file, text: '', code: '', state: 'new', exports: {}, dependencies: [] })
    }
  }

  run(): Linked {
    for (const module of this.modules.values()) this.read(module)
    for (const module of this.modules.values()) this.findDependencies(module)
    this.findCircles()
    for (const module of this.modules.values()) this.evaluate(module)
    this.tellReplacing()
    const exports = new Map<string, ModuleExports>()
    for (const module of this.modules.values()) if (module.state === 'done') exports.set(module.path, module.exports)
    return { exports, problems: this.problems }
  }

  private read(module: LinkedModule): void {
    try {
      module.text = readFileSync(module.file, 'utf8')
      module.code = this.strip(module.file, module.text)
    } catch (error) {
      const loc = (error as { loc?: { line: number; column: number } }).loc
      const at = loc ? { line: loc.line, column: loc.column } : { line: 1, column: 1 }
      const words = (error as Error).message.replace(/^Error transforming [^:]*: /, '').replace(/ \(\d+:\d+\)$/, '')
      this.fail(module, problemAt(module.file, module.text, at, { message: `cannot be read as TypeScript: ${words}` }))
    }
  }

  private findDependencies(module: LinkedModule): void {
    const found: string[] = []
    for (const { path, offset } of requiredPaths(module.code)) {
      if (!path.startsWith('.')) continue
      const resolved = this.resolve(module.path, path)
      if (resolved !== undefined) {
        found.push(resolved)
        continue
      }
      const wanted = posix.join(posix.dirname(module.path), path)
      const suggestion = this.nearestFile(module.path, wanted)
      this.fail(
        module,
        problemAt(module.file, module.text, this.placeOfImport(module, path, offset), {
          message: `imports '${path}', and there is no ${wanted}.ts in the project`,
          suggestion: suggestion === undefined ? undefined : relativeImport(module.path, suggestion),
        }),
      )
    }
    module.dependencies = found
  }

  /** The file of that name in another folder, or else of the nearest name, in the wanted folder if there is one. */
  private nearestFile(importer: string, wanted: string): string | undefined {
    const byName = new Map<string, string>()
    for (const path of this.modules.keys()) {
      const name = posix.basename(path, '.ts')
      const isThere = posix.dirname(path) === posix.dirname(wanted)
      if (path !== importer && (isThere || !byName.has(name))) byName.set(name, path)
    }
    const name = posix.basename(wanted, '.ts')
    return byName.get(byName.has(name) ? name : (nearest(name, byName.keys()) ?? ''))
  }

  private placeOfImport(module: LinkedModule, path: string, codeOffset: number): { line: number; column: number } {
    const offset = module.text.search(new RegExp(`['"]${path.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"]`))
    return offset >= 0 ? lineAndColumn(module.text, offset) : lineAndColumn(module.code, codeOffset)
  }

  /** Before anything is run, and whatever else is wrong with the files: a circle may stand behind another failure. */
  private findCircles(): void {
    const seen = new Set<LinkedModule>()
    const circled = new Set<LinkedModule>()
    const path: LinkedModule[] = []
    const visit = (module: LinkedModule): void => {
      const at = path.indexOf(module)
      if (at >= 0) {
        if (circled.has(module)) return
        this.problems.push(this.circle([...path.slice(at), module]))
        for (const step of path.slice(at)) {
          step.state = 'failed'
          circled.add(step)
        }
        return
      }
      if (seen.has(module)) return
      seen.add(module)
      path.push(module)
      for (const dependency of module.dependencies) visit(this.modules.get(dependency)!)
      path.pop()
    }
    for (const module of this.modules.values()) visit(module)
  }

  private circle(steps: readonly LinkedModule[]): Problem {
    const [first, second] = steps as readonly [LinkedModule, LinkedModule]
    const { path, offset } = requiredPaths(first.code).find(
      required => this.resolve(first.path, required.path) === second.path,
    )!
    return problemAt(first.file, first.text, this.placeOfImport(first, path, offset), {
      message: `files import each other in a circle: ${steps.map(step => step.path).join(' -> ')}`,
      hint: 'a model may not read what reads it; move what both need into a third file',
    })
  }

  private evaluate(module: LinkedModule): void {
    if (module.state !== 'new') return
    module.state = 'running'
    for (const dependency of module.dependencies) {
      const other = this.modules.get(dependency)!
      this.evaluate(other)
      if (other.state === 'failed') module.state = 'failed'
    }
    if ((module.state as string) === 'failed' || !this.namesExist(module)) return
    try {
      const holder = { exports: module.exports }
      const run = compileFunction(module.code, ['exports', 'require', 'module'], { filename: module.file })
      run(module.exports, (path: string) => this.require(module, path), holder)
      module.exports = holder.exports
      module.state = 'done'
    } catch (error) {
      module.state = 'failed'
      this.problems.push(...this.thrown(module, error))
    }
  }

  /** Once of each file that replaces another, whoever reads it: what the files below wanted of the one that it replaces. */
  private tellReplacing(): void {
    for (const module of this.lacking) {
      const isReader = ({ layer, dependencies }: LinkedModule) =>
        layer > module.layer && dependencies.includes(module.path)
      const readers = [...this.modules.values()].filter(isReader)
      const wanted = readers.flatMap(reader =>
        importedNames(reader.text)
          .filter(({ from }) => from.startsWith('.') && this.resolve(reader.path, from) === module.path)
          .map(({ name }) => name),
      )
      const missing = wanted.filter(name => !(name in module.exports) && !declaresType(module.text, name))
      this.problems.push(lackingProblem(module, missing, Object.keys(module.exports)))
    }
  }

  /** Whether every name that the file imports from the project is exported there; says which are not. */
  private namesExist(module: LinkedModule): boolean {
    let exist = true
    for (const { name, from, offset } of importedNames(module.text)) {
      const path = from.startsWith('.') ? this.resolve(module.path, from) : undefined
      // What is imported and not used is not required: it was not run for this file.
      const other = path !== undefined && module.dependencies.includes(path) ? this.modules.get(path) : undefined
      const known: ModuleExports | undefined = from === 'throughline' ? this.engine : other?.exports
      if (known === undefined || name in known) continue
      if (other !== undefined && declaresType(other.text, name)) continue
      if (from === 'throughline' && !new RegExp(`\\b_throughline\\.${name}\\b`).test(module.code)) continue
      exist = false
      if (other?.isReplacing && other.layer < module.layer) {
        this.lacking.add(other)
        module.state = 'failed'
        continue
      }
      const message = `${from === 'throughline' ? from : other!.path} exports no '${name}'`
      const suggestion = nearest(name, Object.keys(known))
      this.fail(
        module,
        problemAt(module.file, module.text, lineAndColumn(module.text, offset), { message, suggestion }),
      )
    }
    return exist
  }

  private thrown(module: LinkedModule, error: unknown): readonly Problem[] {
    const ofMacro = error instanceof MacroMistakes ? macroProblems(error) : undefined
    if (ofMacro !== undefined) return ofMacro
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error))
    const place = thrownAt(module.file, module.text, stack, () => module.code) ?? { line: 1, column: 1 }
    return [problemAt(module.file, module.text, place, { message })]
  }

  private require(module: LinkedModule, path: string): unknown {
    if (path === 'throughline') return this.engine
    if (path.startsWith('.')) return this.modules.get(this.resolve(module.path, path)!)!.exports
    return createRequire(module.file)(path)
  }

  private resolve(importer: string, path: string): string | undefined {
    const joined = posix.join(posix.dirname(importer), path)
    return [joined, `${joined}.ts`, `${joined}/index.ts`].find(candidate => this.modules.has(candidate))
  }

  private fail(module: LinkedModule, problem: Problem): void {
    module.state = 'failed'
    this.problems.push(problem)
  }
}

function relativeImport(importer: string, path: string): string {
  const relative = posix.relative(posix.dirname(importer), path).replace(/\.ts$/, '')
  return `'${relative.startsWith('.') ? relative : `./${relative}`}'`
}
