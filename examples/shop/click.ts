export type DeviceCategory = 'desktop' | 'mobile' | 'tablet'

/** One thing that somebody did in the shop, before the tracker sends it. Texts that it does not know are empty. */
export interface Click {
  readonly personId: string
  readonly eventUuid: string
  readonly customerId: string
  readonly cookie: string
  readonly visit: string
  readonly event: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly device: DeviceCategory
  readonly country: string
  readonly utmSource: string
  readonly utmMedium: string
  readonly utmCampaign: string
  readonly referrer: string
  readonly url: string
  readonly order?: { readonly number: string; readonly cents: number }
}
