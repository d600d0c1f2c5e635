/** Runs once before the server answers anything. Next replaces NEXT_RUNTIME while it bundles. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const [address, upgrades] = await Promise.all([
    import('./server/client-address'),
    import('./server/upgrades'),
  ])
  address.register()
  upgrades.register()
}
