import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'

/** A chart repository as Helm itself makes one, over real HTTP on loopback. */
export interface ChartServer {
  readonly address: string
  /** Changes an archive behind the back of the index. */
  corrupt(file: string): void
  close(): Promise<void>
}

const template =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "{{ .Release.Name }}-{{ .Values.a }}" }\n'

/** It holds `web` 1.2.3. */
export async function createChartServer(helm: string): Promise<ChartServer> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'fairlead-charts-'))
  const [chart, served] = [path.join(root, 'web'), path.join(root, 'served')]
  fs.mkdirSync(path.join(chart, 'templates'), { recursive: true })
  fs.writeFileSync(path.join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.2.3\n')
  fs.writeFileSync(path.join(chart, 'values.yaml'), 'a: chart\n')
  fs.writeFileSync(path.join(chart, 'templates/config.yaml'), template)
  const env = { PATH: process.env['PATH'], HOME: root }
  execFileSync(helm, ['package', chart, '--destination', served], { env, stdio: 'ignore' })
  execFileSync(helm, ['repo', 'index', served], { env, stdio: 'ignore' })
  const server = http.createServer((request, response) => {
    const file = path.join(served, path.basename(request.url ?? ''))
    if (!fs.existsSync(file)) return void response.writeHead(404).end()
    response.writeHead(200).end(fs.readFileSync(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stable`,
    corrupt: (file) => fs.appendFileSync(path.join(served, file), 'more'),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      fs.rmSync(root, { recursive: true, force: true })
    },
  }
}
