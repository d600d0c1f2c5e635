import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createDevclusters } from '@fairlead/devcluster/devcluster'
import { createRegistryGate, type GateRules } from './registry-gate'

/** A real OCI registry, into which Helm itself pushes, behind a gate that asks for logins and leads elsewhere as big ones do. */
export interface ChartRegistry {
  /** `oci://127.0.0.1:…/team/charts`; it speaks http. */
  readonly address: string
  /** Packs the chart `web`, of a ConfigMap with this text, and pushes it; the digest that Helm says. */
  push(version: string, text: string): string
  /** Puts a manifest as it is, of the repository `team/charts/web`; its digest. */
  put(tag: string, type: string, manifest: object): Promise<string>
  manifestOf(reference: string): Promise<Readonly<Record<string, unknown>>>
  /** From now on; without rules, it is open, and answers by itself. */
  rule(rules?: GateRules): void
  /** What was asked since the last call, such as `HEAD manifests/1.2.3`, by whom it was answered. */
  asked(): readonly string[]
  close(): Promise<void>
}

const template = (text: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "{{ .Release.Name }}-{{ .Values.a }}" }\ndata: { text: ${text} }\n`
const folder = 'team/charts'

export async function createChartRegistry(helm: string): Promise<ChartRegistry> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'fairlead-registry-'))
  const server = await startRegistry()
  const gate = await createRegistryGate(server.host)
  const at = (reference: string): string => `http://${server.host}/v2/${folder}/web/manifests/${reference}`
  return {
    address: `oci://${gate.host}/${folder}`,
    push: (version, text) => {
      const chart = path.join(root, 'web')
      fs.mkdirSync(path.join(chart, 'templates'), { recursive: true })
      fs.writeFileSync(path.join(chart, 'Chart.yaml'), `apiVersion: v2\nname: web\nversion: ${version}\n`)
      fs.writeFileSync(path.join(chart, 'values.yaml'), 'a: chart\n')
      fs.writeFileSync(path.join(chart, 'templates/config.yaml'), template(text))
      const run = (...args: readonly string[]): string =>
        execFileSync('sh', ['-c', '"$@" 2>&1', 'sh', helm, ...args], {
          env: { PATH: process.env['PATH'], HOME: root },
        }).toString('utf8')
      run('package', chart, '--destination', root)
      const archive = path.join(root, `web-${version}.tgz`)
      const said = run('push', archive, `oci://${server.host}/${folder}`, '--plain-http')
      const [digest] = /sha256:[0-9a-f]{64}/.exec(said) ?? []
      if (digest === undefined) throw new Error(`helm push said no digest: ${said}`)
      return digest
    },
    put: async (tag, type, manifest) => {
      const headers = { 'content-type': type }
      const answer = await fetch(at(tag), { method: 'PUT', headers, body: JSON.stringify(manifest) })
      if (!answer.ok) throw new Error(`${tag} was not put: ${answer.status} ${await answer.text()}`)
      return answer.headers.get('docker-content-digest') ?? ''
    },
    manifestOf: async (reference) =>
      (await (await fetch(at(reference))).json()) as Readonly<Record<string, unknown>>,
    rule: gate.rule,
    asked: gate.asked,
    close: async () => {
      await gate.close()
      await server.stop()
      fs.rmSync(root, { recursive: true, force: true })
    },
  }
}

async function startRegistry(): Promise<{ readonly host: string; stop(): Promise<void> }> {
  const devclusters = createDevclusters({
    home: os.tmpdir(),
    onProgress: ({ message }) => void process.stderr.write(`  registry: ${message}\n`),
  })
  const child = spawn(await devclusters.registry(), { stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`The registry ended with ${code}.`)))
  })
  ended.catch(() => undefined)
  const first = new Promise<string>((resolve) => {
    createInterface(child.stdout).once('line', resolve)
  })
  return {
    host: await Promise.race([first, ended]),
    stop: async () => {
      child.stdin.end()
      await ended.catch(() => undefined)
    },
  }
}
