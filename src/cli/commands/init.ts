import { existsSync, mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { Option } from 'commander'
import { stringify } from 'yaml'
import { ProblemsError } from '../../problems/problem.ts'
import type { Project } from '../../project/project.ts'
import { DuckDBWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts'
import { type Cli, declare } from '../cli.ts'
import { configName } from '../config-file.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import { configText } from '../init/config-text.ts'
import { type Findings, findProposals, type UnknownFiles } from '../init/find-proposals.ts'
import { notesOf } from '../init/left-out.ts'
import type { SettledProposal } from '../init/proposal.ts'
import { settled, Unanswered, valueAt } from '../init/settle.ts'
import { gitignoreText, packageText, projectName, tsconfigText } from '../init/starting-files.ts'
import { type CommonOptions, outputOption } from '../options.ts'
import { packageVersion } from '../package-root.ts'
import { loadProjectOf } from '../project-files.ts'
import { shortPath } from '../report/problem-text.ts'
import { countOf, listed } from '../report/words.ts'
import type { Terminal } from '../terminal.ts'

interface InitOptions extends CommonOptions {
  readonly yes?: boolean
}

export function initCommand(cli: Cli): void {
  declare(cli, 'init', {
    description: 'begin a project: look for raw data in a folder, and write the config that reads it',
    notes:
      'Looks for CSV, Parquet and JSON files in the folder, in raw/ and data/, and in the folders directly in these. Files that are there already are kept as they are.',
    examples: [
      ['init', 'in this folder; asks what its files do not settle'],
      ['init shop --yes', 'in the folder shop, made where it is not there; the best guess, without questions'],
    ],
    options: [new Option('-y, --yes', 'ask nothing: take the best guess'), outputOption()],
  })
    .argument('[folder]', 'where the project is to stand; default: this folder')
    .action((folder: string | undefined, options: InitOptions) =>
      cli.carryOut(options, terminal => init(folder ?? '.', options, terminal)),
    )
}

async function init(asked: string, options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const { cwd, stock, ask } = terminal.effects
  const wanted = resolve(cwd, asked)
  if (statSync(wanted, { throwIfNoEntry: false })?.isFile()) {
    const hint = `name its folder, and init looks at all that lie there: throughline init ${shortPath(dirname(wanted), cwd)}`
    throw new ProblemsError([{ kind: 'project', message: `${shortPath(wanted, cwd)} is a file`, hint }])
  }
  mkdirSync(wanted, { recursive: true })
  const root = realpathSync(wanted)
  if (root === realpathSync(stock)) {
    const message = `${root} is Throughline itself`
    throw new ProblemsError([{ kind: 'project', message, hint: 'name a folder of your own: throughline init FOLDER' }])
  }
  const name = projectName(basename(root))
  let foundNothing = false
  try {
    const config = existsSync(join(root, configName))
      ? undefined
      : await newConfig(root, name, options.yes || terminal.form === 'json' ? undefined : ask, terminal)
    write(root, name, config?.text ?? '', terminal)
    foundNothing = config?.foundNothing ?? false
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error
    terminal.notice('\nNothing was written.')
    return exitCodes.notCarriedOut
  }
  if (terminal.form === 'text') {
    const first = foundNothing ? `name your raw data in ${shortPath(join(root, configName), cwd)}, then ` : ''
    terminal.print(`\nNext: ${first}${nextCommand(root, terminal)}`)
  }
  return exitCodes.good
}

async function newConfig(
  root: string,
  name: string,
  ask: Terminal['effects']['ask'],
  terminal: Terminal,
): Promise<{ readonly text: string; readonly foundNothing: boolean }> {
  const { project } = loadProjectOf(root, terminal.effects.stock)
  const findings = await findingsIn(root, project)
  const proposals = await settled(findings.choices, { root, project }, ask)
  tell(proposals, findings, terminal)
  return { text: configText(name, proposals, project), foundNothing: proposals.length === 0 }
}

async function findingsIn(root: string, project: Project): Promise<Findings> {
  const warehouse = await DuckDBWarehouse.open({ path: ':memory:' })
  const session = await warehouse.connect()
  try {
    return await findProposals({ root, project, warehouse, session })
  } finally {
    session.close()
    await warehouse.close()
  }
}

function tell(
  proposals: readonly SettledProposal[],
  { unknown, unreadable: broken }: Findings,
  terminal: Terminal,
): void {
  if (terminal.form === 'json') {
    for (const { source, settings, where, unreadable, unused, notes } of proposals)
      terminal.emit({ type: 'found', source, where, settings, unreadable, unused, notes })
    for (const { files, lacking, faults } of unknown) {
      const lacks = [...lacking].map(([source, { lacks: missing, settings }]) => ({ source, lacks: missing, settings }))
      const unfit = [...faults].map(([source, because]) => ({ source, because }))
      terminal.emit({ type: 'not_recognized', files, lacking: lacks, faults: unfit })
    }
    for (const each of broken) terminal.emit({ type: 'not_readable', ...each })
    return
  }
  const note = (text: string) => terminal.print(`  ${terminal.colors.yellow('note')}  ${text}`)
  for (const proposal of proposals) {
    const { source, where, settings, found, unreadable, open } = proposal
    const what = settings.folder === undefined ? '' : `: ${countOf(found.length, 'table')}, ${listed(found)}`
    terminal.print(`Found ${source} in ${where}${what}`)
    for (const { table, because } of unreadable) note(`without ${table}: ${because}`)
    for (const { path, question } of open) note(`${path.join('.')} is a guess, ${valueAt(settings, path)}: ${question}`)
    for (const text of notesOf(proposal)) note(text)
  }
  if (proposals.length === 0) terminal.print('Found no raw data that is recognised; the config says where to name it')
  for (const { file, because } of broken) note(`${file} cannot be read: ${because}`)
  for (const line of unknown.flatMap(unknownLines)) terminal.print(terminal.colors.dim(line))
}

/** Which files nobody knows, what they lack to be a system's, and how the config reads them all the same. */
function unknownLines({ files, lacking, faults }: UnknownFiles): readonly string[] {
  const more = [...lacking].flatMap(([source, { lacks, settings }]) => {
    const isOpen = Object.values(settings).includes('…')
    const text = stringify(
      { [source]: settings },
      { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true },
    )
    return [
      `  ${source} needs`,
      ...lacks.map(each => `    ${each}`),
      `  ${isOpen ? 'If it is there under another name' : 'With that done'}, say so in ${configName}, under sources:`,
      `    ${text.trim().replace(/^\{ (.*) \}$/, '$1')}`,
    ]
  })
  const unfit = [...faults].map(([source, because]) => `  ${source} would read it, but ${because}`)
  return [`Not recognised: ${files.join(', ')}`, ...unfit, ...more]
}

function write(root: string, name: string, config: string, terminal: Terminal): void {
  const { cwd } = terminal.effects
  const files = [
    [configName, config],
    ['tsconfig.json', tsconfigText],
    ['.gitignore', gitignoreText],
    ['package.json', packageText(name, packageOf(root, terminal.effects.stock))],
  ] as const
  for (const [file, text] of files) {
    const path = join(root, file)
    const isNew = !existsSync(path)
    if (isNew) writeFileSync(path, text, { flag: 'wx' })
    told(isNew ? 'wrote' : 'kept', path)
  }
  const models = join(root, 'models')
  const isNew = !existsSync(models)
  mkdirSync(models, { recursive: true })
  told(isNew ? 'wrote' : 'kept', `${models}/`)

  function told(type: 'wrote' | 'kept', path: string): void {
    if (terminal.form === 'json') return terminal.emit({ type, file: path })
    const advice = type === 'kept' ? adviceOn(path) : ''
    terminal.print(
      `${type === 'wrote' ? 'Wrote' : 'Kept '} ${shortPath(path, cwd).replace(/\/$/, '')}${path.endsWith('/') ? '/' : ''}${advice}`,
    )
  }
}

/** What a file that was there already should have. */
function adviceOn(path: string): string {
  const lacks = (text: string) => !readFileSync(path, 'utf8').includes(text)
  switch (basename(path)) {
    case '.gitignore':
      return lacks('.throughline') ? ', which should have a line .throughline/' : ''
    case 'package.json':
      return lacks('"throughline"') ? ', which does not name throughline' : ''
    case 'tsconfig.json':
      return lacks('node_modules/throughline') ? ', which needs "rootDirs": [".", "node_modules/throughline"]' : ''
    default:
      return ''
  }
}

/** The version of this package where it was installed as one, else the folder that it stands in. */
function packageOf(root: string, stock: string): string {
  if (/[\\/]node_modules[\\/]/.test(stock)) return `^${packageVersion()}`
  return `file:${relative(root, stock)}`
}

function nextCommand(root: string, { effects }: Terminal): string {
  const isHere = root === realpathSync(effects.cwd)
  const isInstalled = existsSync(join(root, 'node_modules/throughline'))
  return [
    ...(isHere ? [] : [`cd ${quoted(shortPath(root, effects.cwd))}`]),
    ...(isInstalled ? [] : ['npm install']),
    'npx throughline build',
  ].join(' && ')
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}
