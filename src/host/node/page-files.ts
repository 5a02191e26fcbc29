// The built page below /ui/. Only files that the build made are served, whatever the path says.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import type { ServerResponse } from 'node:http';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.ttf': 'font/ttf',
};
const ENGINE_PATH = '/ui/engine';
/** `npm run serve` builds the page beside its work when there is none. */
const NO_BUILD =
  '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="2">' +
  '<title>Kubarium</title><p>The page is being built. It will show itself in a moment.</p>\n';

/** Answers GET /ui/...; `folder` is the build's. */
export function servePage(response: ServerResponse, url: string, folder: string): void {
  const path = url.replace(/[?#].*/, '');
  if (path === '/ui') {
    response.writeHead(308, { Location: '/ui/' }).end();
    return;
  }
  const file = fileOf(path.slice('/ui/'.length) || 'index.html', folder);
  if (file === undefined) {
    const isMissing = !existsSync(join(folder, 'index.html'));
    const type = isMissing ? 'html' : 'plain';
    response.writeHead(isMissing ? 503 : 404, { 'Content-Type': `text/${type}; charset=utf-8` });
    response.end(isMissing ? NO_BUILD : '404 page not found\n');
    return;
  }
  // Names of assets carry a hash of their content.
  const isFixed = path.startsWith('/ui/assets/');
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Cache-Control': isFixed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  const content = readFileSync(file);
  response.end(file.endsWith('index.html') ? attached(content.toString('utf8')) : content);
}

/**
 * The page told that its cluster is this server's, before anything else in it runs; unless it is
 * about what went on apart from that, which is the tab's own.
 */
const SAY =
  'if (!/[?&]branch=/.test(location.search)) ' +
  `window.kubariumRemote = ${JSON.stringify(ENGINE_PATH)};`;

function attached(html: string): string {
  const tell = `<script>${SAY}</script>`;
  return html.replace('<head>', `<head>${tell}`);
}

function fileOf(relative: string, folder: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(relative);
  } catch {
    return undefined;
  }
  const file = normalize(join(folder, decoded));
  if (decoded.includes('\0') || !file.startsWith(folder + sep)) return undefined;
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}
