// npm start: builds the page when it is stale and serves it on this machine alone. `--port N` asks
// for a port; the next free one is taken when it is in use.

import { preview } from 'vite';
import { buildIfStale } from './built-page.mjs';

const at = process.argv.indexOf('--port');
const port = at < 0 ? 4173 : Number(process.argv[at + 1]);
if (!Number.isInteger(port)) {
  console.error('usage: npm start -- [--port N]');
  process.exit(1);
}

buildIfStale();
const server = await preview({ logLevel: 'error', preview: { host: '127.0.0.1', port } });
console.log(`Kubarium is running at ${server.resolvedUrls.local[0]} (Ctrl+C stops it)`);
