// What React Flow would say of itself, in English and of keys that nothing here has: our stops have
// names and keys of their own.
export const flowLabels = {
  'node.a11yDescription.default': '',
  'node.a11yDescription.keyboardDisabled': '',
  'edge.a11yDescription.default': '',
};
