import crypto from 'node:crypto'
import { anonymous } from '@fairlead/kernel/context'
import { sourceActorId } from '@fairlead/workload/source/source-deps'
import { configMap, deployment } from '@fairlead/workload/testing/scene'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badCommits } from './testing/bad-commits'
import { createSourceScene, type SourceScene } from './testing/source-scene'

// Real repositories over real HTTP, real Helm and Kustomize, a real API server: every room as the worker joins them.
let world: SourceScene
let scene: SourceScene['scene']
let git: SourceScene['git']
beforeAll(async () => {
  world = await createSourceScene()
  ;({ scene, git } = world)
  // A machine without a helm builds one first.
}, 900_000)
afterAll(() => world.drop())

const look = (name: string) => world.look(name)
const apply = (name: string, source: string) => world.apply(name, source)
const sourceOf = (name: string) => world.sourceOf(name)
const fromGit = (place = 'ref: main, path: deploy', more = '') =>
  `{ git: { repository: "${git.address}", ${place} }${more} }`
const releasesOf = async (name: string) =>
  (await scene.call('vic', 'application.get', { application: name })).releases
const deployRelease = (release: string | undefined, to?: string) =>
  scene.call('ada', 'rollout.deploy', {
    application: 'web',
    change: { release },
    ...(to === undefined ? {} : { to }),
  })
const failing = async (name: string) => {
  await look(name)
  const { state, error, release } = await sourceOf(name)
  expect(state).toBe('failing')
  return { ...error, release }
}

