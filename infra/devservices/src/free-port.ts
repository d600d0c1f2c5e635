import crypto from 'node:crypto'
import net from 'node:net'

/** Below every system's ephemeral ports and beside those of local clusters: only whoever asks for one by number gets it. */
const range = { first: 14_000, end: 24_000 }

export const isPortFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })

/**
 * A port that is free now, on the loopback address. One that the kernel chooses could be gone before it is used: the
 * next outgoing connection of anybody may get it.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = crypto.randomInt(range.first, range.end)
    if (await isPortFree(port)) return port
  }
  throw new Error(`No free port between ${range.first} and ${range.end} was found.`)
}
