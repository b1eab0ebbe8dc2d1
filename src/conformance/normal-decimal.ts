/** A decimal as all spell it: `12.50` and `12.5` are one, so are `-0` and `0`, `1.5E+1` and `15`. */
export function normalDecimal(text: string): string {
  const match = /^(-?)0*(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text.trim())
  if (match === null) return text
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  const padded = point < 0 ? digits.padStart(digits.length - point, '0') : digits.padEnd(point, '0')
  const at = Math.max(0, point)
  const left = padded.slice(0, at).replace(/^0+/, '') || '0'
  const right = padded.slice(at).replace(/0+$/, '')
  const unsigned = right === '' ? left : `${left}.${right}`
  return unsigned === '0' ? '0' : `${sign}${unsigned}`
}
