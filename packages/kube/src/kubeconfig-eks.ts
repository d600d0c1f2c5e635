import { eksAccessSchema, type EksHint } from '@fairlead/contracts/cluster-access'
import { isFairleadError } from '@fairlead/contracts/errors'
import { recordIn, recordsIn, textIn, textListIn } from '@fairlead/contracts/loose-json'
import { contextOf } from './kubeconfig-context'

/** `--flag value` and `--flag=value`, for any of the names. */
function flagOf(args: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    if (names.includes(arg)) return args[index + 1]
    const name = names.find((candidate) => candidate.startsWith('--') && arg.startsWith(`${candidate}=`))
    if (name !== undefined) return arg.slice(name.length + 1)
  }
  return undefined
}

const environmentOf = (value: unknown): ReadonlyMap<string, string> =>
  new Map(
    recordsIn(value).flatMap(({ name, value: set }) =>
      typeof name === 'string' && typeof set === 'string' ? [[name, set] as const] : [],
    ),
  )

const regionOfServer = (server: unknown): string | undefined =>
  typeof server === 'string'
    ? /\.([a-z]{2}(?:-[a-z]+)+-\d+)\.eks\.amazonaws\.com/.exec(server)?.[1]
    : undefined

/** `exec` of `aws eks get-token` or `aws-iam-authenticator token` → the cluster it means; null for anything else. */
export function eksOfExec(exec: unknown, server?: unknown): EksHint | null {
  const program = textIn(recordIn(exec)['command']).split(/[\\/]/).at(-1) ?? ''
  if (!/^(aws|aws-iam-authenticator)(\.exe)?$/.test(program)) return null
  const args = textListIn(recordIn(exec)['args'])
  const environment = environmentOf(recordIn(exec)['env'])
  const given = {
    cluster: flagOf(args, '--cluster-name', '--cluster-id', '-i'),
    region:
      flagOf(args, '--region') ??
      environment.get('AWS_REGION') ??
      environment.get('AWS_DEFAULT_REGION') ??
      regionOfServer(server),
    roleArn: flagOf(args, '--role-arn', '--role', '-r'),
    externalId: flagOf(args, '--external-id', '-e'),
  }
  const parsed = eksAccessSchema.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  )
  if (!parsed.success) return null
  const { cluster, region, roleArn, externalId } = parsed.data
  return { cluster, region, roleArn: roleArn ?? null, externalId: externalId ?? null }
}

/** The command that registers what the file means. Its parts have passed the schema: they need no quotes. */
export const eksCommand = ({ cluster, region, roleArn, externalId }: EksHint): string =>
  [
    `fairlead cluster add ${cluster.toLowerCase().replaceAll('_', '-')} --eks ${cluster} --region ${region}`,
    ...(roleArn === null ? [] : [`--role-arn ${roleArn}`]),
    ...(externalId === null ? [] : [`--external-id ${externalId}`]),
  ].join(' ')

/** The EKS cluster that a kubeconfig means whose user would run a program of AWS; null for every other file. */
export function eksOfKubeconfig(text: string, wantedContext?: string): EksHint | null {
  try {
    const { cluster, user } = contextOf(text, { context: wantedContext })
    return eksOfExec(user.value['exec'], cluster.value['server'])
  } catch (error) {
    // What is wrong with the file is for the import to say.
    if (isFairleadError(error)) return null
    throw error
  }
}
