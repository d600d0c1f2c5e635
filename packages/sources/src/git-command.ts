import { FairleadError } from '@fairlead/contracts/errors'
import type { SourceLogin } from '@fairlead/contracts/source-reader'
import { isIP } from 'node:net'
import { hostOf } from '@fairlead/egress/address-guard'
import { authorizationOf } from '@fairlead/egress/authorization'
import { unreachable, type Dialable } from './address'
import { loginHelp } from './download'
import { programFolders } from './find-program'
import { runLimited, type Limits, type Ran } from './run-limited'

export interface GitPlace {
  readonly cwd: string
  readonly dialable?: Dialable
  readonly login?: SourceLogin | null
}

/**
 * Git as a child without hooks, helpers, prompts, proxies or redirects, and with no configuration but this. A password
 * is in its environment alone, which only the user that runs it can read.
 */
export async function git(
  { cwd, dialable, login }: GitPlace,
  args: readonly string[],
  options: { readonly limits: Limits; readonly input?: string },
): Promise<Ran> {
  const ran = await runLimited(
    {
      name: 'git',
      program: 'git',
      args,
      cwd,
      env: {
        ...fixed,
        HOME: cwd,
        PATH: programFolders.join(':'),
        GIT_ALLOW_PROTOCOL: dialable?.url.protocol.slice(0, -1) ?? 'none',
        ...configured(dialable, login ?? null),
      },
      ...(options.input === undefined ? {} : { input: options.input }),
    },
    options.limits,
  )
  if (ran.code !== 0) throw gitError(ran.stderr, dialable)
  return ran
}

const fixed = {
  LANG: 'C',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
}

function configured(dialable: Dialable | undefined, login: SourceLogin | null): Record<string, string> {
  const settings: [string, string][] = [
    ['core.hooksPath', '/dev/null'],
    ['credential.helper', ''],
    ['http.followRedirects', 'false'],
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '20'],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['protocol.version', '2'],
  ]
  if (dialable !== undefined && isIP(hostOf(dialable.url)) === 0)
    settings.push(['http.curloptResolve', pinned(dialable)])
  if (login !== null) settings.push(['http.extraHeader', `Authorization: ${authorizationOf(login)}`])
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(settings.length)],
    ...settings.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]) as Record<string, string>
}

/** curl's words for "this name is this address": a second answer of the DNS changes nothing. */
function pinned({ url, address }: Dialable): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  return `${url.hostname}:${port}:${isIP(address) === 6 ? `[${address}]` : address}`
}

export function gitError(stderr: string, dialable: Dialable | undefined): FairleadError {
  const host = dialable?.url.host ?? 'git'
  const where = dialable === undefined ? 'The repository' : dialable.url.href
  if (/authentication failed|could not read (?:username|password)|\b401\b|\b403\b/i.test(stderr))
    return new FairleadError('forbidden', `${where} refuses the login, or asks for one.`, {
      remedy: loginHelp,
    })
  if (
    /repository .*not found|\b404\b|does not appear to be a git repository|not valid: is this a git/i.test(
      stderr,
    )
  )
    return new FairleadError(
      'not_found',
      `There is no repository at ${where}, or its login may not see it.`,
      {
        remedy: `Correct the address. ${loginHelp}`,
      },
    )
  if (/not our ref|unadvertised object|couldn't find remote ref/i.test(stderr))
    return new FairleadError(
      'unavailable',
      'The commit is not there any more: the branch was moved meanwhile.',
      {
        remedy: 'It is looked at again.',
      },
    )
  if (/unable to update url base from redirection|redirect/i.test(stderr))
    return new FairleadError('forbidden', `${where} leads to another address; redirects are not followed.`, {
      remedy: 'Give the address that it leads to.',
    })
  if (/certificate|ssl/i.test(stderr)) return unreachable(host, 'its certificate is not trusted')
  if (
    /failed to connect|couldn't connect|could not resolve|timed out|empty reply|connection|too slow/i.test(
      stderr,
    )
  )
    return unreachable(host, 'it does not answer')
  return new FairleadError('unavailable', `Git could not read ${where}: ${lastLine(stderr)}`)
}

const lastLine = (stderr: string): string =>
  (
    stderr
      .trim()
      .split('\n')
      .findLast((line) => /^(?:fatal|error)/.test(line)) ?? 'no reason was given'
  ).slice(0, 300)
