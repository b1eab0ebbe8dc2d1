import { join } from 'node:path'
import { dateIn, day, dayCount, dayOf, hour, startOfDay, utcText, type Zone } from '../lib/calendar.ts'
import { Random } from '../lib/random.ts'
import { TableFile } from '../lib/table-file.ts'
import type { DeviceCategory } from '../people/person.ts'
import { googleAdsColumns, metaAdsColumns } from './ads-tables.ts'
import { type Campaign, campaigns } from './campaigns.ts'
import { decimal } from './order.ts'

const googleAccount = 2_121_450_128
const metaAccount = 1_700_252_260_223_815
const zones: Readonly<Record<Campaign['system'], Zone>> = { google: 'Europe/Berlin', meta: 'Europe/London' }
const devices: readonly DeviceCategory[] = ['mobile', 'desktop', 'tablet']
const all: readonly Campaign[] = Object.values(campaigns)

/**
 * Both advertising accounts: what they are made of, and what each day cost. Google's is kept in euros and Berlin's days,
 * Meta's in pounds and London's. Each counts more clicks than the site sees visits.
 */
export class AdAccounts {
  readonly #google
  readonly #meta
  readonly #seed: string
  /** Of today and yesterday, by date, campaign and device. */
  readonly #clicks = new Map<string, number>()
  #writtenUntil = dateIn('Europe/London', startOfDay(0) - day)

