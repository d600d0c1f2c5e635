'use client'

import { PageFailed } from '@/features/shell/page-failed'

export default PageFailed
