import { dataTest, sql } from 'throughline'
import { person_events } from '../models/journeys/person_events'
import { people } from '../models/profiles/people'

export const every_event_is_of_somebody_in_people = dataTest({
  description: 'Every event is of a person who stands in people.',
  rows: () => sql`
    with owners as (
      select distinct e.person_id
      from ${person_events} as e
    )

    select o.person_id
    from owners as o
    left join ${people} as p on p.person_id = o.person_id
    where p.person_id is null
  `,
})
