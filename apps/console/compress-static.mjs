// After `next build`: every script and style sheet once more, compressed as well as Brotli can. Next itself would
// compress each of them on every request, by gzip and a seventh larger; next.config.ts says who gets these.
import fs from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import zlib from 'node:zlib'

const folder = path.join(import.meta.dirname, '.next/static/chunks')
const compress = promisify(zlib.brotliCompress)
const files = (await fs.readdir(folder, { recursive: true })).filter((file) => /\.(js|css)$/.test(file))
await Promise.all(
  files.map(async (name) => {
    const file = path.join(folder, name)
    await fs.writeFile(`${file}.br`, await compress(await fs.readFile(file)))
  }),
)
