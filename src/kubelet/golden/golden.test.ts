// Each case is a script (`<case>.yaml`) and the timeline that a kubelet makes of it (`<case>.txt`).
// `npx vitest run src/kubelet/golden -u` writes the timelines anew; read the difference.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Draft, KubeObject } from '../../api/object';
import { pods } from '../../api/resource-ref';
import type { PodCondition, PodSpec } from '../../api/types';
import { TestNode } from '../../testing/test-node';

type Step =
  | { run: number }
  | { pod: { name: string; labels?: Record<string, string> } & Omit<PodSpec, 'nodeName'> }
  | { create: Draft<KubeObject> }
  | { delete: string; gracePeriodSeconds?: number }
  | { setImage: Record<string, string> }
  | { condition: Record<string, PodCondition> }
  | { kill: string; exitCode: number }
  | { cable: 'cut' | 'plugged' }
  | { power: 'off' | 'on' }
  | { kubelet: 'restart' };

interface Script {
  why: string;
  machine?: ConstructorParameters<typeof TestNode>[0];
  steps: Step[];
}

const folder = new URL('.', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const script = parse(readFileSync(new URL(name, folder), 'utf8')) as Script;
    return [name.replace('.yaml', ''), script.why, script] as const;
  });

test.each(cases)('%s: %s', async (name, _why, script) => {
  const node = new TestNode(script.machine);
  node.tell();
  for (const step of script.steps) play(node, step);
  await expect(node.lines.join('\n') + '\n').toMatchFileSnapshot(`${name}.txt`);
});

function play(node: TestNode, step: Step): void {
  const { client } = node;
  if ('run' in step) node.run(step.run);
  else if ('pod' in step) node.create(podOf(step.pod));
  else if ('create' in step) node.create(step.create);
  else if ('kill' in step)
    node.runtime.killContainer(uidOf(node, step.kill), 'main', step.exitCode);
  else if ('cable' in step) node.link.setCut(step.cable === 'cut');
  else if ('kubelet' in step) node.restartKubelet();
  else if ('power' in step && step.power === 'on') node.boot();
  else if ('power' in step) node.powerOff();
  else if ('condition' in step) {
    const [[name, condition]] = Object.entries(step.condition);
    const body = { status: { conditions: [condition] } };
    client.patch(pods, 'default', name, body, { subresource: 'status' });
  } else if ('delete' in step) {
    const { gracePeriodSeconds } = step;
    client.delete(pods, 'default', step.delete, { gracePeriodSeconds });
  } else {
    const [[name, image]] = Object.entries(step.setImage);
    client.patch(pods, 'default', name, { spec: { containers: [{ name: 'main', image }] } });
  }
}

function uidOf(node: TestNode, name: string): string {
  return node.pod(name).metadata.uid;
}

function podOf({
  name,
  labels,
  ...spec
}: Extract<Step, { pod: unknown }>['pod']): Draft<KubeObject> {
  const metadata = { name, namespace: 'default', labels };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { nodeName: 'n1', ...spec } } as never;
}
