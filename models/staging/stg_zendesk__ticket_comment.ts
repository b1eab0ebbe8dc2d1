import { boolean, key, model, sql, text, timestamp, type } from 'throughline'
import { newestSynced, rawColumn } from '../../macros/raw-rows'
import { zendesk } from '../../sources/zendesk'

export const stg_zendesk__ticket_comment = model({
  description: 'One row per comment on a ticket that is in Zendesk, as it came in last.',
  grain: ['comment_id'],
  columns: {
    comment_id: key('The comment'),
    row_id: text('SHA-256 of the whole raw row'),
    loaded_at: timestamp('When this version came in, UTC'),
    commented_at: timestamp('When it was written, UTC; NULL where Zendesk does not say').nullable(),
    ticket_id: text('The ticket').nullable(),
    user_id: text('The user who wrote it').nullable(),
    is_public: boolean('The customer sees it; it is no note among agents'),
    is_voice: boolean('What was said on the phone'),
    is_facebook: boolean('Written on Facebook'),
    is_tweet: boolean('Written on X'),
  },
  materialize: { kind: 'view' },
  query: () => sql`
    with newest as (
      select
        cast(e.id as ${type.text}) as comment_id,
        e.tl_row_id as row_id,
        ${rawColumn('_fivetran_synced')} as loaded_at,
        coalesce(${rawColumn('_fivetran_deleted')}, false) as is_deleted,
        e.created as commented_at,
        cast(e.ticket_id as ${type.text}) as ticket_id,
        cast(e.user_id as ${type.text}) as user_id,
        coalesce(${rawColumn('public')}, false) as is_public,
        coalesce(e.voice_comment, false) as is_voice,
        coalesce(e.facebook_comment, false) as is_facebook,
        coalesce(e.tweet, false) as is_tweet
      from ${zendesk.tables.ticket_comment} as e
      ${newestSynced('id')}
    )

    select
      n.comment_id, n.row_id, n.loaded_at, n.commented_at, n.ticket_id, n.user_id, n.is_public, n.is_voice, n.is_facebook, n.is_tweet
    from newest as n
    where not n.is_deleted
  `,
})
