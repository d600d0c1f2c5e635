/** Who acts, in the alphabet of an AWS role session: what CloudTrail shows beside the role. */
export function sessionNameOf(actor: { readonly email: string | null; readonly id: string }): string {
  const name = (actor.email ?? actor.id).replace(/[^\w+=,.@-]/g, '-')
  return `fairlead-${name}`.slice(0, 64)
}
