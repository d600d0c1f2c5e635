type Named = { readonly project: string; readonly name: string }

const pathOf = ({ project, name }: Named): string =>
  `/workflows/${encodeURIComponent(project)}/${encodeURIComponent(name)}`

export const workflowHref = (workflow: Named, tab?: string): string =>
  `${pathOf(workflow)}${tab === undefined ? '' : `?tab=${tab}`}`

export const editHref = (workflow: Named): string => `${pathOf(workflow)}/edit`

export const newWorkflowHref = '/workflows/new'
