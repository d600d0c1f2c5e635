import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DevclusterError } from './devcluster-error'
import { defaultCacheDir } from './env'
import { ensureGo } from './go-toolchain'
import { runCommand } from './run-command'

const MODULE_DIR = fileURLToPath(new URL('../modules/gateway-api', import.meta.url))

/** The standard channel of the Gateway API as YAML documents, from the Go module that modules/gateway-api pins. */
export async function gatewayApiDefinitions(
  options: { readonly cacheDir?: string; readonly announce?: (message: string) => void } = {},
): Promise<string[]> {
  const announce = options.announce ?? (() => undefined)
  const go = await ensureGo({ cacheDir: options.cacheDir ?? defaultCacheDir(), announce })
  const downloaded = await runCommand(go, ['mod', 'download', '-json', 'sigs.k8s.io/gateway-api'], {
    cwd: MODULE_DIR,
    env: { GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly', GOWORK: 'off' },
  })
  const { Dir: folder } = JSON.parse(downloaded) as { Dir?: string }
  if (folder === undefined)
    throw new DevclusterError('COMMAND_FAILED', 'go mod download did not say where the Gateway API lies')
  const definitions = join(folder, 'config', 'crd', 'standard')
  return readdirSync(definitions)
    .filter((file) => file.endsWith('.yaml') && file !== 'kustomization.yaml')
    .map((file) => readFileSync(join(definitions, file), 'utf8'))
}
