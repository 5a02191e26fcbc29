import { beforeEach, expect, test } from 'vitest';
import { clusterRoles } from '../../api/extension-refs';
import type { ClusterRole } from '../../api/extension-types';
import { startCluster, type ControllerCluster } from '../../testing/controllers';
import { clusterRoleAggregationController } from './aggregated-roles';

let cluster: ControllerCluster;
beforeEach(() => {
  cluster = startCluster({ extension: [clusterRoleAggregationController] });
});

function rule(...resources: readonly string[]): object {
  return { apiGroups: [''], resources, verbs: ['get'] };
}

function make(name: string, labels: Record<string, string>, rules: readonly object[]): void {
  cluster.client.create(clusterRoles, { metadata: { name, labels }, rules } as never);
}

function makeAggregated(name: string, ...selectors: readonly object[]): void {
  cluster.client.create(clusterRoles, {
    metadata: { name },
    aggregationRule: { clusterRoleSelectors: selectors },
    rules: [],
  } as never);
}

function rulesOf(name: string): ClusterRole['rules'] {
  cluster.sim.clock.runFor(2000);
  return cluster.client.get(clusterRoles, '', name).rules;
}

const VIEWS = { matchLabels: { to: 'view' } };

test('a role gets the rules of all that it selects, in the order of their names', () => {
  makeAggregated('view', VIEWS);
  make('b', { to: 'view' }, [rule('pods')]);
  make('a', { to: 'view' }, [rule('services'), rule('nodes')]);
  make('c', { to: 'edit' }, [rule('secrets')]);
  expect(rulesOf('view')).toEqual([rule('services'), rule('nodes'), rule('pods')]);
});

test('a rule that two roles have is taken once', () => {
  makeAggregated('view', VIEWS);
  make('a', { to: 'view' }, [rule('pods')]);
  make('b', { to: 'view' }, [rule('pods'), rule('nodes')]);
  expect(rulesOf('view')).toEqual([rule('pods'), rule('nodes')]);
});

test('each selector adds what it selects', () => {
  makeAggregated('both', { matchLabels: { to: 'x' } }, VIEWS);
  make('a', { to: 'view' }, [rule('pods')]);
  make('b', { to: 'x' }, [rule('nodes')]);
  expect(rulesOf('both')).toEqual([rule('nodes'), rule('pods')]);
});

test('it does not select itself', () => {
  makeAggregated('view', VIEWS);
  cluster.client.patch(clusterRoles, '', 'view', { metadata: { labels: { to: 'view' } } });
  make('a', { to: 'view' }, [rule('pods')]);
  expect(rulesOf('view')).toEqual([rule('pods')]);
});

test('it follows changed rules, changed labels and deletions', () => {
  makeAggregated('view', VIEWS);
  make('a', { to: 'view' }, [rule('pods')]);
  make('b', { to: 'view' }, [rule('nodes')]);
  cluster.client.patch(clusterRoles, '', 'a', { rules: [rule('services')] } as never);
  expect(rulesOf('view')).toEqual([rule('services'), rule('nodes')]);
  cluster.client.patch(clusterRoles, '', 'a', { metadata: { labels: { to: 'edit' } } });
  expect(rulesOf('view')).toEqual([rule('nodes')]);
  cluster.client.delete(clusterRoles, '', 'b');
  expect(rulesOf('view') ?? []).toEqual([]);
});

test('what somebody writes into it does not last', () => {
  makeAggregated('view', VIEWS);
  make('a', { to: 'view' }, [rule('pods')]);
  rulesOf('view');
  cluster.client.patch(clusterRoles, '', 'view', { rules: [rule('secrets')] } as never);
  expect(rulesOf('view')).toEqual([rule('pods')]);
});

test('roles may be chained', () => {
  makeAggregated('edit', { matchLabels: { to: 'edit' } });
  makeAggregated('view', VIEWS);
  cluster.client.patch(clusterRoles, '', 'view', { metadata: { labels: { to: 'edit' } } });
  make('a', { to: 'view' }, [rule('pods')]);
  expect(rulesOf('edit')).toEqual([rule('pods')]);
});

test('a role without a rule of aggregation is left alone', () => {
  make('mine', { to: 'view' }, [rule('pods')]);
  const before = cluster.client.get(clusterRoles, '', 'mine').metadata.resourceVersion;
  cluster.sim.clock.runFor(2000);
  expect(cluster.client.get(clusterRoles, '', 'mine').metadata.resourceVersion).toBe(before);
});
