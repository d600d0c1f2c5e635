type Named = { readonly project: string; readonly application: string }

export const rolloutHref = (id: string, stage?: string): string =>
  stage === undefined ? `/rollouts/${id}` : `/rollouts/${id}?stage=${encodeURIComponent(stage)}`

export const applicationHref = ({ project, application }: Named, tab?: string): string =>
  `/applications/${project}/${application}${tab === undefined ? '' : `?tab=${tab}`}`

export const deployHref = ({ project, application }: Named, query = ''): string =>
  `/applications/${project}/${application}/deploy${query === '' ? '' : `?${query}`}`
