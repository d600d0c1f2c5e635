import * as source from './source'
import { command, nothing, query, type Done } from './surface-entry'

/** The part of surface.ts that is about where manifests come from. */
export const sourceSurface = {
  'source.get': query<source.SourceView>()('project.view', source.sourceRefSchema),
  'source.look': command<Done>()('rollout.create', source.sourceRefSchema),
  'source.setHook': command<{ secret: string; path: string }>()('application.write', source.sourceRefSchema),
  'source.hook': command<Done>()('public', source.hookSchema),
  'repository.list': query<source.RepositoryView[]>()('project.view', nothing),
  'repository.set': command<{ created: boolean }>()('project.manage', source.setRepositorySchema),
  'repository.remove': command<Done>()('project.manage', source.repositoryRefSchema),
} as const
