// What people apply in the behaviour tests: small, and whole where the behaviour looks.

/** A container of a known image. */
export function container(extra: object = {}): object {
  return { name: 'main', image: 'nginx:1.27', ...extra };
}

export function pod(name: string, spec: object = {}, labels: object = { app: name }): object {
  return { kind: 'Pod', metadata: { name, labels }, spec: { containers: [container()], ...spec } };
}

export function deployment(
  name: string,
  replicas: number,
  extra: object = {},
  spec: object = {},
): object {
  const labels = { app: name };
  return {
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container()], ...spec } },
      ...extra,
    },
  };
}

/** Requests of a container. */
export function requests(cpu: string, memory = '64Mi'): object {
  return { resources: { requests: { cpu, memory } } };
}
