// What a visitor loads before the editor, gzip; the build's own manifest says which files those
// are.

import { engineScripts, pageScripts } from './scripts/built-page.mjs';

export default [
  { name: 'page, before Monaco', path: pageScripts(), limit: '230 kB', gzip: true },
  { name: 'engine worker', path: engineScripts(), limit: '200 kB', gzip: true },
];
