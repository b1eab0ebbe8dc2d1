import { isConnectionLost, type SnowflakeError } from './errors.ts'
import type { SnowflakeSettings } from './settings.ts'
import { hintsOfSignIn } from './sign-in.ts'

/** What to do about a sign-in that was refused. */
export function signInHint(error: SnowflakeError, settings: SnowflakeSettings): string | undefined {
  const { code, message } = error
  const { account, user, role, accessUrl } = settings
  if (isConnectionLost(error) || /ENOTFOUND|ECONNREFUSED|EAI_AGAIN/.test(message))
    return accessUrl === undefined
      ? `is the account ${account} spelled as its address is? access_url says where it is reached by private link`
      : `is the account reached at ${accessUrl}?`
  if (code === '390189')
    return role === undefined
      ? 'the user’s own role, which counts where the target names none, is not one of its roles: write role: in the target'
      : `grant role ${role} to user ${user ?? '…'}`
  if (/^39042[0-9]$/.test(code) || /network polic|IP .* not allowed/i.test(message))
    return 'the network policy of the account or the user does not let this machine in'
  return hintsOfSignIn(settings)
}
