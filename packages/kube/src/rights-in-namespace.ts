import { z } from 'zod'
import { missingOf, namespaceRights, type Right } from './check-rights'
import type { KubeClient } from './kube-client'

const words = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? [])
const ruleSchema = z.object({ verbs: words, apiGroups: words, resources: words, resourceNames: words })
const reviewSchema = z.object({
  status: z.object({
    incomplete: z.boolean().default(false),
    resourceRules: z
      .array(ruleSchema)
      .nullish()
      .transform((list) => list ?? []),
  }),
})
export type ResourceRule = z.infer<typeof ruleSchema>

/** Whether RBAC's rule gives the right on every object, whatever its name. Pure. */
export function covers(rule: ResourceRule, { group, resource, subresource, verb }: Right): boolean {
  const names = subresource === undefined ? [resource] : [`${resource}/${subresource}`, `*/${subresource}`]
  return (
    rule.resourceNames.length === 0 &&
    rule.verbs.some((each) => each === '*' || each === verb) &&
    rule.apiGroups.some((each) => each === '*' || each === group) &&
    rule.resources.some((each) => each === '*' || names.includes(each))
  )
}

/** One question for all rules; where an authoriser can't list its rules, one for each right. */
export async function missingIn(
  client: KubeClient,
  namespace: string,
  signal?: AbortSignal,
): Promise<readonly Right[]> {
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    spec: { namespace },
  }
  const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'
  const { status } = reviewSchema.parse(await client.json({ method: 'POST', path, body, signal }))
  if (!status.incomplete)
    return namespaceRights.filter((right) => !status.resourceRules.some((rule) => covers(rule, right)))
  const rights = namespaceRights.map((right) => ({ ...right, namespace }))
  return missingOf(client, rights, signal)
}
