import { z } from 'zod'
import type { KubeClient } from './kube-client'

const reviewSchema = z.object({
  status: z.object({
    userInfo: z.object({ username: z.string(), groups: z.array(z.string()).default([]) }),
  }),
})

/** Whom the API server takes the asker for. Authorisation is not needed for it, so a refusal is the credential's. */
export async function whoAmI(
  client: KubeClient,
  signal?: AbortSignal,
): Promise<z.infer<typeof reviewSchema>['status']['userInfo']> {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }
  const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews'
  return reviewSchema.parse(await client.json({ method: 'POST', path, body, signal })).status.userInfo
}
