import { defineConfig, mergeConfig } from "vitest/config";
import vite from "./vite.config.ts";

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      include: ["src/**/*.test.{ts,tsx}"],
      // Pure rooms run in plain Node; a test that draws begins with `// @vitest-environment jsdom`.
      environment: "node",
      restoreMocks: true,
      unstubGlobals: true,
      // Two cores are shared with the Python tests.
      maxWorkers: 2,
      // No test is timed: how fast a machine is says nothing about what is right.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      setupFiles: ["src/api/patience.ts"],
    },
  }),
);
