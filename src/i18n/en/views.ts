// The views of the cluster, by their tabs above the canvas.
export const views = {
  label: 'View',
  names: { cluster: 'Cluster', ownership: 'Ownership', scheduler: 'Scheduler' },
  loading: 'The view loads',
  failed: (because: string) => `The view could not be loaded: ${because}`,
};
