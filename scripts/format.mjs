// Formats the project, or only the files and folders given: wraps comments, then runs oxfmt.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wrapComments } from './wrap-comments.mjs';

const folders = ['src', 'e2e', 'bench', 'scripts', 'types'];
const given = process.argv.slice(2);

for (const path of (given.length > 0 ? given : folders).flatMap(scriptsBelow)) {
  const text = readFileSync(path, 'utf8');
  const wrapped = wrapComments(path, text);
  if (wrapped !== text) writeFileSync(path, wrapped);
}
const formatter = join('node_modules', '.bin', 'oxfmt');
process.exit(spawnSync(formatter, given, { stdio: 'inherit' }).status ?? 1);

function scriptsBelow(path) {
  if (!existsSync(path)) return [];
  const entries = statSync(path).isFile()
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
  return entries.filter((entry) => /\.(tsx?|mts|mjs)$/.test(entry));
}
