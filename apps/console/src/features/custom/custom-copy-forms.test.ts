import { expect, test } from 'vitest'
import { customCopyForms } from './custom-copy-forms'

const address = { cluster: 'staging', definition: 'certificates.cert-manager.io' }
const kind = {
  definition: address.definition,
  kind: 'Certificate',
  group: 'cert-manager.io',
  version: 'v1',
  plural: 'certificates',
  namespaced: true,
  otherVersions: [],
}

test('a list is copied for all namespaces, with the API call once the version is known', () => {
  expect(customCopyForms(address, undefined)).toEqual({
    kubectl: 'kubectl --context staging -A get certificates.cert-manager.io',
    fairlead: 'fairlead get certificates.cert-manager.io -A --cluster staging',
  })
  expect(customCopyForms(address, kind).api).toBe(
    'kubectl --context staging get --raw /apis/cert-manager.io/v1/certificates',
  )
})

test('a cluster-wide kind has no namespaces to name', () => {
  expect(customCopyForms(address, { ...kind, namespaced: false }).kubectl).toBe(
    'kubectl --context staging get certificates.cert-manager.io',
  )
})

test('an object is copied with its namespace, and nothing pasted can end the word', () => {
  const object = { ...address, cluster: "a'b; rm", namespace: 'shop', name: 'web' }
  const forms = customCopyForms(object, kind)
  expect(forms.kubectl).toBe(
    String.raw`kubectl --context 'a'\''b; rm' -n shop get certificates.cert-manager.io web`,
  )
  expect(forms.api).toContain('/apis/cert-manager.io/v1/namespaces/shop/certificates/web')
})
