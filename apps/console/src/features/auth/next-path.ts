/** Where to go after sign-in: a path of this console, never another site. */
export function nextPath(wanted: string | undefined): string {
  if (wanted === undefined || !/^\/[a-z0-9]/i.test(wanted)) return '/fleet'
  return wanted.startsWith('/sign-in') || wanted.startsWith('/invitation') ? '/fleet' : wanted
}
