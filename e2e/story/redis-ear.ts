import net from 'node:net'

/** Hears every command that anybody gives to a Redis, with all that it carries. */
export interface RedisEar {
  readonly heard: () => string
  close(): void
}

export function listenToRedis(port: number): Promise<RedisEar> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = net.connect(port, '127.0.0.1', () => socket.write('MONITOR\r\n'))
    socket.once('error', reject)
    socket.once('data', () => resolve({ heard: () => text, close: () => socket.destroy() }))
    socket.on('data', (data) => (text += String(data)))
  })
}
