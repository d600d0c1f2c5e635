import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'

export interface GitLogin {
  readonly username: string
  readonly password: string
}

/** A real Git repository over real HTTP, on loopback: git's own server behind a small gateway. */
export interface GitServer {
  /** `http://127.0.0.1:…/shop.git` */
  readonly address: string
  /** Writes files (null deletes one, `@target` makes a link), commits and pushes; its commit. */
  commit(files: Readonly<Record<string, string | null>>, message?: string): string
  /** Like `commit`, in the place of the newest one. */
  amend(files: Readonly<Record<string, string>>, message?: string): string
  /** Runs git in the working copy. */
  git(...args: readonly string[]): string
  /** Of the working copy. */
  readonly folder: string
  /** From now on it asks for this login. */
  require(login: GitLogin | null): void
  /** Requests that were answered. */
  readonly asked: () => number
  close(): Promise<void>
}

const identity = {
  GIT_AUTHOR_NAME: 'Grace',
  GIT_AUTHOR_EMAIL: 'grace@example.org',
  GIT_COMMITTER_NAME: 'Grace',
  GIT_COMMITTER_EMAIL: 'grace@example.org',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
}

export async function createGitServer(): Promise<GitServer> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'fairlead-git-'))
  const bare = path.join(root, 'shop.git')
  const folder = path.join(root, 'work')
  const run = (cwd: string, args: readonly string[]): string =>
    execFileSync('git', [...args], {
      cwd,
      env: { ...process.env, ...identity },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .toString('utf8')
      .trim()
  run(root, ['init', '--quiet', '--bare', '--initial-branch=main', bare])
  run(root, ['init', '--quiet', '--initial-branch=main', folder])
  run(folder, ['remote', 'add', 'origin', bare])
  let login: GitLogin | null = null
  let requests = 0
  const server = http.createServer((request, response) => {
    requests += 1
    const given = request.headers.authorization
    const wanted =
      login === null ? null : `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
    if (wanted !== null && given !== wanted)
      return void response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end()
    answer(root, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const write = (files: Readonly<Record<string, string | null>>): void => {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name)
      if (text === null) fs.rmSync(file)
      else {
        fs.mkdirSync(path.dirname(file), { recursive: true })
        fs.rmSync(file, { force: true })
        if (text.startsWith('@')) fs.symlinkSync(text.slice(1), file)
        else fs.writeFileSync(file, text)
      }
    }
    run(folder, ['add', '--all'])
  }
  const push = (): string => {
    run(folder, ['push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/main'])
    return run(folder, ['rev-parse', 'HEAD'])
  }
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop.git`,
    folder,
    git: (...args) => run(folder, args),
    commit: (files, message = 'Change') => {
      write(files)
      run(folder, ['commit', '--quiet', '--allow-empty', '--message', message])
      return push()
    },
    amend: (files, message = 'Changed again') => {
      write(files)
      run(folder, ['commit', '--quiet', '--amend', '--message', message])
      return push()
    },
    require: (wanted) => void (login = wanted),
    asked: () => requests,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      fs.rmSync(root, { recursive: true, force: true })
    },
  }
}

/** CGI, as `git http-backend` speaks it. */
function answer(root: string, request: http.IncomingMessage, response: http.ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost')
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      REQUEST_METHOD: request.method ?? 'GET',
      PATH_INFO: url.pathname,
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      REMOTE_ADDR: '127.0.0.1',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  request.pipe(backend.stdin)
  backend.stdin.on('error', () => undefined)
  let head = Buffer.alloc(0)
  let open = false
  backend.stdout.on('data', (chunk: Buffer) => {
    if (open) return void response.write(chunk)
    head = Buffer.concat([head, chunk])
    const end = head.indexOf('\r\n\r\n')
    if (end < 0) return
    open = true
    const lines = head.toString('latin1', 0, end).split('\r\n')
    const headers = lines.map((line) => line.split(/:\s*/, 2) as [string, string])
    const status = headers.find(([name]) => name === 'Status')?.[1] ?? '200'
    response.writeHead(
      Number(status.slice(0, 3)),
      Object.fromEntries(headers.filter(([name]) => name !== 'Status')),
    )
    response.write(head.subarray(end + 4))
  })
  backend.on('close', () => response.end())
}
