'use client'

import { createContext, useContext } from 'react'

export type FieldControl = {
  id?: string
  'aria-describedby'?: string
  'aria-labelledby'?: string
  'aria-invalid'?: true
}

export const FieldContext = createContext<FieldControl>({})

/** What a control takes from the Field around it; nothing where there is none. */
export const useFieldControl = (): FieldControl => useContext(FieldContext)
