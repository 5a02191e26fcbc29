// A file is found by its name at the first try: kebab-case after its one main export, PascalCase
// for components, and no name that would fit any file.

import { basename } from 'node:path';

const vagueNames = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'impl']);
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const pascal = /^([A-Z][a-z0-9]*)+$/;
const suffix = /(\.(test|spec|simulation|property|input|output|config|d))*\.[a-z0-9]+$/;

/** The page's entry is the one component file that is no component. */
const entries = ['src/ui/main.tsx'];

/** Recorded answers keep the names that their recorder gave them. */
const recorded = /\/fixtures\//;

/** Problems of one path's names; only what is below src/, e2e/, bench/, scripts/ is asked. */
export function nameProblems(path: string): string[] {
  if (recorded.test(path)) return [];
  const file = basename(path);
  const stem = file.replace(suffix, '');
  const folders = path.split('/').slice(0, -1);
  return [
    ...vagueProblems(path, [...folders, stem]),
    ...(caseFits(path, stem) ? [] : [`${path}: ${caseRule(path)}`]),
    ...folders
      .filter((folder) => !kebab.test(folder))
      .map((folder) => `${path}: name the folder ${folder} in kebab-case`),
  ];
}

function vagueProblems(path: string, names: readonly string[]): string[] {
  return names
    .filter((name) => vagueNames.has(lastWord(name)))
    .map((name) => `${path}: "${name}" says nothing: name it after what it does`);
}

/** 'pod-utils' and 'PodImpl' are as vague as their last word. */
function lastWord(name: string): string {
  return (
    name
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split('-')
      .at(-1) ?? ''
  );
}

function caseFits(path: string, stem: string): boolean {
  if (!/\.(tsx?|m?js|css)$/.test(path) || entries.includes(path)) return true;
  return path.endsWith('.tsx') ? pascal.test(stem) : kebab.test(stem);
}

function caseRule(path: string): string {
  return path.endsWith('.tsx')
    ? 'name the component file in PascalCase'
    : 'name the file in kebab-case after its main export';
}
