/** What the frame around every page must know; pages give it, the shell fetches nothing. */
export type ShellData = {
  user: { name: string; email: string; systemAdministrator: boolean }
  projects: readonly { id: string; name: string }[]
  /** Approvals that wait for this user; null for whoever may not see any. */
  approvalsWaiting: number | null
}

/** State of the browser's one live connection. */
export type Connection = {
  state: 'live' | 'reconnecting' | 'offline'
  lastEventAt?: Date | string | null | undefined
}

/** Keeps the sidebar's width over reloads; read on the server so that nothing jumps. */
export const sidebarCookie = 'fairlead-sidebar'
