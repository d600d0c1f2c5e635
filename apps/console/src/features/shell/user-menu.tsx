'use client'

import { Avatar } from '@fairlead/ui/avatar'
import { Menu } from '@fairlead/ui/menu'
import { CircleUserRound, Keyboard, LogOut, Settings } from 'lucide-react'
import type { ShellData } from './shell-data'

type UserMenuProps = { user: ShellData['user']; onHelp: () => void; onSignOut?: (() => void) | undefined }

export function UserMenu({ user, onHelp, onSignOut }: UserMenuProps) {
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Account of ${user.name}`}
          className="flex size-8 items-center justify-center rounded-md hover:bg-hover"
        >
          <Avatar name={user.name} />
        </button>
      }
      header={
        <>
          <p className="truncate font-medium">{user.name}</p>
          <p className="truncate text-xs text-muted">{user.email}</p>
          {user.systemAdministrator ? <p className="text-xs text-muted">System administrator</p> : null}
        </>
      }
      groups={[
        {
          items: [
            { label: 'Your account', icon: <CircleUserRound aria-hidden />, href: '/settings/you' },
            { label: 'Settings', icon: <Settings aria-hidden />, href: '/settings' },
            { label: 'Keyboard shortcuts', icon: <Keyboard aria-hidden />, shortcut: '?', onSelect: onHelp },
          ],
        },
        {
          items: [
            {
              label: 'Sign out',
              icon: <LogOut aria-hidden />,
              onSelect: onSignOut,
              disabledReason: onSignOut ? null : 'Nobody is signed in.',
            },
          ],
        },
      ]}
    />
  )
}
