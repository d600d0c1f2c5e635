'use client'

import type { NetworkNode, NetworkPath } from '@fairlead/contracts/network'
import { findingSeverities } from '@fairlead/contracts/network-findings'
import { cn } from '@fairlead/ui/cn'
import { toneFill, toneText } from '@fairlead/ui/tone'
import { CircleCheck, CircleDashed, X } from 'lucide-react'
import { useMemo } from 'react'
import { refHref } from './addresses'
import { layoutPath, nodeSize, type PlacedLink, type PlacedNode } from './path-layout'
import { severityIcons } from './severity-mark'

const layerWords: Readonly<Record<NetworkNode['layer'], string>> = {
  entry: 'Entry',
  route: 'Route',
  service: 'Service',
  slice: 'EndpointSlices',
  pod: 'Pods',
}

type PathGraphProps = {
  path: NetworkPath
  /** Cluster name, for links. */
  cluster: string
  /** Its cluster is silent: nothing may look fine. */
  stale: boolean
  /** The node that a finding points at. */
  marked: string | null
}

/** Entry → route → Service → slices → pods. A broken link is red, dashed and crossed out, so that it is told by shape too. */
export function PathGraph({ path, cluster, stale, marked }: PathGraphProps) {
  const layout = useMemo(() => layoutPath(path), [path])
  const broken = layout.links.filter(({ link }) => link.broken)
  const whole = layout.links.filter(({ link }) => !link.broken)
  return (
    <div
      role="region"
      aria-label="Path"
      tabIndex={0}
      className="overflow-auto rounded-lg border border-line bg-surface outline-offset-0"
    >
      <svg width={layout.width} height={layout.height} className="block" aria-label="The path as a graph">
        {layout.columns.map(({ layer, x }) => (
          <text key={layer} x={x} y={22} className="fill-muted text-xs">
            {layerWords[layer]}
          </text>
        ))}
        {whole.map((placed) => (
          <WholeLink key={placed.path} placed={placed} stale={stale} />
        ))}
        {broken.map((placed) => (
          <BrokenLink key={placed.path} placed={placed} />
        ))}
        {layout.nodes.map((placed) => (
          <PathNode
            key={placed.node.id}
            placed={placed}
            cluster={cluster}
            stale={stale}
            marked={placed.node.id === marked}
          />
        ))}
      </svg>
    </div>
  )
}

function WholeLink({ placed, stale }: { placed: PlacedLink; stale: boolean }) {
  return (
    <g>
      <title>{placed.link.words}</title>
      <path
        d={placed.path}
        strokeWidth={1.5}
        className={cn('fill-none', stale ? 'stroke-unknown-solid' : 'stroke-line-strong')}
      />
    </g>
  )
}

function BrokenLink({ placed }: { placed: PlacedLink }) {
  return (
    <g data-broken>
      <title>{`Traffic ends here: ${placed.link.words}`}</title>
      <path
        d={placed.path}
        strokeWidth={2.25}
        strokeDasharray="6 5"
        className="fill-none stroke-fail-solid"
      />
      <circle cx={placed.x} cy={placed.y} r={9} className="fill-fail-soft stroke-fail-solid" />
      <X aria-hidden x={placed.x - 6} y={placed.y - 6} width={12} height={12} className="text-fail" />
    </g>
  )
}

type PathNodeProps = { placed: PlacedNode; cluster: string; stale: boolean; marked: boolean }

const shownLetters = 25
const short = (text: string): string =>
  text.length > shownLetters ? `${text.slice(0, shownLetters - 1)}…` : text

/** A pod is fine only when it says that it is ready. */
const seemsFine = ({ layer, words, severity }: NetworkNode): boolean =>
  severity === null && (layer !== 'pod' || words === 'ready')

function PathNode({ placed, cluster, stale, marked }: PathNodeProps) {
  const { node, x, y } = placed
  const { ref, missing, severity, words } = node
  const tone = stale
    ? 'unknown'
    : severity !== null
      ? findingSeverities[severity].tone
      : seemsFine(node)
        ? 'ok'
        : 'progress'
  const Icon =
    severity === null ? (seemsFine(node) && !stale ? CircleCheck : CircleDashed) : severityIcons[severity]
  const state = severity === null ? words : `${findingSeverities[severity].word}, ${words}`
  const body = (
    <>
      <title>{`${ref.kind} ${ref.name}: ${state}`}</title>
      <rect
        width={nodeSize.width}
        height={nodeSize.height}
        rx={8}
        strokeWidth={marked ? 2.5 : severity === 'error' ? 1.75 : 1}
        {...(missing ? { strokeDasharray: '5 4' } : {})}
        className={cn(
          missing ? 'fill-fail-soft' : 'fill-surface',
          marked
            ? 'stroke-accent-text'
            : severity === 'error' && !stale
              ? 'stroke-fail-solid'
              : 'stroke-line-strong',
        )}
      />
      <rect y={10} width={3} height={nodeSize.height - 20} rx={1.5} className={toneFill({ tone })} />
      <Icon aria-hidden x={14} y={12} width={14} height={14} className={toneText({ tone })} />
      <text x={36} y={23} className="fill-fg text-sm font-medium">
        {short(ref.name)}
      </text>
      <text x={14} y={43} className="fill-muted text-xs">
        {short(`${ref.kind} · ${words}`.replace(/ · $/, ''))}
      </text>
    </>
  )
  const href = missing ? undefined : refHref(cluster, ref)
  const place = { transform: `translate(${x} ${y})` }
  if (href === undefined) return <g {...place}>{body}</g>
  return (
    <a
      {...place}
      href={href}
      aria-label={`${ref.kind} ${ref.name}: ${state}`}
      className="cursor-pointer rounded-lg"
    >
      {body}
    </a>
  )
}