describe('an application whose manifests lie in Git', () => {
  it('gets a release of the commit that its branch names, with where it came from', async () => {
    const commit = git.commit({
      'deploy/web.yaml': deployment({ replicas: 1 }),
      'deploy/more/config.yaml': configMap('config', { k: 'v' }),
      'deploy/README.md': 'not a manifest',
    })
    const { id } = await apply('web', fromGit())
    expect(await sourceOf('web')).toMatchObject({ kind: 'git', state: 'waiting', release: null })
    expect(scene.rung).toContainEqual({ doorbell: 'source', key: id })
    await look('web')
    const origin = { kind: 'git', commit, ref: 'main', path: 'deploy', subject: 'Change', author: 'Grace' }
    expect(await sourceOf('web')).toMatchObject({
      state: 'current',
      revision: commit,
      error: null,
      release: { number: 1 },
      origin: { ...origin, renderer: null },
    })
    expect((await releasesOf('web'))[0]?.objects).toEqual([
      { kind: 'ConfigMap', name: 'config' },
      { kind: 'Deployment', name: 'web' },
    ])
  })

  it('gets no release of a commit that changes nothing of it', async () => {
    const commit = git.commit({ 'docs/other.txt': 'words' })
    await look('web')
    const { state, revision, release } = await sourceOf('web')
    expect({ state, revision, number: release?.number }).toEqual({
      state: 'current',
      revision: commit,
      number: 1,
    })
    expect(await releasesOf('web')).toHaveLength(1)
  })

  it('is deployed when somebody does it, and never by manifests of their own', async () => {
    expect(await scene.database.db.rollout.count()).toBe(0)
    const change = { manifests: deployment({ replicas: 3 }) }
    const byHand = scene.call('ada', 'rollout.deploy', { application: 'web', change })
    await expect(byHand).rejects.toMatchObject({ code: 'invalid', detail: { path: 'change' } })
    const { rollout } = await deployRelease((await releasesOf('web'))[0]?.id, 'staging')
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
  })

  it('is looked at when somebody who may asks', async () => {
    await expect(scene.call('vic', 'source.look', { application: 'web' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await scene.call('ada', 'source.look', { application: 'web' })
    expect((await sourceOf('web')).asked).toBe(true)
    await look('web')
    expect((await sourceOf('web')).asked).toBe(false)
  })
})

describe('the webhook of a repository', () => {
  const call = { actor: anonymous, via: 'cli', address: null } as const
  const body = JSON.stringify({ ref: 'refs/heads/main', after: 'ü' })

  it('asks for a look by its secret, and by nothing else', async () => {
    const { id } = await scene.database.db.application.findFirstOrThrow({ where: { name: 'web' } })
    const invented = { application: id, scheme: 'token', proof: '', body } as const
    await expect(scene.callAs(call, 'source.hook', invented)).rejects.toMatchObject({ code: 'not_found' })
    await expect(scene.call('vic', 'source.setHook', { application: 'web' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { secret, path } = await scene.call('ada', 'source.setHook', { application: 'web' })
    expect(path).toBe(`/api/hooks/source/${id}`)
    await expect(scene.callAs(call, 'source.hook', invented)).rejects.toMatchObject({ code: 'not_found' })
    scene.rung.length = 0
    await scene.callAs(call, 'source.hook', { ...invented, proof: secret })
    const proof = `sha256=${crypto.createHmac('sha256', secret).update(body).digest('hex')}`
    await scene.callAs(call, 'source.hook', { ...invented, scheme: 'sha256', proof })
    expect(scene.rung).toEqual(Array(2).fill({ doorbell: 'source', key: id }))
    const other = { ...invented, scheme: 'sha256', proof, body: `${body} ` } as const
    await expect(scene.callAs(call, 'source.hook', other)).rejects.toMatchObject({ code: 'not_found' })
    expect((await sourceOf('web')).hook).toMatchObject({ exists: true, passed: false })
    const heard = await scene.database.db.auditEntry.findMany({
      where: { action: 'source.hook' },
      orderBy: { sequence: 'asc' },
    })
    expect(heard.map(({ outcome }) => outcome)).toEqual(['denied', 'denied', 'done', 'done', 'denied'])
    expect(new Set(heard.map(({ projectId }) => projectId)).size).toBe(1)
    expect(heard[0]?.projectId).not.toBeNull()
    expect(JSON.stringify(heard.map(({ detail }) => detail))).not.toContain(secret)
  })
})

describe('a new commit where the document says automatic', () => {
  it('is deployed to the first stage, once, in the name of its source', async () => {
    await apply('web', fromGit(undefined, ', on: automatic'))
    const commit = git.commit({ 'deploy/more/config.yaml': configMap('config', { k: 'w' }) }, 'Say w')
    await look('web')
    await look('web')
    const { db } = scene.database
    const [rollout, ...others] = await db.rollout.findMany({ where: { requesterId: sourceActorId } })
    expect(others).toEqual([])
    expect(rollout).toMatchObject({ number: 2, reason: `Commit ${commit.slice(0, 10)} of main: Say w` })
    const state = await scene.drive(rollout?.id ?? '')
    expect(state).toEqual({ rollout: 'succeeded', stages: { staging: 'converged' } })
  })

  it('waits for what a person asked for, says so, and follows it', async () => {
    const first = (await releasesOf('web')).find(({ number }) => number === 1)
    const asked = await deployRelease(first?.id)
    await scene.drive(asked.rollout, (state) => state.stages['production'] === 'awaiting_approval')
    git.commit({ 'deploy/more/config.yaml': configMap('config', { k: 'x' }) })
    expect(await failing('web')).toMatchObject({
      step: 'deploy',
      message: expect.stringContaining('ada'),
      release: { number: 3 },
    })
    await scene.call('ada', 'rollout.cancel', { rollout: asked.rollout, reason: 'enough' })
    await look('web')
    expect(await sourceOf('web')).toMatchObject({ state: 'current', error: null })
    const last = await scene.database.db.rollout.findFirstOrThrow({ orderBy: { number: 'desc' } })
    expect(last.requesterId).toBe(sourceActorId)
    expect(await scene.drive(last.id)).toMatchObject({ rollout: 'succeeded' })
  })
})

describe('a source that cannot be read', () => {
  it('asks for a login that its project has, and writes it nowhere', async () => {
    const login = { username: 'reader', password: 'planted-in-a-login' }
    git.require(login)
    expect(await failing('web')).toMatchObject({ step: 'reach', message: expect.stringContaining('login') })
    const address = new URL(git.address).origin
    const right = { project: 'shop', address, ...login }
    await expect(scene.call('ada', 'repository.set', right)).rejects.toMatchObject({ code: 'forbidden' })
    await scene.call('root', 'repository.set', { ...right, password: 'wrong' })
    expect(await failing('web')).toMatchObject({ step: 'reach' })
    await scene.call('root', 'repository.set', right)
    await look('web')
    expect(await sourceOf('web')).toMatchObject({ state: 'current', error: null })
    expect(await scene.call('vic', 'repository.list', {})).toMatchObject([{ address, username: 'reader' }])
    const sent = Buffer.from(`reader:${login.password}`).toString('base64')
    const written = await world.written()
    for (const secret of [login.password, sent]) expect(written).not.toContain(secret)
    git.require(null)
  })

  it('says that a branch is not there, and reads it once it is', async () => {
    await apply('branch', fromGit('ref: next, path: deploy'))
    expect(await failing('branch')).toMatchObject({ step: 'reach', found: 'next', release: null })
    git.git('push', '--quiet', 'origin', 'HEAD:refs/heads/next')
    await look('branch')
    expect(await sourceOf('branch')).toMatchObject({ state: 'current', release: { number: 1 } })
  })

  it('follows a branch that was pushed by force', async () => {
    await apply('web', fromGit())
    const before = await sourceOf('web')
    const commit = git.amend({ 'deploy/more/config.yaml': configMap('config', { k: 'forced' }) })
    await look('web')
    const after = await sourceOf('web')
    expect(after).toMatchObject({ state: 'current', revision: commit })
    expect(after.release?.number).toBe((before.release?.number ?? 0) + 1)
  })

  it('does not answer: the last release stays, and can be deployed', async () => {
    const { release } = await sourceOf('web')
    await apply('web', fromGit().replace(/:\d+\//, ':1/'))
    expect(await failing('web')).toMatchObject({ step: 'reach', release })
    const { rollout } = await deployRelease(release?.id, 'staging')
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
  })

  it('is never a file, nor an address that the administrator did not allow', async () => {
    await expect(apply('file', `{ git: { repository: "file://${git.folder}" } }`)).rejects.toMatchObject({
      code: 'invalid',
      detail: { line: 5, path: 'spec.source.git.repository' },
    })
    await apply('metadata', '{ git: { repository: "http://169.254.169.254/latest" } }')
    const refused = { step: 'reach', message: expect.stringContaining('link-local') }
    expect(await failing('metadata')).toMatchObject(refused)
  })
})

describe('a commit that cannot become a release', () => {
  let good: unknown
  beforeAll(async () => {
    git.commit({ 'good/config.yaml': configMap('config', { k: 'v' }) })
    await apply('bad', fromGit('ref: main, path: good'))
    await look('bad')
    good = (await sourceOf('bad')).release
    expect(good).toMatchObject({ number: 1 })
  })
  let tried = 0
  /** Each in a folder of its own, beside that of the good one. */
  const refused = async (kind: string, files: Readonly<Record<string, string>>) => {
    const path = `bad-${++tried}`
    git.commit(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${path}/${name}`, text])))
    await apply('bad', `{ ${kind}: { repository: "${git.address}", path: ${path} } }`)
    const { message, release } = await failing('bad')
    expect(release).toEqual(good)
    return message
  }

  it.each(badCommits)(
    '$what: the error says so, and the last release stays',
    async ({ kind, files, says }) => {
      expect(await refused(kind, files)).toMatch(says)
    },
  )

  it('is larger than a repository may be', async () => {
    const large = crypto.randomBytes(4_500_000).toString('base64')
    expect(await refused('git', { 'large.bin': large })).toMatch(/larger than 4 MiB/)
    git.commit({ [`bad-${tried}/large.bin`]: null })
  })
})

describe('what is rendered', () => {
  it('by Kustomize is an overlay with its base', async () => {
    git.commit({
      'base/kustomization.yaml': 'resources: [config.yaml]\n',
      'base/config.yaml': configMap('config', { k: 'base' }),
      'overlay/kustomization.yaml': 'resources: [../base]\nnamePrefix: over-\n',
    })
    await apply('overlay', `{ kustomize: { repository: "${git.address}", path: overlay } }`)
    await look('overlay')
    const { error, origin } = await sourceOf('overlay')
    expect(error).toBeNull()
    expect(origin).toMatchObject({ kind: 'kustomize', renderer: expect.stringMatching(/^kustomize v5\./) })
    expect((await releasesOf('overlay'))[0]?.objects).toEqual([{ kind: 'ConfigMap', name: 'over-config' }])
  })

  it('by Helm has the values of its files, and over them those of the document', async () => {
    const name = '{{ .Release.Name }}-{{ .Values.a }}-{{ .Values.b }}-{{ .Values.c }}'
    git.commit({
      'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.2.3\n',
      'chart/values.yaml': 'a: chart\nb: chart\nc: chart\n',
      'chart/values-prod.yaml': 'b: file\nc: file\n',
      'chart/templates/config.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "${name}" }\n`,
    })
    const values = 'valueFiles: [values-prod.yaml], values: { c: document }'
    await apply('chart', `{ helm: { repository: "${git.address}", path: chart, ${values} } }`)
    await look('chart')
    const { error, origin } = await sourceOf('chart')
    expect(error).toBeNull()
    const renderer = expect.stringMatching(/^helm v3\./)
    expect(origin).toMatchObject({ kind: 'helm', chart: 'web', version: '1.2.3', renderer })
    const wanted = 'chart-chart-file-document'
    expect((await releasesOf('chart'))[0]?.objects).toEqual([{ kind: 'ConfigMap', name: wanted }])
  })

  it('by Helm from a chart repository is the archive that its index names, and no other', async () => {
    const place = `repository: "${world.charts.address}", chart: web, version: 1.2.3`
    await apply('archive', `{ helm: { ${place}, values: { a: document } } }`)
    await look('archive')
    const { error, origin, revision } = await sourceOf('archive')
    expect(error).toBeNull()
    expect(revision).toMatch(/^1\.2\.3@sha256:[0-9a-f]{64}$/)
    expect(origin).toMatchObject({
      kind: 'helm',
      repository: world.charts.address,
      chart: 'web',
      version: '1.2.3',
      commit: null,
    })
    expect((await releasesOf('archive'))[0]?.objects).toEqual([
      { kind: 'ConfigMap', name: 'archive-document' },
    ])

    await apply('archive', `{ helm: { ${place.replace('1.2.3', '9.9.9')} } }`)
    expect(await failing('archive')).toMatchObject({ step: 'reach', found: '9.9.9', release: { number: 1 } })
    world.charts.corrupt('web-1.2.3.tgz')
    await apply('archive', `{ helm: { ${place}, values: { a: other } } }`)
    const refused = { step: 'render', message: expect.stringContaining('not what its index says') }
    expect(await failing('archive')).toMatchObject({ ...refused, release: { number: 1 } })
  })
})
