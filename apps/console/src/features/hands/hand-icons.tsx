import type { Hand } from '@fairlead/contracts/hand-states'
import {
  Ban,
  CircleCheck,
  LogOut,
  Pencil,
  RotateCw,
  Scaling,
  SquareTerminal,
  Trash2,
  type LucideIcon,
} from 'lucide-react'

const icons: Readonly<Record<Hand, LucideIcon>> = {
  scale: Scaling,
  restart: RotateCw,
  edit: Pencil,
  delete: Trash2,
  shell: SquareTerminal,
  cordon: Ban,
  uncordon: CircleCheck,
  drain: LogOut,
}

export function HandIcon({ hand }: { hand: Hand }) {
  const Icon = icons[hand]
  return <Icon aria-hidden />
}
