import fs from 'node:fs'
import path from 'node:path'
import { format } from 'prettier'
import { lintConfig } from './lint-config'

const file = path.resolve(import.meta.dirname, '../../../.oxlintrc.json')
fs.writeFileSync(file, await format(JSON.stringify(lintConfig()), { parser: 'json', printWidth: 110 }))
