import { z } from 'zod'

const web = 'https?:\\/\\/[^\\s?#@]+'
/** One part of a repository's name, by the distribution specification of OCI. */
const part = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*'
const registry = `oci:\\/\\/(?:[a-z0-9.-]+|\\[[0-9a-f:.]+\\])(?::\\d{1,5})?(?:\\/${part})*\\/?`
const address = z.string().min(1).max(500)

/** Of Git, or of a chart repository. */
export const webAddressSchema = address.regex(
  new RegExp(`^${web}$`),
  'expected an https address without user, query or fragment',
)

/** The same, or that of an OCI registry with the folder of its charts: `oci://registry.example.org/team/charts`. */
export const repositoryAddressSchema = address.regex(
  new RegExp(`^(?:${web}|${registry})$`),
  'expected an https address without user, query or fragment, or one of a registry, such as "oci://registry.example.org/team/charts"',
)

export const isRegistry = (text: string): boolean => text.startsWith('oci://')
/** What a chart may be called in a registry. */
export const isRegistryName = (text: string): boolean => new RegExp(`^${part}$`).test(text)
