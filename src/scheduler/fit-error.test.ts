import { describe, expect, it } from 'vitest';
import { fitErrorMessage, type Misfit } from './fit-error';
import type { Rejection } from './framework';

const rejection = (...reasons: string[]): Rejection => ({
  plugin: 'P',
  reasons,
  isResolvable: true,
});

const cases: [string, Misfit, string][] = [
  [
    'counts reasons and orders them as text',
    {
      nodes: 12,
      rejections: [
        ...Array.from({ length: 10 }, () => rejection('Insufficient cpu')),
        rejection('Too many pods', 'Insufficient cpu'),
        rejection('node(s) were unschedulable'),
      ],
    },
    '0/12 nodes are available: 1 Too many pods, 1 node(s) were unschedulable, 11 Insufficient cpu.',
  ],
  [
    'gives the nodes that were not looked at their reason',
    { nodes: 3, rejections: [rejection('x')], unseen: rejection('y') },
    '0/3 nodes are available: 1 x, 2 y.',
  ],
  [
    'says a refusal of all nodes once',
    { nodes: 3, rejections: [], refusal: rejection('pod affinity terms conflict') },
    '0/3 nodes are available: pod affinity terms conflict.',
  ],
  [
    'lets preemption have the last word',
    { nodes: 1, rejections: [rejection('x')], afterword: 'preemption: no.' },
    '0/1 nodes are available: 1 x. preemption: no.',
  ],
];

describe('the message of a misfit', () => {
  it.each(cases)('%s', (_, misfit, message) => {
    expect(fitErrorMessage(misfit)).toBe(message);
  });
});
