import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { DevclusterError } from './devcluster-error'
import { writeTar } from './tar-archive'

const folder = mkdtempSync(join(tmpdir(), 'tar-archive-'))
afterEach(() => rmSync(join(folder, 'out'), { recursive: true, force: true }))

describe('writeTar', () => {
  it('is read back by tar with contents, modes, links and long names', () => {
    const long = `${'deep/'.repeat(25)}file.txt`
    const archive = writeTar([
      { path: '/bin', directory: true },
      { path: '/bin/tool', content: '#!/bin/sh\n', mode: 0o755 },
      { path: '/bin/alias', linkTo: 'tool' },
      { path: long, content: 'x'.repeat(1500) },
    ])
    writeFileSync(join(folder, 'a.tar'), archive)
    execFileSync('mkdir', [join(folder, 'out')])
    execFileSync('tar', ['-xf', join(folder, 'a.tar'), '-C', join(folder, 'out')])
    expect(readFileSync(join(folder, 'out/bin/tool'), 'utf8')).toBe('#!/bin/sh\n')
    expect(statSync(join(folder, 'out/bin/tool')).mode & 0o777).toBe(0o755)
    expect(readlinkSync(join(folder, 'out/bin/alias'))).toBe('tool')
    expect(readFileSync(join(folder, 'out', long), 'utf8')).toHaveLength(1500)
  })

  it('gives equal bytes for equal files', () => {
    const files = [{ path: '/etc/passwd', content: 'root' }]
    expect(writeTar(files).equals(writeTar(files))).toBe(true)
  })

  it('refuses a name that the format cannot hold', () => {
    expect(() => writeTar([{ path: `/${'n'.repeat(300)}`, content: '' }])).toThrow(DevclusterError)
  })
})
