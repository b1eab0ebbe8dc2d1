import type { Random } from '../lib/random.ts'
import type { Person } from './person.ts'

/** An address of e-mail as somebody may type it: mostly as it is, now and then in capitals or with a blank around it. */
export function typedEmail(random: Random, email: string): string {
  const fate = random.next()
  if (fate < 0.08) return capitalised(email)
  if (fate < 0.12) return email.toUpperCase()
  if (fate < 0.15) return ` ${email}`
  return fate < 0.18 ? `${email} ` : email
}

function capitalised(email: string): string {
  return email.replace(/(^|[.@])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase())
}

/** A telephone number as somebody may type it; without the code of the country only where that is ours, Germany. */
export function typedPhone(random: Random, { phone, country }: Person): string {
  const code = country.callingCode
  const rest = phone.slice(1 + code.length)
  const [area, line] = [rest.slice(0, 3), rest.slice(3)]
  const international = [phone, `+${code} ${area} ${line}`, `00${code}${rest}`, `+${code} (${area}) ${spaced(line)}`]
  const national = code === '49' ? [`0${area}/${line}`, `0${area} ${spaced(line)}`, `(0${area}) ${line}`] : []
  return random.pick([...international, ...national])
}

function spaced(line: string): string {
  return line.replace(/(\d{3})(?=\d)/g, '$1 ')
}

/** As the telephone network tells it: at times without the plus. */
export function networkPhone(random: Random, phone: string): string {
  return random.chance(0.4) ? phone.slice(1) : phone
}
