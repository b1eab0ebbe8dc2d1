/** NUMERIC and BIGNUMERIC travel as the integer of their smallest unit, in little-endian two's complement. */

export function decimalText(bytes: Uint8Array, scale: number): string {
  let value = 0n
  for (let index = bytes.length - 1; index >= 0; index--) value = (value << 8n) | BigInt(bytes[index]!)
  if (bytes.length > 0 && bytes[bytes.length - 1]! & 0x80) value -= 1n << BigInt(8 * bytes.length)
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0')
  const fraction = digits.slice(-scale).replace(/0+$/, '')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}${fraction && `.${fraction}`}`
}

/** Undefined where the text is no decimal number; digits past the scale round half away from zero, as BigQuery's casts do. */
export function decimalBytes(text: string, scale: number): Uint8Array | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text.trim())
  if (match === null || !/\d/.test(text)) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const shift = scale - fraction.length + Number(exponent)
  if (Math.abs(shift) > 1000) return undefined
  let value = BigInt(whole + fraction || '0')
  if (shift >= 0) value *= 10n ** BigInt(shift)
  else {
    const unit = 10n ** BigInt(-shift)
    value = (value + unit / 2n) / unit
  }
  return twosComplement(sign === '-' ? -value : value)
}

function twosComplement(value: bigint): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ; rest >>= 8n) {
    const byte = Number(rest & 255n)
    bytes.push(byte)
    const isLast = (rest >> 8n === 0n && byte < 128) || (rest >> 8n === -1n && byte >= 128)
    if (isLast) return Buffer.from(bytes)
  }
}
