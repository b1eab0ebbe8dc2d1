import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { colorsFor } from '../../src/cli/colors.ts'
import type { Effects } from '../../src/cli/effects.ts'
import { tellError } from '../../src/cli/errors.ts'
import { cellText, rowTable } from '../../src/cli/report/cells.ts'
import { eventLines } from '../../src/cli/report/event-lines.ts'
import { LiveReporter } from '../../src/cli/report/live-reporter.ts'
import type { RunView } from '../../src/cli/report/run-view.ts'
import { summaryLines } from '../../src/cli/report/summary.ts'
import { alignedLines, cut, widthOf } from '../../src/cli/report/text-table.ts'
import { countOf, durationOf, listed } from '../../src/cli/report/words.ts'
import { Terminal } from '../../src/cli/terminal.ts'
import { secretsOf } from '../../src/config/secrets.ts'
import type { NodeResult, TestResult } from '../../src/run/result.ts'
import { WarehouseError } from '../../src/warehouse/warehouse.ts'

describe('words', () => {
  it('count things', () => {
    expect([countOf(0, 'row'), countOf(1, 'row'), countOf(1234567, 'row')]).toEqual([
      '0 rows',
      '1 row',
      '1,234,567 rows',
    ])
  })

  it.each([
    [0, '0.00 s'],
    [0.456, '0.46 s'],
    [9.994, '9.99 s'],
    [9.995, '10.0 s'],
    [59.94, '59.9 s'],
    [59.95, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3725, '1 h 02 min'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(durationOf(seconds)).toBe(words)
  })

  it('list things', () => {
    expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
      '',
      'a',
      'a and b',
      'a, b and c',
    ])
  })
})

describe('tables', () => {
  it('put cells under each other, whatever their colours', () => {
    const rows = [
      ['a', '\u001b[31m10\u001b[39m', 'x'],
      ['bbb', '7', ''],
    ]
    expect(alignedLines(rows, ['left', 'right'])).toEqual(['a    \u001b[31m10\u001b[39m  x', 'bbb   7'])
  })

  it('cut at a width, counting characters as a person does', () => {
    expect([cut('abc', 3), cut('abcd', 3), cut('🪔🪔🪔', 2)]).toEqual(['abc', 'ab…', '🪔…'])
  })

  it('let no control character through to the terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(cellText(text)).not.toMatch(/\p{Cc}/u)
      }),
    )
    expect(cellText('a\nb\u001b[31m')).toBe('a\\nb\\u001b[31m')
  })

  it('show NULL, lists and records', () => {
    expect([cellText(null), cellText([1, null]), cellText({ a: 2n ** 60n }), cellText(true)]).toEqual([
      'NULL',
      '[1,null]',
      '{"a":"1152921504606846976"}',
      'true',
    ])
  })

  it('write records where a line would be wider than the terminal', () => {
    const rows = [
      { name: 'a', count: 1 },
      { name: 'b', count: 22 },
    ]
    expect(rowTable(['name', 'count'], rows, 11)).toEqual(['name  count', '────  ─────', 'a         1', 'b        22'])
    expect(rowTable(['name', 'count'], rows, 10)).toEqual([
      '─ row 1 ─',
      'name   a',
      'count  1',
      '\n─ row 2 ─',
      'name   b',
      'count  22',
    ])
  })
})

const done: NodeResult = {
  kind: 'model',
  name: 'a',
  status: 'success',
  problems: [],
  skippedBecause: undefined,
  startedAt: '2026-06-01T12:00:00.000Z',
  finishedAt: '2026-06-01T12:00:01.000Z',
  seconds: 1,
  rowCount: 5,
  tests: [],
  costs: [],
}

const view: RunView = {
  command: 'build',
  compiled: {
    models: new Map(),
    disabled: new Map(),
    sourceTables: new Map(),
    dataTests: [],
    explanations: new Map(),
    disabledExplanations: new Map(),
  },
  isKeepingFailures: false,
  cwd: '/',
  program: 'throughline',
  config: '',
  isKeptForRetry: true,
  furthest: undefined,
  labelWidth: 10,
}

