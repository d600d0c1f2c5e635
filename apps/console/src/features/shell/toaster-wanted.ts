/** The one thing that code outside the tree (a mutation's callback) tells the frame: mount the toaster. */
let wanted = false
let ready: () => void = () => undefined
const mounted = new Promise<void>((resolve) => (ready = resolve))
const listeners = new Set<() => void>()

export function wantToaster(): Promise<void> {
  wanted = true
  for (const listener of listeners) listener()
  return mounted
}

export const toasterWanted = {
  now: (): boolean => wanted,
  onServer: (): boolean => false,
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  /** Called by the toaster once it listens. */
  ready: (): void => ready(),
}
