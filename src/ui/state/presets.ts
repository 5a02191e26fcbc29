// The clusters that a person can choose, in the order in which they are shown, with what the page
// must know of each before the engine has made it.

export interface PresetChoice {
  id: string;
  masters: number;
  workers: number;
  /** Pods of workloads to fill it with, beside none. */
  fills: readonly number[];
}

export const PRESET_CHOICES = [
  { id: 'minikube', masters: 1, workers: 0, fills: [] },
  { id: 'kind', masters: 1, workers: 2, fills: [] },
  { id: 'kubeadm', masters: 1, workers: 4, fills: [] },
  { id: 'ha', masters: 3, workers: 5, fills: [] },
  { id: 'k3s', masters: 1, workers: 2, fills: [] },
  { id: 'zones', masters: 3, workers: 9, fills: [] },
  { id: 'nodes-100', masters: 1, workers: 100, fills: [500, 3_000] },
  { id: 'nodes-500', masters: 1, workers: 500, fills: [2_500, 10_000] },
  { id: 'nodes-1000', masters: 1, workers: 1_000, fills: [5_000, 30_000] },
  { id: 'nodes-5000', masters: 1, workers: 5_000, fills: [25_000, 150_000] },
] as const satisfies readonly PresetChoice[];

export type PresetId = (typeof PRESET_CHOICES)[number]['id'];

export const PRESET_IDS: readonly PresetId[] = PRESET_CHOICES.map(({ id }) => id);
