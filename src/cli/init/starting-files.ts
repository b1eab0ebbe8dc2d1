/** An editor resolves `../events/events` from the user's folder into the stock layer by `rootDirs`. */
export const tsconfigText = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "ESNext",
    "moduleResolution": "bundler",
    "lib": ["ES2023"],
    "types": [],
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "skipLibCheck": true,
    "noEmit": true,
    "rootDirs": [".", "node_modules/throughline"]
  },
  "include": ["sources", "macros", "models", "seeds", "explanations", "unit_tests", "data_tests"]
}
`

export const gitignoreText = '.throughline/\nnode_modules/\n'

/** `throughline` is the version or place that the package is taken from. */
export function packageText(name: string, throughline: string): string {
  const manifest = {
    name: name.replaceAll('_', '-'),
    private: true,
    type: 'module',
    scripts: { check: 'throughline check', build: 'throughline build' },
    dependencies: { throughline },
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** The folder's name as a project's: lower-case letters, digits and _, starting with a letter. */
export function projectName(folderName: string): string {
  const plain = folderName
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
  return plain === '' ? 'warehouse' : plain
}
