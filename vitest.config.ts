import { defineConfig } from 'vitest/config'

const ignored = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  test: {
    pool: 'forks',
    // A test that needs a mock of our own module is refused by lint; what is left must not leak from one test into the next.
    restoreMocks: true,
    unstubGlobals: true,
    // What is polled for comes when it comes; the test's own time is the limit.
    expect: { poll: { timeout: 8_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'beside the code',
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts', 'simulation/src/**/*.test.ts', 'conformance/src/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ignored,
          testTimeout: 10_000,
        },
      },
      {
        extends: true,
        test: {
          // Real processes, real browsers: they share the machine badly, so these files run one after another, after all the others.
          name: 'whole',
          include: ['packages/*/tests/**/*.test.{ts,tsx}', 'conformance/tests/**/*.test.ts', 'simulation/tests/**/*.test.ts'],
          exclude: ignored,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
