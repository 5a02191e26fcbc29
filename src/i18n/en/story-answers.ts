// Ends of sentences of the story: what the API server answered, and what a stopped program leaves
// undone.

/** What an answer's code means, to who asked for a write. */
export function refusal(code: number): string {
  switch (code) {
    case 401:
      return 'it does not know who asks (401)';
    case 403:
      return 'permission, quota or policy forbids it (403)';
    case 404:
      return 'there is no such object (404)';
    case 409:
      return 'it has changed meanwhile, or is there already (409)';
    case 422:
      return 'it is not valid (422)';
    case 429:
      return 'not now (429)';
    default:
      return code >= 500 ? `it cannot serve now (${code})` : `answer ${code}`;
  }
}

/** What is missing while a program does not run. */
export function without(program: string): string {
  switch (program) {
    case 'kube-apiserver':
      return 'pods run on, nothing can change or heal';
    case 'etcd':
      return 'its copy of the data is missing';
    case 'kube-scheduler':
      return 'new pods stay Pending, the others run on';
    case 'kube-controller-manager':
      return 'nothing is made, replaced or cleaned up';
    case 'cloud-controller-manager':
      return 'no load balancer is made and no new Node let in';
    default:
      return 'what it did is left undone';
  }
}
