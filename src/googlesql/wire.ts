/** The service's messages as they travel: only the parts that are read or written here. */

export interface WireType {
  readonly type_kind: string
  readonly array_type?: { readonly element_type: WireType }
  readonly struct_type?: { readonly field?: readonly { readonly field_name: string; readonly field_type: WireType }[] }
  readonly range_type?: { readonly element_type: WireType }
}

/** One of `int64_value`, `string_value` and so on; without any it is NULL. */
export type WireValue = Readonly<Record<string, unknown>>

export type WireRow = readonly WireValue[]

export interface WireColumn {
  readonly name: string
  readonly type: WireType
}

/** A node of the parser's tree: its fields by name. */
export type ParseNode = { readonly [field: string]: unknown }
