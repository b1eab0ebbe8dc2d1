import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

export default defineConfig({
  root: path('../..'),
  resolve: { alias: { throughline: path('../../src/index.ts') } },
  test: {
    include: ['tests/conformance/**/*.test.ts'],
    globalSetup: path('snowflake/say-if-skipped.ts'),
    setupFiles: [path('../support/each-file.ts')],
    env: {
      METADATA_SERVER_DETECTION: 'none',
      SNOWFLAKE_DISABLE_PLATFORM_DETECTION: 'true',
      SNOWFLAKE_DISABLE_MINICORE: 'true',
      SF_TELEMETRY_DISABLE_CONNECTION_SHAPE: 'true',
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    isolate: false,
    restoreMocks: true,
  },
})
