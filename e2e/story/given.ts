import type { Role } from '@fairlead/contracts/permissions'
import fs from 'node:fs'
import path from 'node:path'
import { root } from '../stack/stack'
import { kubectl } from './kubectl'
import { apiOf, type Api } from './api'
import { emailOf, password, type World } from './world'

export const demoFile = (name: string): string => fs.readFileSync(path.join(root, 'demo', name), 'utf8')

/** An account by invitation, as the link would make it. Like all that is given, it may be there already. */
export async function person(
  world: World,
  admin: Api,
  name: string,
  role: Role | null,
  project = 'shop',
): Promise<void> {
  const people = await admin.person.list.query({})
  if (people.some(({ email, invitedUntil }) => email === emailOf(name) && invitedUntil === null)) return
  const memberships = role === null ? [] : [{ project, role }]
  const { secret } = await admin.person.invite.mutate({ email: emailOf(name), name, memberships })
  await apiOf(world.stack.url, '').invitation.accept.mutate({ secret, name, password })
}

/** A project that may use one namespace of both clusters. */
export async function project(admin: Api, name: string, namespace: string): Promise<void> {
  const projects = await admin.project.list.query({})
  if (!projects.some((known) => known.name === name)) await admin.project.create.mutate({ name })
  const destinations = ['staging', 'production'].map((cluster) => ({ cluster, namespace }))
  await admin.project.setDestinations.mutate({ project: name, destinations })
}

export async function noCluster(admin: Api, cluster: string): Promise<void> {
  const { clusters } = await admin.fleet.get.query({})
  if (clusters.some(({ name }) => name === cluster))
    await admin.cluster.remove.mutate({ cluster, confirm: cluster })
}

export async function namespace(world: World, cluster: string, name: string): Promise<void> {
  const found = await kubectl(world, cluster, 'get', 'namespace', name, '--ignore-not-found', '-o', 'name')
  if (found === '') await kubectl(world, cluster, 'create', 'namespace', name)
}

/** The demo's documents under other names, so that stories don't meet in one namespace. */
export const applicationDocument = (options: {
  name: string
  project: string
  stages?: 'staging' | 'both'
  /** How long a version may show no progress. Long, as a busy machine is slow; short for one that never comes up. */
  progress?: string
}): string => {
  const document = demoFile('application.yaml')
    .replaceAll('progress: 45s, total: 5m', `progress: ${options.progress ?? '4m'}, total: 15m`)
    .replace('name: checkout, project: shop', `name: ${options.name}, project: ${options.project}`)
    .replaceAll('namespace: checkout', `namespace: ${options.name}`)
  return options.stages === 'staging'
    ? document.slice(0, document.indexOf('    - name: production'))
    : document
}
export const manifests = (version: string): string =>
  demoFile('manifests.yaml').replace('demo-web:1.0.0', `demo-web:${version}`)
