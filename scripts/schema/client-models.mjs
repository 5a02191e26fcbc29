// Reads the generated model files of the official client as text: one class a file, a doc comment
// before each field, and an attributeTypeMap that states wire name, type and format. The package's
// root import fails on Node 20, so nothing of it is ever loaded.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @typedef {{ name: string, type: string, format: string, required: boolean, description: string }}
 *   ClientField `name` is the wire name, `type` the client's ('Array<V1Container>').
 */

/** Opens the client's folder `dist/gen`; models are read when asked for and kept. */
export function openClientModels(genDirectory) {
  const models = new Map();
  const names = new Set(
    readdirSync(join(genDirectory, 'models'))
      .filter((file) => file.endsWith('.d.ts'))
      .map((file) => file.slice(0, -'.d.ts'.length)),
  );
  return {
    has: (name) => names.has(name),
    /** @returns {{ description: string, fields: ClientField[] }} */
    model(name) {
      if (!models.has(name)) models.set(name, readModel(genDirectory, name));
      return models.get(name);
    },
    /** The models that one group's API class ('AppsV1Api') takes or returns. */
    apiModels(apiClass) {
      const path = join(genDirectory, 'apis', `${apiClass}.d.ts`);
      if (!existsSync(path)) return new Set();
      const text = readFileSync(path, 'utf8');
      return new Set(
        [...text.matchAll(/from '\.\.\/models\/(\w+)\.js'/g)].map((match) => match[1]),
      );
    },
  };
}

function readModel(genDirectory, name) {
  const declarations = readFileSync(join(genDirectory, 'models', `${name}.d.ts`), 'utf8');
  const code = readFileSync(join(genDirectory, 'models', `${name}.js`), 'utf8');
  const map = /attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(code);
  if (map === null) throw new Error(`${name}.js has no attributeTypeMap: has the client changed?`);
  const header = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*export declare class/.exec(declarations);
  const documented = new Map();
  const field = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?'([^']+)'(\?)?: /g;
  for (const [, comment, key, optional] of declarations.matchAll(field)) {
    documented.set(key, { description: plainComment(comment ?? ''), required: optional !== '?' });
  }
  const fields = JSON.parse(map[1]).map(({ name: key, baseName, type, format }) => {
    const documentation = documented.get(key);
    if (documentation === undefined) throw new Error(`${name}.d.ts does not declare ${key}`);
    return { name: baseName, type, format, ...documentation };
  });
  return { description: plainComment(header?.[1] ?? ''), fields };
}

function plainComment(comment) {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trim())
    .join('\n')
    .trim();
}
