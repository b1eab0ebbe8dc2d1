/** What must never be printed. Holds the values out of reach of `JSON.stringify` and of a debugger's listing of the object. */
export interface Secrets {
  /** `text` with every secret, however it is escaped there, replaced by `***`. */
  mask(text: string): string
}

/** The shortest value that is masked: anything shorter occurs everywhere by chance. */
const shortestSecret = 4

/** Words that switches hold; masking them (`TOKENIZERS_PARALLELISM=false`) would blot out innocent text. */
const switchWords = new Set(['true', 'false', 'none', 'null'])

/** The secrets of a run: `values` (known from where they are used), and every variable of `env` whose name sounds secret. */
export function secretsOf(
  values: Iterable<string>,
  env: { readonly [name: string]: string | undefined } = {},
): Secrets {
  const fromEnvironment = Object.entries(env)
    .filter(([name]) => isSecretVariable(name))
    .flatMap(([, value]) => (value === undefined || switchWords.has(value.toLowerCase()) ? [] : [value]))
  const forms = new Set([...values, ...fromEnvironment].flatMap(formsOf).filter(form => form.length >= shortestSecret))
  const longestFirst = [...forms].sort((a, b) => b.length - a.length)
  return Object.freeze({ mask: (text: string) => maskAll(text, longestFirst) })
}

/** Whether an environment variable's own name says that its value is a secret. */
export function isSecretVariable(name: string): boolean {
  return /KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL|PASSPHRASE|PASSCODE/i.test(name)
}

/** Whether a key of the config says that what stands in it is a secret; where a secret is to be had, a file or an address, is none. */
export function isSecretKey(key: string): boolean {
  if (/_(file|path|uri|url)$/i.test(key)) return false
  return /private_?key|api_?key|access_?key|passw(or)?d|^(pass|pwd)$|passphrase|passcode|token|secret|credential/i.test(
    key,
  )
}

/** Whether a text is a secret whatever it is called: it holds a private key, or is a signed token. */
export function looksSecret(text: string): boolean {
  return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY|^eyJ[\w-]{16,}/.test(text)
}

/** A secret as it can turn up in text: as it is, in JSON, in SQL, in a URL, and line by line where a message is indented. */
function formsOf(secret: string): string[] {
  return piecesOf(secret).flatMap(text => [
    text,
    JSON.stringify(text).slice(1, -1),
    text.replaceAll("'", "''"),
    encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD')),
    new URLSearchParams({ '': text }).toString().slice(1),
  ])
}

/** The whole, and what of it alone is secret: of JSON the values whose names say so, else each line. What opens and closes a key in PEM is known to all. */
function piecesOf(secret: string): readonly string[] {
  const inJson = secretsInJson(secret)
  if (inJson !== undefined) return [secret, ...inJson.flatMap(piecesOf)]
  const lineEnd = secret.includes('-----BEGIN') ? /\r?\n|\\n/ : /\r?\n/
  const lines = secret.split(lineEnd).map(line => line.trim())
  const pieces = lines.length > 1 ? [secret, ...lines.filter(line => line.length >= 8)] : [secret]
  return pieces.filter(piece => !/^-----(BEGIN|END) [A-Z0-9 ]+-----$/.test(piece.trim()))
}

/** Undefined where the text is no object in JSON. */
function secretsInJson(text: string): readonly string[] | undefined {
  if (!/^\s*\{/.test(text)) return undefined
  try {
    const entries = Object.entries(JSON.parse(text) as Readonly<Record<string, unknown>>)
    return entries.flatMap(([key, value]) => (typeof value === 'string' && isSecretKey(key) ? [value] : []))
  } catch {
    return undefined
  }
}

/** Finds all occurrences before replacing any, so that of two secrets that overlap in the text no end is left standing. */
function maskAll(text: string, forms: readonly string[]): string {
  const spans: { readonly start: number; readonly end: number }[] = []
  for (const form of forms) {
    for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) {
      spans.push({ start, end: start + form.length })
    }
  }
  if (spans.length === 0) return text
  spans.sort((a, b) => a.start - b.start || b.end - a.end)
  let masked = ''
  let position = 0
  for (const { start, end } of spans) {
    if (start >= position) masked += `${text.slice(position, start)}***`
    position = Math.max(position, end)
  }
  return masked + text.slice(position)
}
