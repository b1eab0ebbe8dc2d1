import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedPages, root } from './pages.ts'

// npm run docs: writes the pages of docs/ that the project itself tells: the config's keys and the published tables.
const pages = generatedPages()
for (const file of readdirSync(join(root, 'docs/tables'), { withFileTypes: true })) {
  if (file.isFile() && !pages.has(`docs/tables/${file.name}`)) rmSync(join(root, 'docs/tables', file.name))
}
for (const [path, text] of pages) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
console.log(`Wrote ${pages.size} pages to docs/`)
