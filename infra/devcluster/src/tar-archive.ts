import { readFileSync } from 'node:fs'
import type { ImageFile } from './cluster-types'
import { DevclusterError } from './devcluster-error'

const BLOCK = 512

/** A ustar archive (POSIX.1-1988): owner 0:0, time 0, so that equal files give equal bytes. */
export function writeTar(files: readonly ImageFile[]): Buffer {
  const parts: Buffer[] = []
  for (const file of files) {
    const content = contentOf(file)
    parts.push(
      header(file, content.length),
      content,
      Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK),
    )
  }
  parts.push(Buffer.alloc(2 * BLOCK))
  return Buffer.concat(parts)
}

function contentOf(file: ImageFile): Buffer {
  if (file.directory || file.linkTo !== undefined) return Buffer.alloc(0)
  if (file.sourcePath !== undefined) return readFileSync(file.sourcePath)
  return Buffer.from(file.content ?? '')
}

function header(file: ImageFile, size: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const [prefix, name] = splitName(file.path.replace(/^\/+/, '') + (file.directory ? '/' : ''))
  const mode = file.mode ?? (file.directory || file.linkTo !== undefined ? 0o755 : 0o644)
  block.write(name, 0, 100)
  writeOctal(block, mode, 100, 8)
  writeOctal(block, 0, 108, 8)
  writeOctal(block, 0, 116, 8)
  writeOctal(block, size, 124, 12)
  writeOctal(block, 0, 136, 12)
  block.write('        ', 148)
  block.write(file.directory ? '5' : file.linkTo === undefined ? '0' : '2', 156)
  if (file.linkTo !== undefined) block.write(file.linkTo, 157, 100)
  block.write('ustar\u000000', 257)
  block.write(prefix, 345, 155)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

function writeOctal(block: Buffer, value: number, offset: number, width: number): void {
  block.write(`${value.toString(8).padStart(width - 1, '0')}\0`, offset)
}

function splitName(path: string): [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= 100) return ['', path]
  const cut = path.indexOf('/', Math.max(0, path.length - 101))
  const [prefix, name] = [path.slice(0, cut), path.slice(cut + 1)]
  if (cut < 1 || Buffer.byteLength(prefix) > 155 || Buffer.byteLength(name) > 100) {
    throw new DevclusterError('INVALID_ARGUMENT', `${path} is too long for a tar archive`)
  }
  return [prefix, name]
}
