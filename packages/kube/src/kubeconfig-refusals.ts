import { eksCommand, eksOfExec } from './kubeconfig-eks'

/** Keys of a kubeconfig that would run a program, read a file, send traffic elsewhere or act as somebody else. */
export interface Refusal {
  readonly keys: readonly string[]
  readonly message: string | ((value: unknown) => { readonly message: string; readonly remedy: string })
  readonly remedy: string
}

const inline = (name: string) => `Embed it: kubectl config view --raw --flatten writes ${name}.`
const serviceAccount =
  'Use the token of a service account: kubectl create token, or infra/rbac/fairlead-console-token.yaml.'

const isAwsExec = (value: unknown): boolean => {
  if (
    typeof value !== 'object' ||
    value === null ||
    !('command' in value) ||
    typeof value.command !== 'string'
  )
    return false
  const program = value.command.split(/[\\/]/).at(-1) ?? ''
  return /^(aws|aws-iam-authenticator)(\.exe)?$/.test(program)
}

const eksRemedy = (exec: unknown): string => {
  const hint = eksOfExec(exec)
  const command = hint === null ? 'fairlead cluster add NAME --eks CLUSTER --region REGION' : eksCommand(hint)
  return `Register it as an EKS cluster, which needs no program: ${command}`
}

export const refusedClusterKeys: readonly Refusal[] = [
  {
    keys: ['certificate-authority'],
    message: 'it names a file, which Fairlead does not read',
    remedy: inline('certificate-authority-data'),
  },
  {
    keys: ['proxy-url'],
    message: 'it would send the credential through another host',
    remedy: 'Remove it; the console must reach the API server directly.',
  },
]

export const refusedUserKeys: readonly Refusal[] = [
  {
    keys: ['exec'],
    message: (value) =>
      isAwsExec(value)
        ? {
            message: 'it would run the aws program; this is an EKS cluster',
            remedy: eksRemedy(value),
          }
        : { message: 'it would run a program on the console', remedy: serviceAccount },
    remedy: serviceAccount,
  },
  { keys: ['auth-provider'], message: 'it would run a sign-in plugin', remedy: serviceAccount },
  {
    keys: ['tokenFile'],
    message: 'it names a file, which Fairlead does not read',
    remedy: 'Put the token into "token".',
  },
  {
    keys: ['client-certificate'],
    message: 'it names a file, which Fairlead does not read',
    remedy: inline('client-certificate-data'),
  },
  {
    keys: ['client-key'],
    message: 'it names a file, which Fairlead does not read',
    remedy: inline('client-key-data'),
  },
  {
    keys: ['username', 'password'],
    message: 'API servers no longer accept passwords',
    remedy: serviceAccount,
  },
  {
    keys: ['as', 'as-uid', 'as-groups', 'as-user-extra'],
    message: 'a stored credential acts as itself; impersonation is decided per request',
    remedy: 'Remove it.',
  },
]
