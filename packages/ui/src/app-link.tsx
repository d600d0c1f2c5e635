'use client'

import { createContext, useContext, type ComponentProps, type ElementType, type ReactNode } from 'react'

const LinkContext = createContext<ElementType>('a')

/** The app gives its router's link once; every primitive that links uses it. */
export function LinkProvider({ component, children }: { component: ElementType; children: ReactNode }) {
  return <LinkContext value={component}>{children}</LinkContext>
}

export type AppLinkProps = ComponentProps<'a'> & { href: string }

export function AppLink(props: AppLinkProps) {
  const Link = useContext(LinkContext)
  return <Link {...props} />
}
