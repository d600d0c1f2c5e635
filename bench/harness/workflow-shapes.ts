import { documentOf } from '@fairlead/workflow/testing/workflow-scene'

export const upTo = (count: number): number[] => [...Array(count).keys()]
export const chain = (length: number): string =>
  documentOf(upTo(length).map((at) => ({ id: `t${at}`, needs: at === 0 ? [] : [`t${at - 1}`] })))
export const fanOut = (size: number, more: Readonly<Record<string, unknown>> = {}): string =>
  documentOf([{ id: 'each', forEach: '${{ parameters.items }}', ...more }], {
    parameters: { items: { type: 'array', default: upTo(size) } },
  })
/** Ten roots, ten below each, ten below each of those but the last: a thousand. */
export const tree = (): string =>
  documentOf(
    upTo(100).map((at) => ({ id: `t${at}`, needs: at === 0 ? [] : [`t${Math.floor((at - 1) / 10)}`] })),
  )

/** One, then `width` side by side, then one. */
export const inOut = (width: number): string => {
  const middle = upTo(width).map((at) => `m${at}`)
  return documentOf([
    { id: 'first' },
    ...middle.map((id) => ({ id, needs: ['first'] })),
    { id: 'last', needs: middle },
  ])
}
