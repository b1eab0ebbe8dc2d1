import { definition, z } from 'throughline'
import { siteKinds } from '../../macros/channels'

const texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]).transform(given => [given].flat())

const host = z
  .string()
  .transform(given => given.trim().toLowerCase())
  .pipe(z.string().regex(/^[^\s/:?#@]+$/, 'a host, like acme.example, without https:// and path'))

const when = z
  .strictObject({
    utm_source: texts.optional().describe('The UTM source alone.'),
    utm_medium: texts.optional().describe('The UTM medium alone.'),
    utm_campaign: texts.optional().describe('The UTM campaign.'),
    click_id_kind: texts.optional().describe('gclid, fbclid, msclkid …'),
    referrer_host: texts.optional().describe('The host of the referrer, where it is from outside.'),
    page_path: texts
      .optional()
      .describe('The page of the event that says where somebody came from; of others no rule is asked.'),
    source: texts.optional().describe('The UTM source, else that of the click id, else the host of the referrer.'),
    medium: texts.optional().describe('The UTM medium, else that of the click id, else referral.'),
    site_kind: texts.optional().describe(`What kind of site the source is: ${siteKinds.join(', ')}.`),
  })
  .refine(given => Object.keys(given).length > 0, 'at least one condition')
  .describe('Conditions that all hold: a value or a list of values; * stands for any text; case does not matter.')

const ownRules = z
  .array(z.strictObject({ channel: z.string().min(1).describe('The channel that the rule names.'), when }))
  .default([])

export const channels = definition(
  'channels',
  z
    .strictObject({
      rules: z
        .enum(['ga4', 'none'])
        .default('ga4')
        .describe("ga4: Google's default channel groups. none: only the rules here."),
      before: ownRules.describe('Rules of our own that come first, in order.'),
      after: ownRules.describe('Rules of our own for what none of the others names, in order.'),
      own_domains: z
        .array(host)
        .default([])
        .describe(
          "Our own hosts, with their subdomains: coming from there starts nothing. A page's own host always counts.",
        ),
      ignore_referrers: z
        .array(host)
        .default([])
        .describe('Hosts that send people back to us, with their subdomains: payment pages, log-ins.'),
      sites: z
        .array(
          z.strictObject({
            host: host.describe('The host, or the bare name of a source.'),
            kind: z.enum(siteKinds).describe('What kind of site it is.'),
          }),
        )
        .default([])
        .describe('Sites, with their subdomains, or bare source names, besides those known; these come first.'),
      paid: z
        .array(z.string().min(1))
        .default([
          'Cross-network',
          'Paid Shopping',
          'Paid Search',
          'Paid Social',
          'Paid Video',
          'Display',
          'Paid Other',
          'Affiliates',
          'Audio',
        ])
        .describe('Channels that we pay for.'),
      offline: z
        .array(z.string().min(1))
        .default(['Store', 'Phone', 'Chat', 'Event'])
        .describe('Channels where people meet people.'),
    })
    .prefault({})
    .describe('Which channel brought somebody.'),
)
