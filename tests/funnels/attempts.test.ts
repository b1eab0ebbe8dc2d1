import { describe, expect, it } from 'vitest'
import { type RawEvent, type World, worldOf } from '../support/world.ts'

/** Events of one customer in their order, as `viewed 10:00`; ids are their places: a, b, c … */
function did(user: string, ...told: readonly string[]): readonly RawEvent[] {
  return told.map((words, index) => {
    const [event, time] = words.split(' ')
    return { user, event: event!, at: `2026-03-01 ${time}`, event_id: `${user}-${'abcdefgh'[index]}` }
  })
}

const checkout = { window: '1 hour', steps: [{ viewed: 'viewed' }, { added: 'added' }, { bought: 'bought' }] }

async function attemptsIn(events: readonly RawEvent[], definitions: object): Promise<Record<string, string>> {
  const world = await worldOf(events, {
    definitions: definitions as Record<string, unknown>,
    models: ['funnel_attempt_steps'],
  })
  return paths(world)
}

/** The events of each attempt by its user: `anna: a c`. */
async function paths(world: World): Promise<Record<string, string>> {
  const rows = await world.rows(`
    select string_agg(s.event_id, ' ' order by s.step_number) as path
    from funnels.funnel_attempt_steps as s
    group by s.funnel, s.attempt_id
    order by path`)
  return Object.fromEntries(
    rows.map(({ path }) => {
      const events = String(path).split(' ')
      return [events[0]!.split('-')[0], events.map(event => event.split('-')[1]).join(' ')]
    }),
  )
}

