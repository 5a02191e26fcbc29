import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Relative base: the build also runs from a sub-folder of somebody's blog.
export default defineConfig({
  base: './',
  plugins: [react()],
  resolve: {
    alias: [
      // monaco-yaml imports deep paths that Monaco's export map no longer carries under esm/vs.
      { find: /^monaco-editor\/esm\/vs\/(.*)$/, replacement: 'monaco-editor/$1' },
    ],
  },
  build: {
    target: 'es2022',
    manifest: true,
    // Monaco is one lazy chunk of about 3.5 MB; size-limit guards what matters.
    chunkSizeWarningLimit: 8_000,
  },
  worker: {
    format: 'es',
    // A folder of their own: sizes are guarded by name, and Monaco's workers stand beside ours.
    rolldownOptions: { output: { entryFileNames: 'assets/workers/[name]-[hash].js' } },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
