import type { Metadata } from 'next'
import { parseCustomObject } from '@/features/custom/addresses'
import { CustomObjectPage } from '@/features/custom/custom-object-page'

type Props = { params: Promise<{ name: string; definition: string; namespace: string; object: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: parseCustomObject(await params).name }
}

/** Not asked here: the cluster may be silent, and the page has to show all the same. */
export default async function Page({ params }: Props) {
  return <CustomObjectPage address={parseCustomObject(await params)} />
}
