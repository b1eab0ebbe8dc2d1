import { integer, key, model, sql } from 'throughline'
import { person_events } from './person_events'
import { person_stages } from './person_stages'
import { sessions } from './sessions'

export const session_stages = model({
  description:
    'One row per session of somebody who had come to a stage when it began, its first action included: the furthest of them.',
  grain: ['session_id'],
  columns: {
    session_id: sessions.columns.session_id,
    stage: key('The stage, as in the config'),
    stage_number: integer('Place among the stages, from 1').atLeast(1),
  },
  materialize: { kind: 'table' },
  query: () => sql`
    select p.session_id, s.stage, s.stage_number
    from ${person_events} as p
    inner join ${person_stages} as s
      on s.person_id = p.person_id and s.reached_in_sequence <= p.sequence_in_person
    where p.sequence_in_session = 1
    qualify row_number() over (partition by p.session_id order by s.stage_number desc) = 1
  `,
})
