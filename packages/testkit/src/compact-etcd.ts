import fs from 'node:fs'
import https from 'node:https'
import path from 'node:path'

/** Forgets every version but the present one, through etcd's JSON gateway with the certificates of `pki`. */
export async function compactEtcd(pki: string, port: number): Promise<void> {
  const read = (name: string) => fs.readFileSync(path.join(pki, name))
  const tls = { ca: read('etcd-ca.crt'), cert: read('etcd-client.crt'), key: read('etcd-client.key') }
  const ask = (call: string, body: object): Promise<string> =>
    new Promise((resolve, reject) => {
      const outgoing = https.request(
        { host: '127.0.0.1', port, path: `/v3/kv/${call}`, method: 'POST', agent: false, ...tls },
        (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (part: string) => (text += part))
          response.on('error', reject)
          response.on('end', () => {
            if (response.statusCode === 200) resolve(text)
            else reject(new Error(`etcd answered ${response.statusCode}: ${text}`))
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(JSON.stringify(body))
    })
  const found = /"revision":\s*"(\d+)"/.exec(await ask('range', { key: 'AA==', limit: 1 }))
  if (found === null) throw new Error('etcd did not say its revision')
  await ask('compaction', { revision: found[1], physical: true })
}
