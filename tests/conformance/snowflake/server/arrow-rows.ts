import { createRequire } from 'node:module'
import type { Column, Row } from './results.ts'

/** As much of npm `apache-arrow` as is used, which is installed beside these tests only. */
interface Arrow {
  tableFromIPC(bytes: Uint8Array): ArrowTable
}
interface ArrowTable {
  readonly numRows: number
  readonly schema: { readonly fields: readonly { readonly type: ArrowType }[] }
  getChildAt(index: number): ArrowVector
}
/** https://arrow.apache.org/docs/js/enums/Arrow.dom.Type.html */
interface ArrowType {
  readonly typeId: number
  readonly scale?: number
}
interface ArrowVector {
  get(row: number): unknown
  getChild(name: string): ArrowVector | null
}

const decimalType = 7
const nanosecondsASecond = 1_000_000_000n

let arrow: Arrow | undefined

/** Rows of fakesnow's answer as the service writes them for the Node driver: text or null. */
export function rowsOfArrow(base64: string, columns: readonly Column[]): readonly Row[] {
  if (base64 === '') return []
  arrow ??= createRequire(import.meta.url)('apache-arrow') as Arrow
  const table = arrow.tableFromIPC(Buffer.from(base64, 'base64'))
  const cells = columns.map((column, index) =>
    cellsOf(column, table.getChildAt(index), table.schema.fields[index]!.type),
  )
  return Array.from({ length: table.numRows }, (_, row) => cells.map(cell => cell(row)))
}

/** https://docs.snowflake.com/en/developer-guide/sql-api/handling-responses#getting-the-data-from-the-results */
function cellsOf(column: Column, vector: ArrowVector, type: ArrowType): (row: number) => string | null {
  const written = writerOf(column.type, type)
  if (!column.type.startsWith('timestamp'))
    return row => {
      const value = vector.get(row)
      return value === null || value === undefined ? null : written(value)
    }
  const [seconds, fraction] = [vector.getChild('epoch')!, vector.getChild('fraction')!]
  const zone =
    column.type === 'timestamp_tz'
      ? (vector.getChild('timezone')?.get.bind(vector.getChild('timezone')) ?? (() => 1440))
      : undefined
  return row => {
    const whole = seconds.get(row)
    if (whole === null || whole === undefined) return null
    const instant = secondsText(BigInt(whole as bigint) * nanosecondsASecond + BigInt(fraction.get(row) as number))
    return zone === undefined ? instant : `${instant} ${zone(row)}`
  }
}

function writerOf(type: string, { typeId, scale = 0 }: ArrowType): (value: unknown) => string {
  if (typeId === decimalType) return value => decimalText(value as Uint32Array, scale)
  switch (type) {
    case 'boolean':
      return value => (value === true ? '1' : '0')
    case 'date':
      return value => String(Math.round(Number(value) / 86_400_000))
    case 'time':
      return value => secondsText(BigInt(value as bigint))
    case 'binary':
      return value =>
        Buffer.from(value as Uint8Array)
          .toString('hex')
          .toUpperCase()
    case 'real':
      return value => realText(Number(value))
    default:
      return String
  }
}

function realText(value: number): string {
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf'
}

/** `1767323045.678901000`; of nanoseconds. */
function secondsText(nanoseconds: bigint): string {
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  const fraction = String(size % nanosecondsASecond).padStart(9, '0')
  return `${nanoseconds < 0n ? '-' : ''}${size / nanosecondsASecond}.${fraction}`
}

/** Of the words of an integer in two's complement, the lowest first. */
function decimalText(words: Uint32Array, scale: number): string {
  let value = 0n
  for (let index = words.length - 1; index >= 0; index -= 1) value = (value << 32n) | BigInt(words[index]!)
  value = BigInt.asIntN(words.length * 32, value)
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0')
  const point = digits.length - scale
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return value < 0n ? `-${text}` : text
}
