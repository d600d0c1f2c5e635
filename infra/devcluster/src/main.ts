// tsx infra/devcluster/src/main.ts COMMAND: the package's functions for a terminal.
import { parseArgs } from 'node:util'
import { COMPONENT_NAMES, type ClusterInfo, type ComponentName, type ImageFile } from './cluster-types'
import { createDevclusters, type Devclusters } from './devcluster'
import { DevclusterError } from './devcluster-error'

const USAGE = `Usage: main.ts [--home FOLDER] COMMAND
  build                             build every binary into the cache
  create NAME [--simulated N] [--nodes N]
  list [--json]
  start NAME | stop NAME | delete NAME
  load NAME REFERENCE ENTRYPOINT FILE=/PATH/IN/IMAGE ...
  component stop|start NAME COMPONENT
  node delete NAME NODE`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    home: { type: 'string', default: '.fairlead/clusters' },
    simulated: { type: 'string' },
    nodes: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const abort = new AbortController()
process.once('SIGINT', () => abort.abort())
const started = Date.now()
const clusters = createDevclusters({
  home: values.home,
  signal: abort.signal,
  onProgress: ({ cluster, message }) => {
    const seconds = ((Date.now() - started) / 1000).toFixed(1).padStart(6)
    console.error(`${seconds} s  ${cluster ? `${cluster}: ` : ''}${message}`)
  },
})

function wanted(value: string | undefined, what: string): string {
  if (value !== undefined) return value
  throw new DevclusterError('INVALID_ARGUMENT', `${what} is missing\n${USAGE}`)
}

function component(value: string | undefined): ComponentName {
  const found = COMPONENT_NAMES.find((name) => name === value)
  if (found) return found
  throw new DevclusterError('INVALID_ARGUMENT', `a component is one of ${COMPONENT_NAMES.join(', ')}`)
}

function show(infos: readonly ClusterInfo[]): void {
  if (values.json) return console.log(JSON.stringify(infos, null, 2))
  for (const info of infos) {
    console.log(`${info.name}\t${info.state}\t${info.nodes}\t${info.apiServer}\t${info.adminKubeconfig}`)
  }
}

const imageFile = (argument: string): ImageFile => {
  const [sourcePath, path] = argument.split('=')
  return { path: wanted(path, 'FILE=/PATH'), sourcePath: wanted(sourcePath, 'FILE'), mode: 0o755 }
}

async function run(api: Devclusters, [command, ...rest]: readonly string[]): Promise<void> {
  const [first, second, third] = rest
  const name = () => wanted(first, 'NAME')
  switch (command) {
    case 'build':
      return api.ensureBinaries()
    case 'create': {
      const simulated = values.simulated === undefined ? {} : { simulatedNodes: Number(values.simulated) }
      const real = values.nodes === undefined ? {} : { realNodes: Number(values.nodes) }
      const nodes = values.simulated === undefined ? 'real' : 'simulated'
      return show([await api.create(name(), { nodes, ...simulated, ...real })])
    }
    case 'list':
      return show(await api.list())
    case 'start':
      return show([await api.start(name())])
    case 'stop':
      return api.stop(name())
    case 'delete':
      return api.delete(name())
    case 'load': {
      const reference = wanted(second, 'REFERENCE')
      const image = {
        reference,
        entrypoint: [wanted(third, 'ENTRYPOINT')],
        files: rest.slice(3).map(imageFile),
      }
      return api.loadImage(name(), image)
    }
    case 'component': {
      const act = first === 'stop' ? api.stopComponent : api.startComponent
      return act(wanted(second, 'NAME'), component(third))
    }
    case 'node':
      return api.deleteNode(wanted(second, 'NAME'), wanted(third, 'NODE'))
    default:
      console.log(USAGE)
      if (!values.help) process.exitCode = 2
  }
}

try {
  await run(clusters, positionals)
} catch (error) {
  if (!(error instanceof DevclusterError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
