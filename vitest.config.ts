import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { throughline: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: {
    include: ['tests/**/*.test.ts'],
    // `npm run conformance`: they need a package of their own.
    exclude: [...configDefaults.exclude, 'tests/conformance/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    setupFiles: ['tests/support/each-file.ts'],
    // Files share the modules of their worker: loading them for each file takes a third of the time.
    isolate: false,
    restoreMocks: true,
    typecheck: { enabled: false },
  },
})
