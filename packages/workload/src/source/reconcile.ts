import type { ApplicationDocument } from '@fairlead/contracts/application'
import type { Reconcile } from '@fairlead/contracts/decision'
import { isFairleadError, type FairleadError } from '@fairlead/contracts/errors'
import { addressOf, everyMs, pulledSource, type PulledSource } from '@fairlead/contracts/source-document'
import type { SourceStep } from '@fairlead/contracts/source-states'
import { documentOf } from '../application/stored'
import { parseFiles } from '../manifest/parse-files'
import { draftRelease } from '../release/release-store'
import { after } from '../rollout/decision'
import { deployIfWanted } from './automatic'
import { loginFor } from './login'
import { isTransient, judgedKey, nextLookMs, planLook } from './plan'
import { recordDeploy, recordLook, recordNext, type Judged } from './record'
import { sourceRow, type SourceDeps, type SourceRow } from './source-deps'
import { sourceErrorOf } from './stored'

/** Looks at where an application's manifests come from, and makes a release of what is new. Its key is an application id. */
export function sourceReconciler(deps: SourceDeps): Reconcile<string> {
  return async (id, now) => {
    const row = await sourceRow(deps, id)
    if (row === null) return { settled: true }
    const document = documentOf(row.application.document)
    const source = pulledSource(document.spec.source)
    if (source === null) {
      await deps.db.applicationSource.deleteMany({ where: { applicationId: id } })
      return { settled: true }
    }
    const judged = await judge(deps, { row, document, source })
    const standing = await recordLook(deps.db, row, { judged, now })
    const refused = standing ? await deploy(deps, row, document) : null
    if (standing) await recordDeploy(deps.db, row, { refused, now })
    const passed = judged.kind !== 'failed' ? refused === null : !isTransient(judged.error)
    const failures = passed ? 0 : row.failures + 1
    const wait = { everyMs: everyMs(document.spec.source.every), failures }
    // The document was edited while it was rendered: what it says now is looked at next.
    const checkAt = standing === null ? now : after(now, nextLookMs(wait, deps.random()))
    await recordNext(deps.db, row, { checkAt, failures })
    return { checkAt, reason: judged.kind === 'failed' ? judged.error.message : '' }
  }
}

interface Look {
  readonly row: SourceRow
  readonly document: ApplicationDocument
  readonly source: PulledSource
}

/** What is there now, and what it renders to where that is not known yet. */
async function judge(deps: SourceDeps, { row, document, source }: Look): Promise<Judged> {
  const { application } = row
  let step: SourceStep = 'reach'
  let revision: string | null = null
  let key: string | null = null
  try {
    const login = await loginFor(deps, application.projectId, addressOf(source))
    const found = await deps.reader.resolve({ source, login })
    revision = found.id
    key = judgedKey(found.id, document.spec)
    const seen = { key, judged: row.judged, error: sourceErrorOf(row.error), asked: row.askedAt !== null }
    if (planLook(seen) === 'same') return { kind: 'same', revision }
    step = 'render'
    const namespaces = [...new Set(document.spec.stages.map(({ targets }) => targets.namespace))]
    const namespace = namespaces[0] ?? 'default'
    const ask = { source, login, revision: found, application: application.name, namespace }
    const { files, origin } = await deps.reader.render(ask)
    step = 'read'
    const draft = draftRelease(deps.cipher, parseFiles(files, namespaces))
    return { kind: 'release', revision, key, draft, origin }
  } catch (error) {
    if (!isFairleadError(error) || error.code === 'internal') throw error
    return {
      kind: 'failed',
      step: step === 'render' && isTransient(error) ? 'fetch' : step,
      error,
      revision,
      key,
    }
  }
}

async function deploy(
  deps: SourceDeps,
  row: SourceRow,
  document: ApplicationDocument,
): Promise<FairleadError | null> {
  try {
    await deployIfWanted(deps, row, document)
    return null
  } catch (error) {
    if (!isFairleadError(error) || error.code === 'internal') throw error
    return error
  }
}
