// Reads the declarations of kubernetes-models as text. They say what the official client's do not:
// which strings are quantities, which have a closed set of values, and which apiVersion and kind a
// model belongs to.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * @typedef {{ type: string, target?: string, description: string }} WireField `type` as declared,
 *   `target` the file of the model it mentions.
 */

/** Opens node_modules; models are read when asked for and kept. */
export function openWireModels(nodeModules) {
  const models = new Map();
  const root = join(nodeModules, 'kubernetes-models');
  return {
    /** Every kind of a version folder ('apps/v1'; 'v1' for core), with its file. */
    kinds(folder) {
      const directory = join(root, folder);
      return readdirSync(directory)
        .filter((file) => file.endsWith('.d.ts') && file !== 'index.d.ts')
        .map((file) => join(directory, file))
        .flatMap((path) => {
          const found = /"kind": "(\w+)";/.exec(readFileSync(path, 'utf8'));
          return found === null ? [] : [{ kind: found[1], path }];
        });
    },
    /** The stable version folders: core 'v1' and every 'group/vN'. */
    stableVersions() {
      return readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== '_schemas')
        .flatMap((group) =>
          group.name === 'v1'
            ? ['v1']
            : readdirSync(join(root, group.name))
                .filter((version) => /^v\d+$/.test(version))
                .map((version) => `${group.name}/${version}`),
        );
    },
    /** @returns {Map<string, WireField>} */
    fields(path) {
      if (!models.has(path)) models.set(path, readFields(nodeModules, path));
      return models.get(path);
    },
    /** The file of a meta type: 'DeleteOptions', 'Status'. */
    metaPath: (name) =>
      join(nodeModules, '@kubernetes-models/apimachinery/apis/meta/v1', `${name}.d.ts`),
  };
}

function readFields(nodeModules, path) {
  const text = readFileSync(path, 'utf8');
  const targets = new Map();
  for (const [, names, from] of text.matchAll(/^import \{([^}]*)\} from "([^"]+)";$/gm)) {
    const target = from.startsWith('.')
      ? join(dirname(path), from.replace(/\.js$/, '.d.ts'))
      : join(nodeModules, `${from}.d.ts`);
    if (!existsSync(target)) continue;
    for (const name of names.split(',')) targets.set(name.trim(), target);
  }
  const body = /export (?:declare )?interface \w+[^{]*\{\n([\s\S]*?)\n\}/.exec(text)?.[1] ?? '';
  const own = /export interface I(\w+)/.exec(text)?.[1];
  const descriptions = readDescriptions(body);
  const fields = new Map();
  for (const [, name, type] of body.matchAll(/^ {4}"([^"]+)"\??: ([\s\S]*?);\n(?= {4}\S|$)/gm)) {
    addField(name, type);
  }
  const last = /(?:^|\n) {4}"([^"]+)"\??: ((?:(?!\n {4}\S)[\s\S])*);$/.exec(body);
  if (last !== null) addField(last[1], last[2]);
  return fields;

  function addField(name, type) {
    const description = descriptions.get(name) ?? '';
    const mentioned = /\bI\w+/.exec(type)?.[0];
    const target = mentioned === `I${own}` ? path : targets.get(mentioned);
    fields.set(name, target === undefined ? { type, description } : { type, target, description });
  }
}

/** The comment before each field, without its stars. */
function readDescriptions(body) {
  const commented = body.matchAll(/\/\*\*\n((?: {5}\*.*\n)*) {5}\*\/\n {4}"([^"]+)"\??:/g);
  return new Map(
    [...commented].map(([, comment, name]) => [name, comment.replace(/^ {5}\* ?/gm, '').trimEnd()]),
  );
}