describe('An attempt', () => {
  it('is the longest, then the earliest, and no event that was seen before its entry is in it', async () => {
    const attempts = await attemptsIn(
      [
        ...did('straight', 'viewed 10:00', 'added 10:01', 'bought 10:02'),
        ...did(
          'with_detours',
          'viewed 10:00',
          'help 10:01',
          'added 10:02',
          'viewed 10:03',
          'added 10:04',
          'bought 10:05',
        ),
        ...did('gives_up', 'viewed 10:00', 'viewed 10:05', 'added 10:06'),
        ...did('wrong_order', 'bought 10:00', 'added 10:01', 'viewed 10:02'),
        ...did('never_enters', 'added 10:00', 'bought 10:01'),
        ...did('twice', 'viewed 10:00', 'added 10:01', 'viewed 12:00', 'added 12:01', 'bought 12:02'),
        ...did(
          'buys_twice',
          'viewed 10:00',
          'added 10:01',
          'bought 10:02',
          'viewed 10:03',
          'added 10:04',
          'bought 10:05',
        ),
      ],
      { funnels: { checkout } },
    )
    expect(attempts).toEqual({
      straight: 'a b c',
      with_detours: 'a c f',
      gives_up: 'a c',
      wrong_order: 'c',
      twice: 'c d e',
      buys_twice: 'a b c',
    })
  })

  it('ends with the window, at its last instant still in time; from a later entry the window is a new one', async () => {
    const attempts = await attemptsIn(
      [
        ...did('just_in_time', 'viewed 10:00', 'added 10:30', 'bought 11:00'),
        ...did('just_too_late', 'viewed 10:00', 'added 10:30', 'bought 11:00:00.000001'),
        ...did('enters_again', 'viewed 10:00', 'viewed 10:20', 'added 10:30', 'bought 11:10'),
        ...did('adds_before_entering_again', 'viewed 10:00', 'added 10:10', 'viewed 10:20', 'bought 11:10'),
      ],
      { funnels: { checkout } },
    )
    expect(attempts).toEqual({
      just_in_time: 'a b c',
      just_too_late: 'a b',
      enters_again: 'b c d',
      adds_before_entering_again: 'a b',
    })
  })

  it("enters with the first of several entries within the window, as Amplitude and Mixpanel's default do, and not with the last", async () => {
    const attempts = await attemptsIn(did('anna', 'viewed 10:00', 'viewed 10:01', 'viewed 10:02', 'added 10:03'), {
      funnels: { checkout },
    })
    expect(attempts).toEqual({ anna: 'a d' })
  })

  it('takes events of one instant in the order of the steps, whatever their ids, each for one step', async () => {
    const attempts = await attemptsIn(
      [
        ...did('backwards', 'bought 10:00', 'added 10:00', 'viewed 10:00'),
        ...did('least_ids', 'viewed 10:00', 'viewed 10:00', 'added 10:01', 'added 10:01'),
        ...did('half_at_once', 'added 10:00', 'viewed 10:00', 'bought 10:30'),
      ],
      { funnels: { checkout } },
    )
    expect(attempts).toEqual({ backwards: 'c b a', least_ids: 'a c', half_at_once: 'b a c' })
  })

  it('needs as many events as it has steps, where steps are the same event', async () => {
    const attempts = await attemptsIn(
      [
        ...did('one_look', 'viewed 10:00', 'bought 10:01'),
        ...did('two_looks', 'viewed 10:00', 'viewed 10:05', 'bought 10:06'),
        ...did('two_at_once', 'viewed 10:00', 'viewed 10:00', 'bought 10:00'),
      ],
      { funnels: { looks: { window: '1 hour', steps: [{ one: 'viewed' }, { two: 'viewed' }, { bought: 'bought' }] } } },
    )
    expect(attempts).toEqual({ one_look: 'a', two_looks: 'a b c', two_at_once: 'a b c' })
  })

  it('leaves an event to the step that alone can use it, though its id be the least', async () => {
    const attempts = await attemptsIn(did('anna', 'viewed 10:00', 'searched 10:00'), {
      funnels: { found: { window: '1 hour', steps: [{ looked: ['viewed', 'searched'] }, { viewed: 'viewed' }] } },
    })
    expect(attempts).toEqual({ anna: 'b a' })
  })

  it('stays within a session where the funnel is by session, each of which has its own', async () => {
    const world = await worldOf(
      did('anna', 'viewed 10:00', 'added 10:01', 'viewed 12:00', 'bought 12:01', 'added 12:02'),
      {
        definitions: { funnels: { checkout: { ...checkout, window: '1 day', by: 'session' } } },
        models: ['funnel_attempts', 'sessions'],
      },
    )
    const rows = await world.rows(`
      select a.session_id = s.session_id as is_of_session, a.steps_completed, a.completed_at
      from funnels.funnel_attempts as a
      inner join journeys.sessions as s on s.started_at = a.entered_at
      order by a.entered_at`)
    expect(rows).toEqual([
      { is_of_session: true, steps_completed: 2, completed_at: null },
      { is_of_session: true, steps_completed: 2, completed_at: null },
    ])
  })

  it('is not that of a device that too many share', async () => {
    const shared = ['u1', 'u2', 'u3', 'u4'].map(
      (user, index): RawEvent => ({ user, device: 'tablet', event: 'signed_in', at: `2026-03-01 09:0${index}:00` }),
    )
    const on = (event: string, at: string): RawEvent => ({ device: 'tablet', event, at: `2026-03-01 ${at}` })
    const world = await worldOf([...shared, on('viewed', '10:00'), on('added', '10:01')], {
      definitions: { funnels: { by_person: checkout, by_session: { ...checkout, by: 'session' } } },
      models: ['funnel_attempts'],
    })
    expect(await world.rows('select funnel, steps_completed from funnels.funnel_attempts')).toEqual([
      { funnel: 'by_session', steps_completed: 2 },
    ])
  })

  it('does not exist where no funnel is declared', async () => {
    const world = await worldOf(did('anna', 'viewed 10:00'), {
      definitions: { funnels: {} },
      models: ['funnel_steps', 'kpis'],
    })
    expect(await world.rows('funnel_attempts')).toEqual([])
    expect(await world.rows('funnel_steps')).toEqual([])
  })
})
