import { isFairleadError } from '@fairlead/contracts/errors'
import { applyObject } from '@fairlead/kube/apply'
import { listObjects } from '@fairlead/kube/objects'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { application, configMap, createScene, deployment, documents, type Scene } from '../testing/scene'
import { worldOf } from '../testing/watch-world'

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
  await scene.call('ada', 'application.apply', {
    document: application(scene.namespace, [{ name: 'staging' }]),
  })
  const { rollout } = await deploy(documents(configMap('config', { k: 'v' }), deployment({ replicas: 1 })))
  expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
})
afterAll(() => scene.drop())

const deploy = (manifests: string) =>
  scene.call('ada', 'rollout.deploy', { application: 'web', change: { manifests } })

const good = configMap('config', { k: 'another value' })
const owned = (name: string, owner: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: owner, uid: `uid-of-${owner}` }],
    },
  })
const withSpec = (spec: Record<string, unknown>): string =>
  JSON.stringify({ ...(JSON.parse(deployment()) as object), spec })

interface Case {
  readonly manifests: string
  readonly code: string
  /** What the message says, and of what. */
  readonly says: RegExp
  readonly path?: string
  readonly line?: number
}
const cases: Readonly<Record<string, Case>> = {
  'a key that is there twice': {
    manifests: `${good}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: twice }\ndata:\n  a: "1"\n  a: "2"\n`,
    code: 'invalid',
    says: /unique|twice|duplicate/i,
    line: 8,
  },
  'an object that is there twice': {
    manifests: documents(good, good),
    code: 'invalid',
    says: /ConfigMap "config" is given twice/,
    path: 'metadata.name',
  },
  'a field of the wrong kind': {
    manifests: documents(good, withSpec({ replicas: 'three' })),
    code: 'cluster_refused',
    says: /Deployment web: .*(replicas|int32)/,
  },
  'a field that Kubernetes does not know': {
    manifests: documents(good, deployment({ extra: { replicaz: 3 } })),
    code: 'cluster_refused',
    says: /Deployment web: .*replicaz/,
  },
  'a kind that the cluster does not serve': {
    manifests: documents(
      good,
      JSON.stringify({ apiVersion: 'example.org/v1', kind: 'Lamp', metadata: { name: 'desk' } }),
    ),
    code: 'cluster_refused',
    says: /Lamp desk: .*does not serve Lamp/,
  },
  'a kind that belongs to the whole cluster': {
    manifests: documents(
      good,
      JSON.stringify({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'mine' } }),
    ),
    code: 'invalid',
    says: /belongs to the whole cluster/,
    path: 'kind',
  },
  'a cycle of owners': {
    manifests: documents(good, owned('hen', 'egg'), owned('egg', 'hen')),
    code: 'invalid',
    says: /ConfigMap "?hen"? names owners/,
    path: 'metadata.ownerReferences',
  },
  'a ConfigMap of 5 MB': {
    manifests: documents(good, configMap('huge', { blob: 'x'.repeat(5 * 1024 * 1024) })),
    code: 'invalid',
    says: /manifests|large|characters/i,
  },
  'a namespace that is not that of the stage': {
    manifests: documents(
      good,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'far', namespace: 'elsewhere' },
      }),
    ),
    code: 'invalid',
    says: /names the namespace "elsewhere", but its stage deploys to/,
    path: 'metadata.namespace',
  },
  'text that is no YAML': { manifests: `${good}\n---\n{ a: [\n`, code: 'invalid', says: /YAML/, line: 4 },
}

async function standing(): Promise<unknown> {
  const { db } = scene.database
  const type = { apiVersion: 'v1', kind: 'ConfigMap' }
  const maps = await listObjects(scene.client, type, { namespace: scene.namespace })
  return {
    rollouts: await db.rollout.count(),
    releases: await db.release.count(),
    maps: maps.map(({ metadata: { name, resourceVersion } }) => `${name} ${resourceVersion}`).sort(),
    generation: (await worldOf(scene).live())?.metadata.generation,
  }
}

describe('a deploy that can not be right', () => {
  it.each(Object.entries(cases))(
    '%s: is refused at its place, and nothing is stored or applied',
    async (_, one) => {
      const before = await standing()
      const error: unknown = await deploy(one.manifests).then(
        () => null,
        (reason: unknown) => reason,
      )
      if (!isFairleadError(error)) throw new Error(`It was not refused: ${String(error)}`)
      expect({ code: error.code, message: error.message }).toEqual({
        code: one.code,
        message: expect.stringMatching(one.says) as unknown,
      })
      if (one.path !== undefined) expect(error.detail.path).toBe(one.path)
      if (one.line !== undefined) expect(error.detail.line).toBe(one.line)
      expect(await standing()).toEqual(before)
    },
  )

  it('says of a namespace that does not exist that it comes with the plan, and what can not be tried until then', async () => {
    await scene.call('ada', 'application.apply', {
      document: application(`${scene.namespace}-b`, [{ name: 'staging' }], 'fresh'),
    })
    const { stages } = await scene.call('ada', 'rollout.plan', {
      application: 'fresh',
      change: { manifests: good },
    })
    const objects = stages[0]?.targets[0]?.objects ?? []
    expect(objects.map(({ kind, change }) => `${kind} ${change}`)).toEqual([
      'Namespace create',
      'ConfigMap unverifiable',
    ])
    expect(objects[1]?.notes.join(' ')).toContain(`Unverifiable until Namespace ${scene.namespace}-b exists`)
  })

  it('that is refused half-way says what is applied and what is not', async () => {
    // Refused at the apply alone: by then somebody else owns what was free when the plan was made.
    const { rollout } = await deploy(
      documents(configMap('config', { k: 'half' }), configMap('late', { k: 'v' })),
    )
    scene.onStep = async (step) => {
      if (step !== 'intended') return
      scene.onStep = () => undefined
      const late = {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'late', namespace: scene.namespace },
        data: { k: 'of somebody else' },
        immutable: true,
      }
      await applyObject(scene.admin, late, { fieldManager: 'somebody' })
    }
    const state = await scene.drive(rollout)
    expect(state.rollout).not.toBe('succeeded')
    const view = await scene.call('ada', 'rollout.get', { rollout })
    const words = JSON.stringify([view.stages[0]?.reason, view.stages[0]?.evidence, view.timeline])
    expect(words).toMatch(/ConfigMap late/)
    expect((await worldOf(scene).configMap('late'))?.['data']).toEqual({ k: 'of somebody else' })
  })
})
