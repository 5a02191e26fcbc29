// Which room may import from which, as docs/ARCHITECTURE.md draws them. Imports run downward only;
// a test may reach any room that the cluster may, and the page's own rooms from within them.

import { dirname, posix } from 'node:path';
import { isTestFile, problemAt, walk, type SourceFile, type SyntaxNode } from './source-file';

const ground = ['api', 'sim'] as const;
const component = ['client', ...ground] as const;
const engine = [
  ...component,
  'cel',
  'resources',
  'store',
  'apiserver',
  'controllers',
  'scheduler',
  'kubelet',
  'runtime',
  'network',
  'world',
] as const;

/** A room's name, or 'room/file' for a single door into it. Every room may import itself. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  sim: [],
  api: ['generated'],
  // Expressions: of CRD rules and admission policies. It holds no state and knows no objects.
  cel: ['api', 'sim/assert'],
  resources: ['api', 'cel', 'generated'],
  store: ['sim', 'api'],
  // The server implements the client's Transport; that contract is all it may know of clients.
  apiserver: ['client/transport', 'store', 'resources', 'cel', 'api', 'sim', 'generated'],
  client: ground,
  controllers: component,
  // Expressions of claims for devices choose among those of a node.
  scheduler: [...component, 'cel'],
  kubelet: [...component, 'runtime', 'network'],
  runtime: component,
  network: component,
  world: component,
  kubectl: ['client', 'api'],
  shell: ['kubectl', ...component],
  // Messages on the move are trace records; their type is all that the scene needs of sim.
  scene: ['client', 'api', 'sim/trace'],
  lessons: ['api', 'i18n'],
  // The words of the story have to fit its parts.
  i18n: ['scene/story-parts'],
  cluster: [...engine, 'scene', 'generated'],
  // Tests of the story read it in English.
  testing: [...engine, 'cluster', 'scene', 'i18n', 'kubectl', 'generated'],
  // What only real clients need stays out of the worker: the Node host reads protobuf and OpenAPI.
  host: [
    'cluster',
    'scene',
    ...component,
    'apiserver/protobuf/decode-protobuf',
    'apiserver/openapi/openapi',
    'generated',
  ],
  ui: [
    'host/protocol',
    'client',
    'kubectl',
    'shell',
    'scene',
    'lessons',
    'i18n',
    'api',
    'generated',
  ],
  tidy: [],
};

/** What the engine may take from outside; all of it runs the same in Node and in a worker. */
const enginePackages = ['yaml'];
const typesOnlyPackages = ['kubernetes-models', '@kubernetes-models/apimachinery'];
const roomsOfTheOutside = ['host', 'ui', 'tidy'];

/** The tools behind npm run; only tidy tests them. */
const toolsFolder = 'scripts/';

/** Problems of one file's imports; files outside src/ are not rooms and import what they like. */
export function importProblems(file: SourceFile): string[] {
  const room = roomOf(file.path);
  if (room === undefined || file.program === undefined) return [];
  const problems: string[] = [];
  if (rooms[room] === undefined) {
    return [
      `${file.path}: src/${room} is no room: add it to src/tidy/import-edges.ts with its edges`,
    ];
  }
  for (const { node, target, typeOnly } of importsOf(file.program)) {
    const message = target.startsWith('.')
      ? relativeProblem(file.path, room, target)
      : packageProblem(file.path, room, target, typeOnly);
    if (message !== undefined) problems.push(problemAt(file, node, message));
  }
  return problems;
}

function relativeProblem(path: string, room: string, target: string): string | undefined {
  const resolved = posix.join(dirname(path), target);
  if (resolved.startsWith('generated/')) return edgeProblem(path, room, 'generated', 'generated');
  if (room === 'tidy' && resolved.startsWith(toolsFolder)) return undefined;
  const targetRoom = roomOf(`${resolved}/`);
  if (targetRoom === undefined) return `${target} lies outside src/`;
  if (targetRoom === room) return siblingProblem(path, room, resolved);
  return edgeProblem(path, room, targetRoom, resolved.slice('src/'.length).replace(/\?.*$/, ''));
}

function edgeProblem(path: string, room: string, targetRoom: string, door: string) {
  const allowed = isTestFile(path) ? testRooms(room) : rooms[room];
  if (allowed.includes(targetRoom) || allowed.includes(door)) return undefined;
  return `${room} may not import ${door}: it may import ${allowed.join(', ') || 'nothing'}`;
}

function testRooms(room: string): readonly string[] {
  return [...new Set([...rooms[room], ...rooms.testing, 'testing'])];
}

/** No controller imports another: they meet in the API only. */
function siblingProblem(path: string, room: string, resolved: string): string | undefined {
  if (room !== 'controllers' || isTestFile(path) || !path.slice('src/'.length).includes('/')) {
    return undefined;
  }
  const [own, other] = [path, resolved].map((at) => at.split('/'));
  const inFolder = own.length > 3 && other.length > 3;
  if (!inFolder || own[2] === other[2]) return undefined;
  return `controller ${own[2]} may not import controller ${other[2]}: move what both need up`;
}

function packageProblem(path: string, room: string, target: string, typeOnly: boolean) {
  const name = target.split('/').slice(0, target.startsWith('@') ? 2 : 1);
  const packageName = name.join('/');
  if (typesOnlyPackages.includes(packageName)) {
    return typeOnly ? undefined : `${packageName} is for types: use import type`;
  }
  if (roomsOfTheOutside.includes(room)) return undefined;
  if (isTestFile(path) || room === 'testing') return undefined;
  if (enginePackages.includes(packageName)) return undefined;
  return `${room} may not import ${target}: the engine may import ${enginePackages.join(', ')}`;
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

export interface FoundImport {
  readonly node: SyntaxNode;
  readonly target: string;
  readonly typeOnly: boolean;
}

/** What a file imports, of whatever sort; nothing when it is no script. */
export function importsOf(program: SyntaxNode | undefined): FoundImport[] {
  const found: FoundImport[] = [];
  if (program === undefined) return found;
  walk(program, (node) => {
    const isImport = /^(Import|ExportNamed|ExportAll)Declaration$/.test(node.type);
    if (!isImport && node.type !== 'ImportExpression' && node.type !== 'TSImportType') return;
    const source = node.source as { value?: unknown } | null;
    if (typeof source?.value !== 'string') return;
    const kind = node.importKind ?? node.exportKind;
    const typeOnly = kind === 'type' || node.type === 'TSImportType';
    found.push({ node, target: source.value, typeOnly });
  });
  return found;
}
