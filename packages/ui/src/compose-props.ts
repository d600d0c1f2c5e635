import type { ReactElement } from 'react'

type Props = Record<string, unknown>
type Handler = (...args: unknown[]) => void

const isHandler = (name: string, value: unknown): value is Handler =>
  /^on[A-Z]/.test(name) && typeof value === 'function'

/** Props to clone an element with: handlers run after the element's own, everything else replaces. */
export function composeProps(element: ReactElement, added: Props): Props {
  const own = element.props as Props
  const composed: Props = {}
  for (const [name, value] of Object.entries(added)) {
    const before = own[name]
    composed[name] =
      isHandler(name, value) && isHandler(name, before)
        ? (...args: unknown[]) => {
            before(...args)
            value(...args)
          }
        : value
  }
  return composed
}
