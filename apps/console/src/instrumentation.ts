/** Runs once before the server answers anything. Next replaces NEXT_RUNTIME while it bundles. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') (await import('./server/client-address')).register()
}
