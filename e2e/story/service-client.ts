import http from 'node:http'

/** A client outside of the cluster that asks a Service again and again, on a fresh connection each time. */
export interface ServiceClient {
  /** Stops asking; what was answered. */
  stop(): Promise<{
    readonly asked: number
    readonly failures: readonly string[]
    readonly versions: readonly string[]
  }>
}

const everyMs = 50
/** A busy machine may answer late; a pod that is gone never does. */
const patienceMs = 10_000

export function pollService(url: string): ServiceClient {
  const failures: string[] = []
  const versions = new Set<string>()
  let asked = 0
  let stopping = false
  const loop = (async () => {
    while (!stopping) {
      asked += 1
      await ask(url).then(
        (text) => versions.add(text.trim().split(/\s/)[0] ?? ''),
        (error: unknown) => failures.push(`${new Date().toISOString()} ${String(error)}`),
      )
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  })()
  return {
    stop: async () => {
      stopping = true
      await loop
      return { asked, failures, versions: [...versions] }
    },
  }
}

const ask = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const request = http.get(url, { agent: false, timeout: patienceMs }, (answer) => {
      let text = ''
      answer.on('data', (data) => (text += String(data)))
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(text) : reject(new Error(`HTTP ${answer.statusCode ?? 0}`)),
      )
    })
    request.once('timeout', () => request.destroy(new Error(`no answer within ${patienceMs / 1_000} s`)))
    request.once('error', reject)
  })
