import { CapacityBar } from './capacity-bar'
import { bytesText, coresText } from './quantity'

type RequestedBarsProps = {
  /** Millicores and bytes: of a node, or of all nodes of a cluster. */
  of: Readonly<Record<'cpuRequested' | 'cpuAllocatable' | 'memoryRequested' | 'memoryAllocatable', number>>
}

/** What pods request of CPU and memory, beside what can be allocated. */
export function RequestedBars({ of }: RequestedBarsProps) {
  return (
    <>
      <CapacityBar label="CPU requested" used={of.cpuRequested} of={of.cpuAllocatable} text={coresText} />
      <CapacityBar
        label="Memory requested"
        used={of.memoryRequested}
        of={of.memoryAllocatable}
        text={bytesText}
      />
    </>
  )
}
