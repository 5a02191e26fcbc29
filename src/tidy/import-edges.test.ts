import { describe, expect, it } from 'vitest';
import { importProblems } from './import-edges';
import { sourceFile } from './source-file';

function problems(path: string, text: string): string[] {
  return importProblems(sourceFile(path, text));
}

describe('the import rule', () => {
  it.each([
    ['src/store/store.ts', `import { clock } from '../sim/clock';`],
    ['src/store/store.ts', `import { watch } from './watch';`],
    ['src/api/fields.ts', `import { wireSchema } from '../../generated/wire-schema';`],
    ['src/controllers/deployment/deployment.ts', `import { x } from '../controller';`],
    ['src/controllers/index.ts', `import { x } from './deployment/deployment';`],
    ['src/kubelet/pod-worker.ts', `import { x } from '../runtime/images';`],
    ['src/api/types.ts', `import type { IPod } from 'kubernetes-models/v1/Pod';`],
    ['src/apiserver/server.ts', `import type { ApiRequest } from '../client/transport';`],
    ['src/tidy/x.test.ts', `import { wrapComments } from '../../scripts/wrap-comments.mjs';`],
    ['src/kubectl/apply/manifest.ts', `import { parseAllDocuments } from 'yaml';`],
    ['src/store/store.test.ts', `import { createCluster } from '../cluster/cluster';`],
    ['src/ui/app.ts', `import type { Message } from '../host/protocol';`],
    ['src/ui/App.tsx', `import { useState } from 'react';`],
    ['bench/run.ts', `import { createCluster } from '../src/cluster/cluster';`],
    [
      'src/sim/clock.ts',
      `// import { x } from '../store/store';\nconst text = "from '../store/x'";`,
    ],
  ])('lets %s have %s', (path, text) => {
    expect(problems(path, text)).toEqual([]);
  });

  it.each([
    [
      'src/sim/clock.ts',
      `import { x } from '../api/time';`,
      /sim may not import api\/time: .*nothing/,
    ],
    ['src/client/informer.ts', `import { x } from '../apiserver/http';`, /it may import api, sim/],
    ['src/ui/App.tsx', `import { createCluster } from '../cluster/cluster';`, /ui may not import/],
    [
      'src/apiserver/server.ts',
      `import { x } from '../client/client';`,
      /apiserver may not import/,
    ],
    ['src/ui/app.ts', `import { x } from '../../scripts/check.mjs';`, /lies outside src/],
    ['src/ui/app.ts', `import { x } from '../host/worker';`, /it may import host\/protocol/],
    ['src/ui/app.ts', `export { x } from '../store/store';`, /ui may not import store\/store/],
    ['src/store/store.ts', `const x = import('../cluster/cluster');`, /store may not import/],
    ['src/store/store.ts', `type X = import('../cluster/cluster').X;`, /store may not import/],
    [
      'src/controllers/job/job.ts',
      `import { x } from '../pod-gc/pod-gc';`,
      /controller job may not/,
    ],
    ['src/api/types.ts', `import { Pod } from 'kubernetes-models/v1/Pod';`, /use import type/],
    ['src/store/store.ts', `import { readFileSync } from 'node:fs';`, /engine may import yaml/],
    ['src/helm/chart.ts', `export const x = 1;`, /src\/helm is no room/],
    ['src/ui/app.test.ts', `import { x } from '../host/worker';`, /ui may not import/],
  ])('catches in %s: %s', (path, text, message) => {
    expect(problems(path, text)).toEqual([expect.stringMatching(message)]);
  });
});
