export type PoolDraft = { name: string; project: string; slots: string; description: string }

/** The document that `fairlead apply` takes too. JSON is YAML, so nothing typed can break out of its place. */
export const poolDocument = ({ name, project, slots, description }: PoolDraft): string =>
  JSON.stringify(
    {
      apiVersion: 'fairlead.dev/v1',
      kind: 'Pool',
      metadata: { name, project },
      spec: {
        slots: Number(slots),
        ...(description.trim() === '' ? {} : { description: description.trim() }),
      },
    },
    null,
    2,
  )

export const slotsProblem = (slots: string): string | null =>
  /^\d{1,6}$/.test(slots.trim()) && Number(slots) <= 100_000 ? null : 'A whole number from 0 to 100000.'

export const examplePool = (project: string): string => `apiVersion: fairlead.dev/v1
kind: Pool
metadata: { name: database, project: ${project} }
spec:
  slots: 8
  description: Connections that the ledger can spare.
`
