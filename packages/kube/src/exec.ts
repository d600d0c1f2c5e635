import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { ShellEnd, TerminalSize } from '@fairlead/contracts/shell-wire'
import { resourcePath } from './discovery'
import type { KubeClient, KubeSocket } from './kube-client'

interface ExecQuery {
  readonly namespace: string
  readonly pod: string
  readonly container: string
  /** argv; no shell reads it. */
  readonly command: readonly string[]
  readonly signal?: AbortSignal | undefined
}
/** One command with a terminal in a container. */
export interface Exec {
  listen(ear: { output(data: Buffer): void; ended(end: ShellEnd): void }): void
  write(data: Buffer): void
  resize(size: TerminalSize): void
  pause(): void
  resume(): void
  close(): void
}

// kubelet's remotecommand over WebSocket: the first byte of each message is its channel. v5 (Kubernetes 1.30) is v4 with
// a way to close stdin, which a terminal does by Ctrl-D.
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io']
const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4 } as const

/** Rejects as every request does when the API server refuses; what the command itself does is told by `ended`. */
export async function execInPod(client: KubeClient, query: ExecQuery): Promise<Exec> {
  const { namespace, pod, container, command, signal } = query
  const asked = new URLSearchParams({ container, stdin: 'true', stdout: 'true', tty: 'true' })
  for (const word of command) asked.append('command', word)
  const path = `${resourcePath('v1', 'pods', { namespace, name: pod })}/exec?${asked.toString()}`
  const socket = await client.upgrade({ path, signal, timeoutMs: 30_000 }, protocols)
  return speakingTo(socket)
}

function speakingTo(socket: KubeSocket): Exec {
  const send = (channel: number, data: Buffer): void =>
    socket.send(Buffer.concat([Buffer.from([channel]), data]))
  return {
    listen({ output, ended }) {
      let end: ShellEnd | null = null
      socket.listen({
        message(message) {
          const data = message.subarray(1)
          if (message[0] === channels.status) end = endOf(data.toString('utf8'))
          else if ((message[0] === channels.stdout || message[0] === channels.stderr) && data.length > 0)
            output(data)
        },
        closed: (error) =>
          ended(end ?? { exitCode: null, message: error?.message ?? 'The connection ended.' }),
      })
    },
    write: (data) => send(channels.stdin, data),
    resize: ({ columns, rows }) =>
      send(channels.resize, Buffer.from(JSON.stringify({ Width: columns, Height: rows }))),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.close(),
  }
}

/** The status channel carries one metav1.Status. */
export function endOf(text: string): ShellEnd {
  const status = statusIn(text)
  if (status['status'] === 'Success') return { exitCode: 0, message: 'The command ended.' }
  const causes = recordsIn(recordIn(status['details'])['causes'])
  const code = Number(textIn(causes.find(({ reason }) => reason === 'ExitCode')?.['message']) || Number.NaN)
  if (status['reason'] === 'NonZeroExitCode' && Number.isInteger(code))
    return { exitCode: code, message: `The command ended with exit code ${code}.` }
  return {
    exitCode: null,
    message: textIn(status['message']).slice(0, 500) || 'The command could not be run.',
  }
}

function statusIn(text: string): Loose {
  try {
    return recordIn(JSON.parse(text))
  } catch {
    return {}
  }
}
