import type { AccessWay, EksHint } from '@fairlead/contracts/cluster-access'
import type { ApiInputs } from '@/live/trpc'

type Input = ApiInputs['cluster']['register']
export type Access = Pick<Input, AccessWay | 'context'>

/** What is typed, for every way at once: changing the tab loses nothing. */
export interface AccessForm {
  readonly way: AccessWay
  readonly kubeconfig: string
  readonly context: string | null
  readonly server: string
  readonly ca: string
  readonly token: string
  readonly region: string
  readonly cluster: string
  readonly roleArn: string
  readonly externalId: string
  readonly signer: 'own' | 'key'
  readonly accessKeyId: string
  readonly accessKeySecret: string
}
export type ChangeAccess = (changes: Partial<AccessForm>) => void

export const blankAccess: AccessForm = {
  way: 'kubeconfig',
  kubeconfig: '',
  context: null,
  server: '',
  ca: '',
  token: '',
  region: '',
  cluster: '',
  roleArn: '',
  externalId: '',
  signer: 'own',
  accessKeyId: '',
  accessKeySecret: '',
}

/** The form as a kubeconfig that would run `aws` means it. */
export const hintedForm = ({ cluster, region, roleArn, externalId }: EksHint): Partial<AccessForm> => ({
  way: 'eks',
  cluster,
  region,
  roleArn: roleArn ?? '',
  externalId: externalId ?? '',
})

const filled = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim())

export function awsOf(form: AccessForm): ApiInputs['cluster']['listEks'] {
  const [roleArn, externalId] = [filled(form.roleArn), filled(form.externalId)]
  return {
    region: form.region.trim(),
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(externalId === undefined ? {} : { externalId }),
    ...(form.signer === 'own'
      ? {}
      : { accessKey: { id: form.accessKeyId.trim(), secret: form.accessKeySecret.trim() } }),
  }
}

export function accessOf(form: AccessForm, context: string | null): Access {
  if (form.way === 'token') {
    const ca = filled(form.ca)
    const { server, token } = form
    return {
      token: { server: server.trim(), token: token.trim(), ...(ca === undefined ? {} : { ca: form.ca }) },
    }
  }
  if (form.way === 'eks') return { eks: { ...awsOf(form), cluster: form.cluster.trim() } }
  if (form.way === 'inCluster') return { inCluster: true }
  return { kubeconfig: form.kubeconfig, ...(context === null ? {} : { context }) }
}

/** What AWS can't be asked without; null when nothing is missing. */
export function missingOfAws(form: AccessForm): string | null {
  if (filled(form.region) === undefined) return 'Give a region first.'
  if (filled(form.externalId) !== undefined && filled(form.roleArn) === undefined)
    return 'An external ID goes with a role: give the role first.'
  if (form.signer === 'key' && (filled(form.accessKeyId) ?? filled(form.accessKeySecret)) === undefined)
    return 'Give the access key and its secret first.'
  if (form.signer === 'key' && filled(form.accessKeySecret) === undefined) return 'Give the secret first.'
  return null
}

export function missingOf(form: AccessForm): string | null {
  if (form.way === 'kubeconfig')
    return filled(form.kubeconfig) === undefined ? 'Give a kubeconfig first.' : null
  if (form.way === 'token') {
    if (filled(form.server) === undefined) return 'Give the address of the API server first.'
    return filled(form.token) === undefined ? 'Give a token first.' : null
  }
  if (form.way === 'inCluster') return null
  return (
    missingOfAws(form) ?? (filled(form.cluster) === undefined ? 'Pick or name the EKS cluster first.' : null)
  )
}
