import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The renderer: one page, served by either shell from `dist/renderer` under a strict CSP. */
export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  base: './',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    modulePreload: { polyfill: false },
    // Inlined assets would need data: URLs that the CSP does not allow for fonts.
    assetsInlineLimit: 0,
    // Monaco alone is larger than the default limit.
    chunkSizeWarningLimit: 6000,
  },
});
