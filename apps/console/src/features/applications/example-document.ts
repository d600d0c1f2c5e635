/** What the form of a new application asks. */
export type ApplicationDraft = {
  name: string
  project: string
  stages: readonly StageDraft[]
}
export type StageDraft = { name: string; cluster: string; namespace: string; approval: boolean }

const quoted = (text: string, otherwise: string) => (text.trim() === '' ? otherwise : text.trim())

/** The form as a document: comments say what the form leaves out. */
export function documentOf(draft: ApplicationDraft): string {
  const name = quoted(draft.name, 'my-application')
  const stages = draft.stages.map((stage) => stageText(stage, name))
  return `apiVersion: fairlead.dev/v1
kind: Application
metadata: { name: ${name}, project: ${quoted(draft.project, 'my-project')} }
spec:
  stages:
${stages.join('\n')}
`
}

function stageText(stage: StageDraft, application: string): string {
  const approval = stage.approval
    ? '\n      approval: { quorum: 1, roles: [approver], expires: 24h } # never by whoever asks'
    : ''
  return `    - name: ${quoted(stage.name, 'stage')}
      targets: { clusters: [${quoted(stage.cluster, 'my-cluster')}], namespace: ${quoted(stage.namespace, application)} }${approval}
      deadline: { progress: 2m, total: 15m }
      onFailure: rollback # or hold`
}

export const exampleDraft: ApplicationDraft = {
  name: 'checkout',
  project: 'shop',
  stages: [
    { name: 'staging', cluster: 'staging', namespace: 'checkout', approval: false },
    { name: 'production', cluster: 'production', namespace: 'checkout', approval: true },
  ],
}
