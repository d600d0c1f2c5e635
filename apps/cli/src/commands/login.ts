import { FairleadError } from '@fairlead/contracts/errors'
import type { Command } from 'commander'
import readline from 'node:readline/promises'
import { Writable } from 'node:stream'
import { createOutput, table } from '../output'
import { readEnv } from '../env'
import { defaultUrl, saveLogin } from '../session'
import { contextOf } from './command-context'

export function addLogin(program: Command): void {
  program
    .command('login')
    .description('sign in and remember it on this machine')
    .option('--url <url>', 'where Fairlead runs', readEnv().FAIRLEAD_URL ?? defaultUrl)
    .option('--email <email>')
    .option('--password-stdin', 'read the password from standard input')
    .option('--token <token>', 'keep an API token instead of a password session')
    .action(
      async (
        options: { url: string; email?: string; passwordStdin?: boolean; token?: string },
        command: Command,
      ) => {
        const out = createOutput(command.optsWithGlobals<{ json?: boolean }>().json === true)
        const url = options.url.replace(/\/$/, '')
        const secret =
          options.token === undefined ? { cookie: await signIn(url, options) } : { token: options.token }
        const file = saveLogin({ url, ...secret })
        out.result({ url, file }, () => `Signed in to ${url}.`)
      },
    )
  program
    .command('whoami')
    .description('who you are and what you may do')
    .action(async (_options: object, command: Command) => {
      const { api, out, url } = contextOf(command)
      const me = await api.session.me.query({})
      const rows = me.memberships.map((membership) => [
        membership.project ?? 'every project',
        membership.role,
      ])
      out.result(
        me,
        () =>
          `${me.name}${me.email === null ? '' : ` <${me.email}>`} at ${url}\n\n${table(['project', 'role'], rows)}`,
      )
    })
}

async function signIn(url: string, options: { email?: string; passwordStdin?: boolean }): Promise<string> {
  const email = options.email ?? (await ask('E-mail: ', false))
  const password = options.passwordStdin ? await readAll() : await ask('Password: ', true)
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
    redirect: 'error',
  }).catch((error: unknown) => {
    throw new FairleadError(
      'unavailable',
      `Fairlead did not answer at ${url}.`,
      { remedy: 'Is it running?' },
      { cause: error },
    )
  })
  if (answer.status === 429)
    throw new FairleadError('rate_limited', 'Too many attempts; wait a minute and try again.')
  if (!answer.ok) throw new FairleadError('unauthenticated', 'The e-mail or the password is wrong.')
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ')
}

async function readAll(): Promise<string> {
  let text = ''
  for await (const chunk of process.stdin) text += String(chunk)
  return text.replace(/\r?\n$/, '')
}

async function ask(question: string, hidden: boolean): Promise<string> {
  if (!process.stdin.isTTY)
    throw new FairleadError('invalid', 'There is no terminal to ask on.', {
      remedy: '--email E --password-stdin',
    })
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const prompt = readline.createInterface({
    input: process.stdin,
    output: hidden ? silent : process.stderr,
    terminal: true,
  })
  const answer = await prompt.question('')
  prompt.close()
  if (hidden) process.stderr.write('\n')
  return answer.trim()
}
