import { macro, sql } from 'throughline'

/** Whether two texts differ, NULL being equal to NULL and to nothing else. Never NULL. */
export const isDistinct = macro({
  takes: ['text', 'text'],
  gives: 'boolean',
  examples: [
    { given: ['a', 'a'], gives: false },
    { given: ['a', 'A'], gives: true },
    { given: ['a', 'a '], gives: true },
    { given: ['', null], gives: true },
    { given: ['a', null], gives: true },
    { given: [null, 'a'], gives: true },
    { given: [null, null], gives: false },
    { given: ['🙂', '🙂'], gives: false },
  ],
  as: (a, b) => sql`(${a} is distinct from ${b})`,
})

/** The lesser of two numbers of one type. NULL if either is NULL. */
export const lesser = macro({
  takes: ['number', 'number'],
  gives: 'number',
  examples: [
    { given: ['1.5', '2.5'], gives: '1.5' },
    { given: ['2.5', '1.5'], gives: '1.5' },
    { given: ['-3', '-2.999999999'], gives: '-3' },
    { given: ['2', '2'], gives: '2' },
    { given: [null, '1'], gives: null },
    { given: ['1', null], gives: null },
  ],
  as: (a, b) => sql`(case when ${a} <= ${b} then ${a} when ${a} > ${b} then ${b} end)`,
})

/** The greater of two numbers of one type. NULL if either is NULL. */
export const greater = macro({
  takes: ['number', 'number'],
  gives: 'number',
  examples: [
    { given: ['1.5', '2.5'], gives: '2.5' },
    { given: ['2.5', '1.5'], gives: '2.5' },
    { given: ['-3', '-2.999999999'], gives: '-2.999999999' },
    { given: ['2', '2'], gives: '2' },
    { given: [null, '1'], gives: null },
    { given: ['1', null], gives: null },
  ],
  as: (a, b) => sql`(case when ${a} >= ${b} then ${a} when ${a} < ${b} then ${b} end)`,
})

/** The earlier of two instants. NULL if either is NULL. */
export const lesserInstant = macro({
  takes: ['timestamp', 'timestamp'],
  gives: 'timestamp',
  examples: [
    { given: ['2026-03-01 10:00:00', '2026-03-01 10:00:00.000001'], gives: '2026-03-01 10:00:00' },
    { given: ['2026-03-01 10:00:00.000001', '2026-03-01 10:00:00'], gives: '2026-03-01 10:00:00' },
    { given: ['2026-03-01 10:00:00', '2026-03-01 10:00:00'], gives: '2026-03-01 10:00:00' },
    { given: [null, '2026-03-01 10:00:00'], gives: null },
    { given: ['2026-03-01 10:00:00', null], gives: null },
  ],
  as: (a, b) => sql`(case when ${a} <= ${b} then ${a} when ${a} > ${b} then ${b} end)`,
})

/** The later of two instants. NULL if either is NULL. */
export const greaterInstant = macro({
  takes: ['timestamp', 'timestamp'],
  gives: 'timestamp',
  examples: [
    { given: ['2026-03-01 10:00:00', '2026-03-01 10:00:00.000001'], gives: '2026-03-01 10:00:00.000001' },
    { given: ['2026-03-01 10:00:00.000001', '2026-03-01 10:00:00'], gives: '2026-03-01 10:00:00.000001' },
    { given: ['2026-03-01 10:00:00', '2026-03-01 10:00:00'], gives: '2026-03-01 10:00:00' },
    { given: [null, '2026-03-01 10:00:00'], gives: null },
    { given: ['2026-03-01 10:00:00', null], gives: null },
  ],
  as: (a, b) => sql`(case when ${a} >= ${b} then ${a} when ${a} < ${b} then ${b} end)`,
})
