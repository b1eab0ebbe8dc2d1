/** Why fakesnow gives other rows than Snowflake would, or none. */
interface Because {
  readonly because: string
}

/** Built all the same: where a model no longer differs, its test fails, and the line goes. */
export const modelDifferences: readonly (Because & { readonly models: readonly string[] })[] = [
  { models: ['stg_ga4__events'], because: 'FILTER and TRANSFORM know no VARIANT in their lambdas' },
  { models: ['events'], because: 'there is no TRY_HEX_DECODE_STRING' },
  { models: ['identifier_pairs'], because: 'TO_CHAR leaves out microseconds that are zero' },
]

/** Data tests that find rows where there are none; asked all the same. */
export const testDifferences: readonly (Because & { readonly tests: readonly string[] })[] = [
  {
    tests: [
      'never_attribution_credits_a_conversion_whose_revenue_is_not_shared_out',
      'never_attribution_by_channel_a_period_or_segment_whose_sums_are_not_those_of_the_conversi',
      'never_channel_performance_a_model_conversion_and_kind_of_period_whose_spend_is_not_tha',
      'never_channel_performance_a_model_and_conversion_whose_sums_are_not_those_of_attributi',
    ],
    because: 'SUM of decimals is a double',
  },
]

/** Why a model differs; undefined where it must not. */
export function modelDifference(model: string): string | undefined {
  return modelDifferences.find(({ models }) => models.includes(model))?.because
}

/** Whether a data test differs. */
export function isDifferingTest(test: string): boolean {
  return testDifferences.some(({ tests }) => tests.includes(test))
}

/** Models that differ in a whole build: they tell of the first event of two identifiers, too, as identifier_pairs does. */
const buildDifferences: readonly (Because & { readonly models: readonly string[] })[] = [
  {
    models: ['identifier_pairs', 'link_candidates', 'identity_links'],
    because: 'TO_CHAR leaves out microseconds that are zero',
  },
]

/** Why a model differs in a whole build; undefined where it must not. */
export function buildDifference(model: string): string | undefined {
  return buildDifferences.find(({ models }) => models.includes(model))?.because
}
