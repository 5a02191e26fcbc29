import { describe, expect, test } from 'vitest';
import { resourceRef } from '../../api/resource-ref';
import type { ResourceDefinition } from '../../resources/definition';
import {
  aggregatedDiscovery,
  coreVersions,
  groupDocument,
  groupList,
  resourceList,
} from './discovery';

const definitions: ResourceDefinition[] = [
  {
    ref: resourceRef('sim.test/v1', 'fishes', 'Fish'),
    singular: 'fish',
    listKind: 'FishList',
    shortNames: ['fi'],
    categories: ['all'],
    subresources: ['scale', 'status'],
  },
  {
    ref: resourceRef('apps/v1', 'deployments', 'Deployment'),
    singular: 'deployment',
    listKind: 'DeploymentList',
    verbs: ['get', 'list'],
  },
  {
    ref: resourceRef('v1', 'namespaces', 'Namespace', false),
    singular: 'namespace',
    listKind: 'NamespaceList',
    verbs: ['get'],
    subresources: ['finalize'],
  },
];
const ALL_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];
const SCALE = { group: 'autoscaling', version: 'v1', kind: 'Scale' };
const STATUS_VERBS = ['get', 'patch', 'update'];
const BINDINGS = {
  name: 'bindings',
  singularName: 'binding',
  namespaced: true,
  kind: 'Binding',
  verbs: ['create'],
};

describe('discovery', () => {
  test('lists the resources of a version with their subresources', () => {
    expect(resourceList(definitions, 'sim.test', 'v1')).toEqual({
      kind: 'APIResourceList',
      apiVersion: 'v1',
      groupVersion: 'sim.test/v1',
      resources: [
        {
          name: 'fishes',
          singularName: 'fish',
          namespaced: true,
          kind: 'Fish',
          verbs: ALL_VERBS,
          shortNames: ['fi'],
          categories: ['all'],
        },
        { name: 'fishes/scale', singularName: '', namespaced: true, ...SCALE, verbs: STATUS_VERBS },
        {
          name: 'fishes/status',
          singularName: '',
          namespaced: true,
          kind: 'Fish',
          verbs: STATUS_VERBS,
        },
      ],
    });
  });

  test('lists the core version without an apiVersion and with bindings', () => {
    expect(resourceList(definitions, '', 'v1')).toEqual({
      kind: 'APIResourceList',
      groupVersion: 'v1',
      resources: [
        BINDINGS,
        {
          name: 'namespaces',
          singularName: 'namespace',
          namespaced: false,
          kind: 'Namespace',
          verbs: ['get'],
          storageVersionHash: 'Q3oi5N2YM8M=',
        },
        {
          name: 'namespaces/finalize',
          singularName: '',
          namespaced: false,
          kind: 'Namespace',
          verbs: ['update'],
        },
      ],
    });
  });

  test('lists groups in the order of the real server, unknown ones last', () => {
    const entry = (group: string) => {
      const version = { groupVersion: `${group}/v1`, version: 'v1' };
      return { name: group, versions: [version], preferredVersion: version };
    };
    expect(groupList(definitions)).toEqual({
      kind: 'APIGroupList',
      apiVersion: 'v1',
      groups: [entry('apps'), entry('sim.test')],
    });
    expect(groupDocument(definitions, 'apps')).toEqual({
      kind: 'APIGroup',
      apiVersion: 'v1',
      ...entry('apps'),
    });
    expect(coreVersions()).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
  });

  test('knows nothing of what is not served', () => {
    expect(groupDocument(definitions, 'nope')).toBeUndefined();
    expect(groupDocument(definitions, '')).toBeUndefined();
    expect(resourceList(definitions, 'apps', 'v2')).toBeUndefined();
  });

  test('gives all of it in one document', () => {
    const own = (kind: string) => ({ group: '', version: '', kind });
    expect(aggregatedDiscovery(definitions, false, 'v2')).toEqual({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
      metadata: {},
      items: [
        {
          metadata: { name: 'apps' },
          versions: [
            {
              version: 'v1',
              freshness: 'Current',
              resources: [
                {
                  resource: 'deployments',
                  responseKind: own('Deployment'),
                  scope: 'Namespaced',
                  singularResource: 'deployment',
                  verbs: ['get', 'list'],
                },
              ],
            },
          ],
        },
        {
          metadata: { name: 'sim.test' },
          versions: [
            {
              version: 'v1',
              freshness: 'Current',
              resources: [
                {
                  resource: 'fishes',
                  responseKind: own('Fish'),
                  scope: 'Namespaced',
                  singularResource: 'fish',
                  verbs: ALL_VERBS,
                  shortNames: ['fi'],
                  categories: ['all'],
                  subresources: [
                    { subresource: 'scale', responseKind: SCALE, verbs: STATUS_VERBS },
                    { subresource: 'status', responseKind: own('Fish'), verbs: STATUS_VERBS },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(aggregatedDiscovery(definitions, true, 'v2beta1')).toMatchObject({
      apiVersion: 'apidiscovery.k8s.io/v2beta1',
      items: [{ metadata: {} }],
    });
  });
});
