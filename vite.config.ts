import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { msw } from 'msw/vite';
import { chromium } from './e2e/chromium.ts';
import { brotli } from './scripts/vite-brotli.ts';
import { demoNonce, demoPolicy } from './scripts/vite-demo.ts';
import { errorsPage } from './scripts/vite-docs.ts';
import { firstPaint } from './scripts/vite-first-paint.ts';

/** Processes, threads and servers start in some tests of Node: on a busy machine that takes its time, and says nothing of what they do. */
const patience = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig(({ mode }) => ({
  root: 'web',
  base: mode === 'demo' ? './' : '/',
  publicDir: '../public',
  // MSW's worker goes where the page itself plays the BFF: the demo and component tests.
  plugins: [
    react(),
    errorsPage(),
    firstPaint(),
    mode === 'production' ? brotli() : msw({ mode: 'worker-only' }),
    mode === 'demo' && demoPolicy(),
  ],
  html: { cspNonce: mode === 'demo' ? demoNonce : '__CSP_NONCE__' },
  build: {
    outDir: mode === 'demo' ? '../dist/demo' : '../dist/web',
    emptyOutDir: true,
    manifest: true,
    sourcemap: false,
    chunkSizeWarningLimit: mode === 'demo' ? 2_000 : 500,
    // One style sheet, and what every page needs in two scripts (libraries change less often than the console): few files to a first page.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        // The demo comes as one script: once loaded it needs its host no more.
        codeSplitting:
          mode === 'demo'
            ? false
            : {
                groups: [
                  { name: 'libraries', test: /node_modules/, tags: ['$initial'], priority: 1 },
                  { name: 'frame', tags: ['$initial'] },
                  {
                    name: 'lists',
                    test: /web[\\/](ui[\\/](data-table|filter-bar|bottom-strip|list-thumbs|segments|fitting-labels|fresh)|hooks[\\/]use-list-state|lib[\\/](coverage|roll-up)|queries[\\/](agents|agent-tags)|panels[\\/]fleet[\\/]fleet[.]module)[.]|bff[\\/]contract[\\/]stacks[.]/,
                  },
                  {
                    name: 'forms',
                    test: /web[\\/](panels[\\/]sign-in[\\/](route|account-form|key-form)|ui[\\/](gate|form|text-field))[.]tsx/,
                  },
                ],
              },
      },
    },
  },
  test: {
    root: '.',
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          ...patience,
          environment: 'node',
          include: ['{bff,simulator,scripts,web/lib}/**/*.test.ts'],
          exclude: ['simulator/contract-suite/**'],
        },
      },
      { extends: true, test: { name: 'contract', ...patience, environment: 'node', include: ['simulator/contract-suite/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['web/**/*.test.tsx'],
          expect: { poll: { timeout: 7_500 } }, // as journeys wait: parts of the page are fetched when they are first needed
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: chromium }),
            instances: [{ browser: 'chromium' as const }],
          },
        },
      },
    ],
  },
}));
