import { defined, given, unitTest } from 'throughline'
import { channels } from '../../models/definitions/channels'
import { events } from '../../models/events/events'
import { event_sources } from '../../models/journeys/event_sources'

const from = (referrer_host: string, page_host: string | null = 'www.acme.example') => ({
  event_id: `${referrer_host} to ${page_host}`,
  referrer_host,
  page_host,
})

export const coming_from_ourselves_starts_nothing = unitTest({
  description:
    "A referrer of the page's own host, of our own domains or of a payment page is none, subdomains included, with or without www; a host that only ends alike is from outside. UTM values count all the same.",
  model: event_sources,
  definitions: [defined(channels, { own_domains: ['Acme.example'], ignore_referrers: ['pay.example'] })],
  given: [
    given(events, [
      from('acme.example'),
      from('blog.acme.example', null),
      from('www.other.example', 'other.example'),
      from('other.example', 'www.other.example'),
      from('pay.example'),
      from('3ds.pay.example'),
      from('notacme.example'),
      from('mypay.example'),
      from('acme.example.evil.example'),
      from('other.example', 'shop.other.example'),
      { ...from('pay.example', 'acme.example'), utm_source: 'pay' },
    ]),
  ],
  expect: [
    { event_id: 'notacme.example to www.acme.example', carried_by: 'referrer', source: 'notacme.example' },
    { event_id: 'mypay.example to www.acme.example', carried_by: 'referrer', source: 'mypay.example' },
    {
      event_id: 'acme.example.evil.example to www.acme.example',
      carried_by: 'referrer',
      source: 'acme.example.evil.example',
    },
    { event_id: 'other.example to shop.other.example', carried_by: 'referrer', source: 'other.example' },
    { event_id: 'pay.example to acme.example', carried_by: 'utm', source: 'pay' },
  ],
})
