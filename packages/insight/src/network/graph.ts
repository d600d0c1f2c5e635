import type {
  NetworkFinding,
  NetworkLayer,
  NetworkLink,
  NetworkNode,
  NetworkPath,
  NetworkRef,
} from '@fairlead/contracts/network'
import { keyOfRef, ranked, worstOf } from './finding'

/** Collects a path as it is walked; what is met twice is drawn once. */
export interface Graph {
  has(ref: NetworkRef): boolean
  node(layer: NetworkLayer, ref: NetworkRef, words: string, findings: readonly NetworkFinding[]): void
  /** Named by the path, and not there, or not for the eyes of whoever asks. */
  absent(layer: NetworkLayer, ref: NetworkRef, hidden: boolean): void
  link(from: NetworkRef, to: NetworkRef, how: Pick<NetworkLink, 'words' | 'broken'>): void
  path(): NetworkPath
}

export function createGraph(): Graph {
  const nodes = new Map<string, NetworkNode>()
  const links = new Map<string, NetworkLink>()
  const findings: NetworkFinding[] = []
  const put = (node: NetworkNode): void => {
    if (!nodes.has(node.id)) nodes.set(node.id, node)
  }
  return {
    has: (ref) => nodes.has(keyOfRef(ref)),
    node(layer, ref, words, own) {
      const id = keyOfRef(ref)
      if (nodes.has(id)) return
      findings.push(...own)
      const here = own.filter(({ object }) => keyOfRef(object) === id)
      put({ id, layer, ref, words, missing: false, severity: worstOf(here)?.severity ?? null })
    },
    absent: (layer, ref, hidden) =>
      put({
        id: keyOfRef(ref),
        layer,
        ref,
        words: hidden ? 'in a namespace that you may not see' : 'does not exist',
        missing: !hidden,
        severity: hidden ? null : 'error',
      }),
    link(from, to, { words, broken }) {
      const key = `${keyOfRef(from)} ${keyOfRef(to)}`
      const known = links.get(key)
      const both = known === undefined || known.words === words ? words : `${known.words}, ${words}`
      links.set(key, {
        from: keyOfRef(from),
        to: keyOfRef(to),
        words: both,
        broken: broken || known?.broken === true,
      })
    },
    path: () => ({ nodes: [...nodes.values()], links: [...links.values()], findings: ranked(findings) }),
  }
}
