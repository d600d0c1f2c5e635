'use client'

import { IconButton } from '@fairlead/ui/icon-button'
import { Menu } from '@fairlead/ui/menu'
import { Monitor, Moon, Sun } from 'lucide-react'
import { useTheme } from 'next-themes'

const choices = [
  { theme: 'system', label: 'As the system', icon: <Monitor aria-hidden /> },
  { theme: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { theme: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
] as const

export function ThemeToggle() {
  const { theme, setTheme } = useTheme()
  // Both icons are in the markup and CSS shows one: the server can't know the theme.
  const icon = (
    <>
      <Sun aria-hidden className="dark:hidden" />
      <Moon aria-hidden className="hidden dark:block" />
    </>
  )
  return (
    <Menu
      trigger={<IconButton label="Theme" icon={icon} />}
      groups={[
        {
          items: choices.map((choice) => ({
            label: choice.label,
            icon: choice.icon,
            ...(theme === choice.theme ? { hint: 'chosen' } : {}),
            onSelect: () => setTheme(choice.theme),
          })),
        },
      ]}
    />
  )
}
