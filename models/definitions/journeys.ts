import { definition, duration, z } from 'throughline'

export const journeys = definition(
  'journeys',
  z
    .strictObject({
      lost_after: duration()
        .prefault('30 days')
        .describe('Who is not seen for longer than this is lost; coming back later begins a new journey.'),
    })
    .prefault({})
    .describe('How touchpoints are strung into journeys.'),
)
