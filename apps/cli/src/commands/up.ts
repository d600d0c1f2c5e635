import { FairleadError } from '@fairlead/contracts/errors'
import type { Command } from 'commander'
import path from 'node:path'
import { readEnv } from '../env'

interface UpOptions {
  readonly clusters: boolean
  readonly demo: boolean
  readonly fresh?: boolean
  readonly port?: string
  readonly home?: string
}

const checkout = path.resolve(import.meta.dirname, '../../../..')

export function addUp(program: Command): void {
  program
    .command('up')
    .description('everything on this machine: databases, console, workers and two local clusters')
    .option('--no-clusters', 'leave the local clusters out')
    .option('--no-demo', 'leave the demo application out')
    .option('--fresh', 'forget the state of earlier runs first: databases, clusters, people')
    .option('--port <port>', 'of the console (3000)')
    .option('--home <folder>', 'where state is kept (.fairlead in the checkout)')
    .action(async (options: UpOptions) => {
      const env = readEnv()
      const port = options.port === undefined ? (env.PORT ?? 3000) : Number(options.port)
      if (!Number.isInteger(port) || port < 1 || port > 65_535)
        throw new FairleadError('invalid', `--port ${options.port ?? ''} is not a port.`, {
          expected: 'a number from 1 to 65535',
        })
      const { up } = await import('../up/up')
      await up({
        root: checkout,
        home: path.resolve(options.home ?? env.FAIRLEAD_HOME ?? path.join(checkout, '.fairlead')),
        cache: path.join(env.XDG_CACHE_HOME, 'fairlead'),
        port,
        fresh: options.fresh === true,
        clusters: options.clusters,
        demo: options.demo && options.clusters,
        ...(env.DATABASE_URL === undefined ? {} : { databaseUrl: env.DATABASE_URL }),
        ...(env.REDIS_URL === undefined ? {} : { redisUrl: env.REDIS_URL }),
      })
    })
}
