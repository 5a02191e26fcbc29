// React Flow as a canvas to look at: nothing in it is moved, joined, selected or deleted by the
// library's own gestures and keys; each picture has its own.
import type { ReactFlowProps } from '@xyflow/react';
import { flowLabels } from './flow-labels';

export const stillFlow = {
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  elementsSelectable: false,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  panActivationKeyCode: null,
  proOptions: { hideAttribution: true },
  ariaLabelConfig: flowLabels,
} satisfies ReactFlowProps;
