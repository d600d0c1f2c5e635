interface Envelope {
  readonly json?: unknown
}

/** The browser's side of packages/api/src/wire.ts: everything on the surface is plain JSON. */
export const wire = {
  serialize: (value: unknown): Envelope => ({ json: value }),
  deserialize: (envelope: Envelope): unknown => envelope.json,
}