  constructor(googleFolder: string, metaFolder: string, seed: string) {
    this.#seed = seed
    const openGoogle = <Table extends keyof typeof googleAdsColumns>(table: Table) =>
      new TableFile<(typeof googleAdsColumns)[Table][number]>(
        join(googleFolder, `${table}.csv`),
        googleAdsColumns[table],
        utcText,
      )
    const openMeta = <Table extends keyof typeof metaAdsColumns>(table: Table) =>
      new TableFile<(typeof metaAdsColumns)[Table][number]>(
        join(metaFolder, `${table}.csv`),
        metaAdsColumns[table],
        isoText,
      )
    this.#google = {
      account_history: openGoogle('account_history'),
      campaign_history: openGoogle('campaign_history'),
      ad_group_history: openGoogle('ad_group_history'),
      campaign_stats: openGoogle('campaign_stats'),
      ad_group_stats: openGoogle('ad_group_stats'),
    }
    this.#meta = {
      account_history: openMeta('account_history'),
      campaign_history: openMeta('campaign_history'),
      ad_set_history: openMeta('ad_set_history'),
      ad_history: openMeta('ad_history'),
      basic_ad: openMeta('basic_ad'),
    }
    this.#introduce()
  }

  noteClick(campaign: Campaign, device: DeviceCategory, at: number): void {
    const key = `${dateIn(zones[campaign.system], at)} ${campaign.id} ${device}`
    this.#clicks.set(key, (this.#clicks.get(key) ?? 0) + 1)
  }

  /** Writes the days that are over everywhere by the end of a day in Berlin. */
  finishDay(number: number): void {
    const isLast = number === dayCount - 1
    const until = dateIn('Europe/London', startOfDay(number + (isLast ? 1 : 0)) - hour / 2)
    for (let date = nextDate(this.#writtenUntil); date <= until; date = nextDate(date)) {
      for (const campaign of all) this.#write(campaign, date)
      this.#writtenUntil = date
    }
  }

  finish(): void {
    for (const table of [...Object.values(this.#google), ...Object.values(this.#meta)]) table.finish()
  }

  #write(campaign: Campaign, date: string): void {
    const noon = Date.parse(`${date}T12:00:00Z`)
    const number = dayOf(noon)
    const clicks = devices.map(device => this.#take(`${date} ${campaign.id} ${device}`))
    const isOn = number >= campaign.firstDay && number <= campaign.lastDay
    if (!isOn && clicks.every(count => count === 0)) return
    const random = new Random(`${this.#seed}/ads/${date}`, campaign.id)
    if (campaign.system === 'meta') {
      const total = clicks.reduce((sum, count) => sum + count, 0)
      this.#writeMeta(random, campaign, date, number, bookedClicks(random, total), noon)
      return
    }
    devices.forEach((device, index) => {
      const booked = bookedClicks(random, clicks[index] ?? 0)
      const impressions = Math.round((booked + random.next()) * campaign.impressionsPerClick)
      if (impressions > 0) this.#writeGoogle(random, campaign, date, device, booked, impressions, noon)
    })
  }

  #take(key: string): number {
    const count = this.#clicks.get(key) ?? 0
    this.#clicks.delete(key)
    return count
  }

  #writeGoogle(
    random: Random,
    campaign: Campaign,
    date: string,
    device: DeviceCategory,
    clicks: number,
    impressions: number,
    noon: number,
  ): void {
    const cents = Math.round(clicks * campaign.clickCents * (0.8 + 0.4 * random.next()))
    const row = {
      customer_id: googleAccount,
      date,
      ad_network_type: campaign.kind === 'PERFORMANCE_MAX' ? 'MIXED' : 'SEARCH',
      device: device.toUpperCase(),
      impressions,
      conversions: 0,
      conversions_value: 0,
      view_through_conversions: 0,
    }
    const now = { clicks, cost_micros: cents * 10_000 }
    // First as counted on the day; two days later without the clicks that Google holds for invalid.
    const before =
      clicks > 2 && random.chance(0.15)
        ? { clicks: clicks + 1, cost_micros: (cents + campaign.clickCents) * 10_000 }
        : now
    const versions = before === now ? [now] : [before, now]
    versions.forEach((version, index) => {
      const changedAt = noon + 18 * hour + index * 2 * day
      this.#google.campaign_stats.add(
        { ...row, ...version, id: campaign.id, _fivetran_id: rowId(date, campaign.id, device) },
        changedAt,
      )
      const { group } = campaign
      if (!group) return
      const ids = { id: group.id, campaign_id: campaign.id, _fivetran_id: rowId(date, group.id, device) }
      this.#google.ad_group_stats.add({ ...row, ...version, ...ids }, changedAt)
    })
  }

  #writeMeta(random: Random, campaign: Campaign, date: string, number: number, clicks: number, noon: number): void {
    const impressions = Math.round((clicks + random.next()) * campaign.impressionsPerClick)
    if (impressions === 0) return
    const reach = Math.max(1, Math.round(impressions / (1.1 + random.next())))
    const name = campaign.renamed && number < campaign.renamed.onDay ? campaign.renamed.from : campaign.name
    this.#meta.basic_ad.add(
      {
        ad_id: campaign.adId ?? '',
        ad_name: `${name} v1`,
        adset_name: campaign.group?.name ?? '',
        date,
        account_id: metaAccount,
        impressions,
        inline_link_clicks: clicks,
        spend: decimal(Math.round(clicks * campaign.clickCents * (0.8 + 0.4 * random.next()))),
        reach,
        frequency: (impressions / reach).toFixed(4),
      },
      noon + 18 * hour,
    )
  }

  #introduce(): void {
    const since = startOfDay(0) - 40 * day
    this.#google.account_history.add(
      {
        id: googleAccount,
        updated_at: utcText(since),
        auto_tagging_enabled: 'true',
        currency_code: 'EUR',
        descriptive_name: 'Lumen Lamps',
        time_zone: zones.google,
        _fivetran_active: 'true',
      },
      since,
    )
    this.#meta.account_history.add(
      {
        id: metaAccount,
        name: 'Lumen Lamps UK',
        account_status: 'ACTIVE',
        business_country_code: 'GB',
        created_time: isoText(since),
        currency: 'GBP',
        timezone_name: zones.meta,
      },
      since,
    )
    for (const campaign of all) {
      const versions = campaign.renamed
        ? [
            { name: campaign.renamed.from, at: since, isNow: false },
            { name: campaign.name, at: startOfDay(campaign.renamed.onDay) + 9 * hour, isNow: true },
          ]
        : [{ name: campaign.name, at: since, isNow: true }]
      for (const version of versions) {
        if (campaign.system === 'google') this.#introduceGoogle(campaign, version)
        else this.#introduceMeta(campaign, version)
      }
    }
  }

  #introduceGoogle(campaign: Campaign, { name, at, isNow }: CampaignVersion): void {
    const times = { updated_at: utcText(at), _fivetran_active: String(isNow) }
    this.#google.campaign_history.add(
      {
        ...times,
        id: campaign.id,
        name,
        customer_id: googleAccount,
        advertising_channel_type: campaign.kind,
        advertising_channel_subtype: 'UNSPECIFIED',
        start_date: '2026-01-05',
        end_date: '2037-12-30',
        serving_status: 'SERVING',
        status: 'ENABLED',
      },
      at,
    )
    const { group } = campaign
    if (!group) return
    this.#google.ad_group_history.add(
      {
        ...times,
        id: group.id,
        type: campaign.kind === 'SHOPPING' ? 'SHOPPING_PRODUCT_ADS' : 'SEARCH_STANDARD',
        campaign_id: campaign.id,
        campaign_name: name,
        name: group.name,
        status: 'ENABLED',
      },
      at,
    )
  }

  #introduceMeta(campaign: Campaign, { name, at }: CampaignVersion): void {
    const { group, adId } = campaign
    const start = isoText(startOfDay(campaign.firstDay))
    const common = { account_id: metaAccount, updated_time: isoText(at) }
    this.#meta.campaign_history.add(
      { ...common, id: campaign.id, name, status: 'ACTIVE', created_time: isoText(at), start_time: start },
      at,
    )
    if (!group || !adId) return
    this.#meta.ad_set_history.add(
      { ...common, id: group.id, campaign_id: campaign.id, name: group.name, status: 'ACTIVE', start_time: start },
      at,
    )
    this.#meta.ad_history.add(
      {
        ...common,
        id: adId,
        ad_set_id: group.id,
        campaign_id: campaign.id,
        creative_id: adId + 801,
        name: `${name} v1`,
      },
      at,
    )
  }
}

interface CampaignVersion {
  readonly name: string
  readonly at: number
  readonly isNow: boolean
}

/** An advertising system counts a tenth more than arrives: those who leave at once, or let nobody count them. */
function bookedClicks(random: Random, seen: number): number {
  return seen + Math.floor(seen * 0.1 + random.next())
}

function rowId(date: string, id: number, device: string): string {
  return `${Buffer.from(`${date}/${id}/${device}`).toString('base64url')}=`
}

function nextDate(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + day).toISOString().slice(0, 10)
}

/** As in 2026-02-16T09:30:00.250. */
function isoText(instant: number): string {
  return utcText(instant).replace(' ', 'T')
}
