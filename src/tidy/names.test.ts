import { describe, expect, it } from 'vitest';
import { nameProblems } from './names';
import { projectPaths } from './source-file';

describe('the rule on names', () => {
  it.each([
    'src/api/label-selector.ts',
    'src/api/label-selector.test.ts',
    'src/cluster/faults.simulation.test.ts',
    'src/ui/canvas/NodeCard.tsx',
    'src/ui/canvas/NodeCard.test.tsx',
    'src/ui/canvas/use-drag.ts',
    'src/scheduler/scheduling.property.test.ts',
    'src/ui/main.tsx',
    'src/apiserver/golden/fixtures/validation/v-pod-misc.json',
    'src/world/presets/kind.yaml',
    'scripts/generate-schema.mjs',
  ])('accepts %s', (path) => {
    expect(nameProblems(path)).toEqual([]);
  });

  it.each([
    ['src/api/labelSelector.ts', /kebab-case/],
    ['src/api/LabelSelector.ts', /kebab-case/],
    ['src/ui/node-card.tsx', /PascalCase/],
    ['src/api/utils.ts', /"utils" says nothing/],
    ['src/api/helpers.test.ts', /"helpers" says nothing/],
    ['src/api/pod-utils.ts', /"pod-utils" says nothing/],
    ['src/common/x.ts', /"common" says nothing/],
    ['src/api/misc.ts', /"misc" says nothing/],
    ['src/ui/StoreImpl.tsx', /"StoreImpl" says nothing/],
    ['src/Api/x.ts', /name the folder Api in kebab-case/],
  ])('catches %s', (path, message) => {
    expect(nameProblems(path)).toEqual([expect.stringMatching(message)]);
  });

  it('holds in the whole project', () => {
    expect(projectPaths().flatMap(nameProblems)).toEqual([]);
  });
});
