import { execFile } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const lockFile = path.resolve(import.meta.dirname, '../requirements.txt')

export interface InstallOptions {
  /** Kept between runs and shared by checkouts. */
  readonly cacheFolder: string
  readonly announce: (message: string) => void
}

/** The folder of a virtual environment with exactly the packages of requirements.txt; made once for each such list. */
export async function installAirflow(options: InstallOptions): Promise<string> {
  const digest = crypto.createHash('sha256').update(fs.readFileSync(lockFile)).digest('hex').slice(0, 12)
  const folder = path.join(options.cacheFolder, `airflow-${digest}`)
  // Scripts of a virtual environment name their own folder, so it can't be moved: a mark says that it is complete.
  const mark = path.join(folder, 'complete')
  if (fs.existsSync(mark)) return folder
  fs.mkdirSync(options.cacheFolder, { recursive: true })
  await holding(`${folder}.lock`, async () => {
    if (fs.existsSync(mark)) return
    options.announce('installing Apache Airflow into the cache (about a minute, once)')
    fs.rmSync(folder, { recursive: true, force: true })
    await createEnvironment(folder, options.announce)
    const pip = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--disable-pip-version-check']
    await run(path.join(folder, 'bin/python'), [...pip, '-r', lockFile], { maxBuffer: 64 * 1024 * 1024 })
    fs.writeFileSync(mark, '')
  })
  return folder
}

async function createEnvironment(folder: string, announce: (message: string) => void): Promise<void> {
  try {
    await run('python3', ['-m', 'venv', folder])
  } catch (error) {
    // Debian ships Python without the part that makes environments.
    if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) throw error
    announce('installing system packages: python3-venv')
    const apt = ['-q', '-o', 'DPkg::Lock::Timeout=600']
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', [...apt, 'update'], { env, maxBuffer: 64 * 1024 * 1024 })
    await run('apt-get', [...apt, 'install', '-y', '--no-install-recommends', 'python3-venv'], { env })
    fs.rmSync(folder, { recursive: true, force: true })
    await run('python3', ['-m', 'venv', folder])
  }
}

/** One installer at a time on this machine; a lock whose holder died is taken over. */
async function holding(file: string, work: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' })
      break
    } catch {
      if (isAbandoned(file)) fs.rmSync(file, { force: true })
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
  try {
    await work()
  } finally {
    fs.rmSync(file, { force: true })
  }
}

function isAbandoned(file: string): boolean {
  const holder = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0
  if (holder === 0) return false
  try {
    process.kill(holder, 0)
    return false
  } catch {
    return true
  }
}
