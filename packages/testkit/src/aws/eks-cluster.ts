import { createDevclusters } from '@fairlead/devcluster/devcluster'
import fs from 'node:fs'
import path from 'node:path'
import { pointAtRealCluster, startMoto, type Moto, type RealEndpoint } from './moto'
import { startTokenWebhook, type TokenWebhook } from './token-webhook'

/** An EKS of one's own: moto says where it is, a real API server answers there and believes AWS signatures alone. */
export interface EksCluster {
  readonly moto: Moto
  readonly webhook: TokenWebhook
  /** AWS's endpoint for Fairlead. */
  readonly awsEndpoint: string
  readonly real: RealEndpoint
  readonly adminKubeconfig: string
  readonly consoleKubeconfig: string
  stop(): Promise<void>
}

const devcluster = 'eks'

export async function startEksCluster(place: { cluster: string; region: string }): Promise<EksCluster> {
  const home = fs.mkdtempSync(path.join('/var/tmp', 'fairlead-eks-'))
  const moto = await startMoto()
  await moto.createCluster(place.cluster, place.region)
  const webhook = await startTokenWebhook({ ...place, folder: home, secrets: moto.secrets })
  const devclusters = createDevclusters({
    home,
    onProgress: ({ message }) => void process.stderr.write(`  cluster: ${message}\n`),
  })
  const info = await devclusters.create(devcluster, {
    nodes: 'simulated',
    simulatedNodes: 0,
    tokenWebhook: webhook.kubeconfig,
  })
  const [adminKubeconfig, consoleKubeconfig] = [info.adminKubeconfig, info.consoleKubeconfig].map((file) =>
    fs.readFileSync(file, 'utf8'),
  ) as [string, string]
  const data = /certificate-authority-data: (\S+)/.exec(adminKubeconfig)?.[1] ?? ''
  const real = { server: info.apiServer, caPem: Buffer.from(data, 'base64').toString('utf8') }
  const front = await pointAtRealCluster(moto, () => real)
  return {
    moto,
    webhook,
    awsEndpoint: front.url,
    real,
    adminKubeconfig,
    consoleKubeconfig,
    stop: async () => {
      await front.close()
      await devclusters.delete(devcluster)
      await webhook.close()
      await moto.stop()
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}
