import type { CheckSeverity } from '@fairlead/contracts/checks'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'

export const severityLook: Record<CheckSeverity, { tone: Tone; word: string }> = {
  critical: { tone: 'failing', word: 'Critical' },
  warning: { tone: 'waiting', word: 'Warning' },
  advice: { tone: 'neutral', word: 'Advice' },
}

export const SeverityMark = ({ severity }: { severity: CheckSeverity }) => (
  <StatusMark {...severityLook[severity]} />
)
