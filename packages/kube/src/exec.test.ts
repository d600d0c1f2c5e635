import type { ShellEnd } from '@fairlead/contracts/shell-wire'
import { expect, it } from 'vitest'
import { endOf, execInPod } from './exec'
import type { KubeClient, KubeSocket } from './kube-client'

const failure = (message: string, more: object = {}) =>
  JSON.stringify({ kind: 'Status', status: 'Failure', message, ...more })
const exitCode = (code: string) =>
  failure(`command terminated with exit code ${code}`, {
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: code }] },
  })

it.each<[string, string, ShellEnd]>([
  ['success', '{"status":"Success"}', { exitCode: 0, message: 'The command ended.' }],
  ['an exit code', exitCode('127'), { exitCode: 127, message: 'The command ended with exit code 127.' }],
  ['what never ran', failure('no such file'), { exitCode: null, message: 'no such file' }],
  ['an absurd code', exitCode('x'), { exitCode: null, message: 'command terminated with exit code x' }],
  ['no JSON', '<html>', { exitCode: null, message: 'The command could not be run.' }],
])('the end of a command: %s', (_name, text, end) => expect(endOf(text)).toEqual(end))

/** What the far side would see and say; no network. */
function fakeSocket() {
  const sent: Buffer[] = []
  let ear: Parameters<KubeSocket['listen']>[0] | undefined
  const asked: { path: string; protocols: readonly string[] }[] = []
  const socket: KubeSocket = {
    protocol: 'v5.channel.k8s.io',
    listen: (given) => void (ear = given),
    send: (data) => void sent.push(data),
    pause: () => undefined,
    resume: () => undefined,
    close: () => undefined,
  }
  const client: Pick<KubeClient, 'upgrade'> = {
    upgrade: async ({ path }, protocols) => {
      asked.push({ path, protocols })
      return socket
    },
  }
  const says = (channel: number, text: string) =>
    ear?.message(Buffer.from(`${String.fromCharCode(channel)}${text}`))
  return { client: client as KubeClient, sent, asked, says, closes: () => ear?.closed(null) }
}

it('gives argv word by word, and speaks the channels of kubelet', async () => {
  const far = fakeSocket()
  const command = ['sh', '-c', 'echo "a b" & exit 3']
  const exec = await execInPod(far.client, { namespace: 'shop', pod: 'web-1', container: 'web', command })
  const asked = new URL(far.asked[0]?.path ?? '', 'https://server')
  expect(asked.pathname).toBe('/api/v1/namespaces/shop/pods/web-1/exec')
  expect(asked.searchParams.getAll('command')).toEqual(command)
  expect(far.asked[0]?.protocols[0]).toBe('v5.channel.k8s.io')

  const heard: string[] = []
  const ends: ShellEnd[] = []
  exec.listen({ output: (data) => void heard.push(data.toString()), ended: (end) => void ends.push(end) })
  exec.write(Buffer.from('ls\r'))
  exec.resize({ columns: 80, rows: 24 })
  expect(far.sent.map((data) => [data[0], data.subarray(1).toString()])).toEqual([
    [0, 'ls\r'],
    [4, '{"Width":80,"Height":24}'],
  ])
  far.says(1, 'out')
  far.says(1, '')
  far.says(2, 'err')
  far.says(9, 'unknown')
  far.says(3, exitCode('3'))
  far.closes()
  expect(heard).toEqual(['out', 'err'])
  expect(ends).toEqual([{ exitCode: 3, message: 'The command ended with exit code 3.' }])
})
