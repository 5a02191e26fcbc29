import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../host/protocol';
import { makeMachines, MACHINES_PATH, readMachines } from './machines';
import type { SharedMachine } from './share-link';
import type { Transport } from './transport';

const spec = { power: 'On' } as SharedMachine['spec'];

function world(names: string[], refuses = '') {
  const asked: string[] = [];
  const transport: Transport = {
    watch: () => () => {},
    request: ({ method, path, body }: HttpRequest) => {
      asked.push(
        [method, path.replace(MACHINES_PATH, ''), body && JSON.parse(body).metadata.name].join(' '),
      );
      const items = names.map((name) => ({ metadata: { name, uid: 'u' }, spec, status: {} }));
      const isRefused = refuses !== '' && body?.includes(refuses);
      const answer = isRefused
        ? { kind: 'Status', message: 'no such capacity', code: 422 }
        : { items };
      return Promise.resolve({
        status: isRefused ? 422 : 200,
        headers: {},
        body: JSON.stringify(answer),
      });
    },
  };
  return { transport, asked };
}

describe('the machines of a cluster', () => {
  it('are read without what the world found out', async () => {
    expect(await readMachines(world(['m1']).transport)).toEqual([{ name: 'm1', spec }]);
  });

  it('are changed, added and removed until they are those of the link', async () => {
    const { transport, asked } = world(['m1', 'n1']);
    const wanted = [
      { name: 'm1', spec },
      { name: 'n9', spec },
    ];
    expect(await makeMachines(transport, wanted)).toEqual([]);
    expect(asked).toEqual(['GET  ', 'PATCH /m1 m1', 'POST  n9', 'DELETE /n1 ']);
  });

  it('are told by name when the world refuses one', async () => {
    const { transport } = world(['m1'], 'n9');
    expect(await makeMachines(transport, [{ name: 'n9', spec }])).toEqual(['n9: no such capacity']);
  });
});
