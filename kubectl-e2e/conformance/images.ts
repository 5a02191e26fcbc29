// The images of Kubernetes' own tests, in the versions that 1.36 takes.
const of = (name: string): string => `registry.k8s.io/e2e-test-images/${name}`;

export const agnhost = of('agnhost:2.57');
export const busybox = of('busybox:1.37.0-1');
export const nginx = of('nginx:1.15-4');
export const pause = 'registry.k8s.io/pause:3.10.1';