/** A terminal of 40 columns that obeys the two codes that are used, and its clock. */
function screen(env: Effects['env'] = {}) {
  const lines: string[] = []
  let time = Date.parse('2026-06-01T12:00:00Z')
  let tick = (): void => undefined
  const effects: Effects = {
    stdout: {
      isTerminal: true,
      columns: 40,
      write: text => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what the codes begin with
        for (const [, up, line] of text.matchAll(/\u001b\[(\d+)A\u001b\[0J|([^\n]*)\n/g)) {
          if (up === undefined) lines.push(line!)
          else lines.splice(lines.length - Number(up))
        }
      },
    },
    stderr: { isTerminal: true, columns: 40, write: text => lines.push(...text.trimEnd().split('\n')) },
    env: { NO_COLOR: '1', ...env },
    process: 'a-computer, process 1',
    cwd: '/',
    stock: '/',
    ask: undefined,
    now: () => new Date(time),
    newToken: () => '',
    onInterrupt: () => () => undefined,
    every: (_, act) => {
      tick = act
      return () => {
        tick = () => undefined
      }
    },
  }
  const pass = (seconds: number): void => {
    time += seconds * 1000
    tick()
  }
  return { terminal: new Terminal(effects, 'text', true), lines, pass }
}

describe('the live report', () => {
  it('keeps a table of what is running below the lines of what is done', () => {
    const { terminal, lines, pass } = screen()
    const reporter = new LiveReporter(terminal, view)
    const started = { runId: 'r', startedAt: '2026-06-01 12:00:00', command: 'build', target: 'local' }
    reporter.on({ type: 'run_started', ...started, nodeCount: 2, threads: 2 })
    reporter.on({ type: 'node_started', kind: 'model', name: 'a' })
    reporter.on({ type: 'node_started', kind: 'data-test', name: 'of_a_long_name' })
    pass(61)
    const running = ['  …  a           1 min 01 s', '  …  data test…  1 min 01 s', '  0 of 2 done, 2 running']
    expect(lines.slice(2)).toEqual(running)
    reporter.on({ type: 'node_finished', result: done, done: 1, of: 2 })
    pass(1)
    expect(lines.slice(2)).toEqual([
      '1/2  ok    a                   5 rows     1.00 s',
      '  …  data test…  1 min 02 s',
      '  1 of 2 done, 1 running',
    ])
    reporter.stopping()
    reporter.close()
    pass(1)
    expect(lines.slice(3)).toEqual(['Stopping: running statements are interrupted; Ctrl-C again kills'])
    for (const line of running) expect(widthOf(line)).toBeLessThan(40)
  })
})

const noColors = colorsFor({ isTerminal: false, columns: undefined, write: () => undefined }, {}, false)

describe('what is told of a run', () => {
  const finished = (result: NodeResult) =>
    eventLines({ type: 'node_finished', result, done: 1, of: 2 }, { ...view, labelWidth: 12 }, noColors)
  const summary = (results: readonly NodeResult[], of: Partial<RunView> = {}) =>
    summaryLines(
      { runId: 'r', command: 'build', startedAt: '', finishedAt: '', status: 'error', results },
      { ...view, ...of },
      noColors,
    )
  const skipped = (name: string): NodeResult => ({
    ...done,
    name,
    status: 'skipped',
    skippedBecause: 'a',
    rowCount: undefined,
  })
  const failedTest: TestResult = {
    name: 't',
    says: 'x is at least 0',
    status: 'fail',
    failures: 1,
    message: '1 row fails',
    sql: undefined,
    seconds: 0,
  }

  it('has what was not reached once, in the summary, where no more than eight are named', () => {
    expect(finished(skipped('b'))).toEqual([])
    const a: NodeResult = { ...done, status: 'error' }
    expect(summary([a, ...['b', 'c'].map(skipped)])).toContain('  a failed: b, c')
    const many = [...'bcdefghijk'].map(skipped)
    expect(summary([a, ...many])).toContain('  a failed: b, c, d, e, f, g, h, i and 2 more')
    expect(summary([a, ...many.slice(1)])).toContain('  a failed: c, d, e, f, g, h, i, j, k')
  })

  it('has the name of a unit test where other lines have their rows', () => {
    const [line] = finished({ ...done, kind: 'unit-test', name: 'of_many_words', status: 'error', rowCount: undefined })
    expect(line).toBe('1/2  FAIL  unit test of_many_words          1.00 s')
  })

  it('says that failing rows can be kept, unless it is unit tests that failed: they have none', () => {
    const failed: NodeResult = { ...done, status: 'error', tests: [failedTest] }
    const keeps = '      --store-failures keeps the rows that fail'
    expect(summary([failed])).toContain(keeps)
    expect(summary([{ ...failed, kind: 'unit-test' }])).not.toContain(keeps)
  })

  it('has what to type next as it can be typed', () => {
    expect(summary([done], { program: 'npx throughline', config: ' --config c.yaml' })).toContain(
      'Next: npx throughline retry --config c.yaml does again what failed or was skipped',
    )
  })
})

describe('secrets', () => {
  it('are blotted out of text and JSON, those of the environment from the start', () => {
    const { terminal, lines } = screen({ API_TOKEN: 'very-secret' })
    terminal.print('token very-secret, password pass\nword1')
    terminal.hide(secretsOf(['pass\nword1']))
    terminal.emit({ type: 'x', text: 'password pass\nword1 and very-secret' })
    expect(lines).toEqual([
      'token ***, password pass',
      'word1',
      '{"version":1,"type":"x","text":"password *** and ***"}',
    ])
  })
})

describe('an error', () => {
  it('that nobody foresaw says what it says, and its stack to who asks for it', () => {
    const error = new Error('boom')
    const plain = screen()
    tellError(error, plain.terminal)
    expect(plain.lines).toEqual([
      'boom',
      '  this was not foreseen; DEBUG=throughline throughline … shows where it comes from',
    ])
    const asked = screen({ DEBUG: 'throughline' })
    tellError(error, asked.terminal)
    expect(asked.lines[0]).toBe('Error: boom')
    expect(asked.lines[1]).toMatch(/^ +at .*report\.test\.ts/)
  })

  it('of a folder that may not be written says what it takes', () => {
    const { terminal, lines } = screen()
    tellError(Object.assign(new Error("EACCES: permission denied, mkdir '/x'"), { code: 'EACCES' }), terminal)
    expect(lines).toEqual([
      "EACCES: permission denied, mkdir '/x'",
      '  the folder must be writable by this user, with room on the disk',
    ])
  })

  it('of the warehouse says what the warehouse said', () => {
    const { terminal, lines } = screen()
    tellError(new WarehouseError('no room', { kind: 'other' }), terminal)
    expect(lines).toEqual(['no room'])
  })
})
