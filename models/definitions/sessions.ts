import { definition, duration, z } from 'throughline'

export const sessions = definition(
  'sessions',
  z
    .strictObject({
      timeout: duration().prefault('30 minutes').describe('A pause longer than this begins a new session.'),
      engaged_after: duration()
        .prefault('10 seconds')
        .describe('A session that lasts so long is engaged, whatever happens in it.'),
      view_events: z
        .array(z.string().min(1))
        .default(['page_viewed', 'screen_viewed', 'page_view', 'screen_view'])
        .describe('Events that are a look at a page or screen: two of them make a session engaged.'),
    })
    .prefault({})
    .describe("How a person's actions are cut into sessions."),
)
