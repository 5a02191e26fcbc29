// The editor's files and its gallery, in English.

export const editing = {
  files: 'Files',
  newFile: 'New file',
  closeFile: (name: string) => `Close ${name}`,
  renameHint: 'Double click or F2 renames',
  renameFile: (name: string) => `New name of ${name}`,
  closed: (name: string) => `${name} is closed.`,
  modes: { edit: 'Edit', diff: 'Diff', live: 'Live' },
  modesLabel: 'What is shown of the file',
  format: 'Format',
  formatAbout: 'Format the document',
  problemsList: 'Problems',
  hideProblems: 'Hide the problems',
  gallery: 'Samples',
  galleryAbout: 'Each opens in a tab of its own; nothing runs before you press Apply.',
  groups: {
    first: 'First steps',
    workloads: 'Workloads',
    network: 'Network',
    storage: 'Storage',
    trouble: 'What goes wrong',
    world: 'The world',
  },
};
