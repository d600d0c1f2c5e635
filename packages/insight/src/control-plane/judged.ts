import type { ControlPlaneEvidence } from '@fairlead/contracts/control-plane'

export type Judged = Pick<ControlPlaneEvidence, 'state' | 'evidence' | 'signals'>
