/** What a freeze window may forbid: every way in which Fairlead changes a cluster for a person. */
export const frozenActions = {
  deploy: { word: 'Deploy' },
  rollback: { word: 'Roll back' },
  scale: { word: 'Scale' },
  restart: { word: 'Restart' },
  edit: { word: 'Edit' },
  delete: { word: 'Delete' },
  cordon: { word: 'Cordon' },
  uncordon: { word: 'Uncordon' },
  drain: { word: 'Drain' },
} as const satisfies Record<string, { word: string }>
export type FrozenAction = keyof typeof frozenActions
export const frozenActionNames = Object.keys(frozenActions) as [FrozenAction, ...FrozenAction[]]
