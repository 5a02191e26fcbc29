// What names the page, and the ways in to what leads a person, in English.

export const guide = {
  /** The page as browsers and search engines name it. */
  page: {
    /** Between things that are listed. */
    comma: ', ',
    title: 'Kubarium: a Kubernetes cluster in a tab',
    about:
      'A whole Kubernetes cluster, alive, in a browser tab: ' +
      'paste a Deployment, watch it run, kill a node, watch it heal.',
  },
  walk: {
    title: 'How a Pod is made',
    applyMenu: 'More ways to apply',
    applyAndWalk: 'Apply, hop by hop',
    applyAndWalkAbout: 'How a Pod is made: the clock stands at each hop',
  },
  welcome: {
    open: 'Welcome',
  },
  story: {
    title: 'Story',
  },
};
