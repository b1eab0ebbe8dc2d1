import { defined, given, unitTest } from 'throughline'
import { hubspot_events } from '../../models/events/hubspot_events'
import { hubspot_moments } from '../../models/events/hubspot_moments'
import { stg_hubspot__email_campaign } from '../../models/staging/stg_hubspot__email_campaign'
import { stg_hubspot__email_event_click } from '../../models/staging/stg_hubspot__email_event_click'
import { hubspot } from '../../sources/hubspot'

const click = (id: string, email_campaign_id: string) => ({
  system_event_id: `email_event:${id}`,
  email_event_id: id,
  email_campaign_id,
  raw_event_name: 'email_clicked',
  platform: 'email',
})

export const a_click_has_the_utm_values_of_its_link = unitTest({
  description:
    "The link's UTM values, decoded; where it has no campaign, and for all else that happens to an e-mail, the name of the e-mail campaign. The page is the one that the link leads to, or that the form stands on. Whatever happens to an e-mail is of the channel Email.",
  model: hubspot_events,
  definitions: [defined(hubspot, { folder: 'raw/hubspot' })],
  given: [
    given(hubspot_moments, [
      click('e1', '7'),
      click('e2', '7'),
      { ...click('e3', '8'), raw_event_name: 'email_opened' },
      {
        system_event_id: 'form_submission:f1',
        raw_event_name: 'form_submitted',
        platform: 'web',
        page_url: 'https://shop.example/contact?utm_source=unread',
      },
      { system_event_id: 'contact:1', raw_event_name: 'contact_created', platform: 'crm' },
    ]),
    given(stg_hubspot__email_event_click, [
      {
        email_event_id: 'e1',
        link_url:
          'https://Shop.example/Lamps?utm_source=hs_email&utm_medium=email&utm_campaign=caf%C3%A9+week&utm_content=top&utm_term=',
      },
      { email_event_id: 'e2', link_url: 'https://shop.example/sale' },
    ]),
    given(stg_hubspot__email_campaign, [
      { email_campaign_id: '7', email_campaign: 'March news' },
      { email_campaign_id: '8', email_campaign: null },
    ]),
  ],
  expect: [
    {
      event_id: '3f9170433716fcd146ef68b9a9d2d94242ef1611cb43dcb33792f91b7fff4291',
      system: 'hubspot',
      system_event_id: 'email_event:e1',
      raw_event_name: 'email_clicked',
      platform: 'email',
      utm_source: 'hs_email',
      utm_medium: 'email',
      utm_campaign: 'café week',
      utm_content: 'top',
      page_host: 'shop.example',
      page_path: '/Lamps',
      place_channel: 'Email',
    },
    {
      event_id: 'e081611bc3ea95f184e8c629e78ac3e0a093e3e435d42c1139b1f40e21024ec8',
      system: 'hubspot',
      system_event_id: 'email_event:e2',
      raw_event_name: 'email_clicked',
      platform: 'email',
      utm_campaign: 'March news',
      page_host: 'shop.example',
      page_path: '/sale',
      place_channel: 'Email',
    },
    {
      event_id: 'b32612a3d560dae6bccf33525deae05f2fe43477b98906f635c1fa805a7e68ba',
      system: 'hubspot',
      system_event_id: 'email_event:e3',
      raw_event_name: 'email_opened',
      platform: 'email',
      place_channel: 'Email',
    },
    {
      event_id: '6e279e282aa927fd92a2dee989cccdfc8a1fe442dd7d92a11fb85078728746cf',
      system: 'hubspot',
      system_event_id: 'form_submission:f1',
      raw_event_name: 'form_submitted',
      platform: 'web',
      page_host: 'shop.example',
      page_path: '/contact',
    },
    {
      event_id: '16a4b2745d592ec454b23324ae828ac78ac719b342d91c68561bcb5a6dfa3096',
      system: 'hubspot',
      system_event_id: 'contact:1',
      raw_event_name: 'contact_created',
      platform: 'crm',
    },
  ],
})
