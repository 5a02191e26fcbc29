// npm run serve: bundles the engine's Node host, which takes a moment, and runs it. Flags are those
// of src/host/node/options.ts; `npm run serve -- --help` lists them.

import { join } from 'node:path';
import { build } from 'esbuild';
import { buildInBackground } from './built-page.mjs';
import { root } from './run-step.mjs';
import './generate-schema.mjs';

const outfile = join(root, '.cache/serve/node.mjs');
await build({
  entryPoints: [join(root, 'src/host/node.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'warning',
});
// The API does not wait for the page.
buildInBackground();
const { serve } = await import(outfile);
await serve(process.argv.slice(2), root);
