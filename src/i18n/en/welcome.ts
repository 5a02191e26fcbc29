// What greets a person at the first visit, in English.

export const welcome = {
  title: 'A whole Kubernetes cluster, in this tab',
  about: 'A control plane, four nodes, nothing of yours on them yet. Nothing here breaks anything.',
  close: 'Close',
  apply: 'Apply the Deployment',
  applyAbout: 'Follow the request from the editor through the API server to running pods.',
  applyAct: 'Apply it and watch',
  drag: 'Take a node away',
  dragAbout: 'Its heartbeats stop, its pods are given up, new ones start elsewhere.',
  dragAct: 'Show me where',
  why: 'Ask why',
  whyAbout: 'Walk behind one pod, hop by hop, from your YAML to Ready.',
  whyAct: 'How a Pod is made',
  shown: (node: string) => `Drag ${node} by its name, or press G on it, and drop it on Power off.`,
};
