import type { ClusterCard } from '@fairlead/contracts/cluster'
import type { Part } from './parts-bar'

export const workloadParts = ({ workloads }: Pick<ClusterCard, 'workloads'>): Part[] => [
  { word: 'converged', count: workloads.converged, tone: 'ok' },
  { word: 'converging', count: workloads.converging, tone: 'progress' },
  { word: 'degraded', count: workloads.degraded, tone: 'failing' },
]

export const podParts = ({ pods }: Pick<ClusterCard, 'pods'>): Part[] => [
  { word: 'running', count: pods.running, tone: 'ok' },
  { word: 'pending', count: pods.pending, tone: 'progress' },
  { word: 'failing', count: pods.failing, tone: 'failing' },
  { word: 'completed', count: pods.completed, tone: 'neutral' },
]
