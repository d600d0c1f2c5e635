import type { Metadata } from 'next'
import { parseCustomKind } from '@/features/custom/addresses'
import { CustomPage } from '@/features/custom/custom-page'

type Props = { params: Promise<{ name: string; definition: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: parseCustomKind(await params).definition }
}

/** Not asked here: the cluster may be silent, and the page has to show all the same. */
export default async function Page({ params }: Props) {
  return <CustomPage address={parseCustomKind(await params)} />
}
