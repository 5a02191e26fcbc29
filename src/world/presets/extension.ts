// Presets beyond those of the first chunk, in the order in which the page shows them.
import { fiveThousandNodes } from './five-thousand-nodes';
import { fiveHundredNodes } from './five-hundred-nodes';
import { hundredNodes } from './hundred-nodes';
import { k3s } from './k3s';
import { kindPreset } from './kind';
import { minikube } from './minikube';
import type { Preset } from './preset';
import { thousandNodes } from './thousand-nodes';
import { zones } from './zones';

export const morePresets: readonly Preset[] = [
  minikube,
  kindPreset,
  k3s,
  zones,
  hundredNodes,
  fiveHundredNodes,
  thousandNodes,
  fiveThousandNodes,
];
