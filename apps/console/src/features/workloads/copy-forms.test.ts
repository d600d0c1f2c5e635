import { expect, test } from 'vitest'
import { copyForms } from './copy-forms'

test('a namespaced object is copied with context and namespace', () => {
  const forms = copyForms({ cluster: 'staging', kind: 'Deployment', namespace: 'shop', name: 'web' })
  expect(forms.kubectl).toBe('kubectl --context staging -n shop get deployments web')
  expect(forms.fairlead).toBe('fairlead get deployments -n shop --cluster staging --json')
  expect(forms.api).toContain('--raw /apis/apps/v1/namespaces/shop/deployments/web')
})

test('a cluster-wide object has no namespace, and nothing pasted can end the word', () => {
  const forms = copyForms({ cluster: "a'b; rm", kind: 'Node', namespace: null, name: 'node-1' })
  expect(forms.kubectl).toBe(String.raw`kubectl --context 'a'\''b; rm' get nodes node-1`)
  expect(forms.api).toContain('--raw /api/v1/nodes/node-1')
})
