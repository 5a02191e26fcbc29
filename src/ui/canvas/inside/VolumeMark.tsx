import type { VolumeMark as Mark } from './pod-volumes';

/** In a box of 10 by 10: a dashed box that ends with the pod, a file, a lock, a disk, layers. */
const paths: Record<Mark, string> = {
  empty: 'M1.5 3.5v-2h2M6.5 1.5h2v2M8.5 6.5v2h-2M3.5 8.5h-2v-2',
  config: 'M2 1h4l2 2v6H2zM6 1v2h2M3.7 5h2.6M3.7 7h2.6',
  secret: 'M2 4.5h6V9H2zM3.3 4.5V3a1.7 1.7 0 0 1 3.4 0v1.5M5 6.4v.9',
  claim: 'M1.6 2.4a3.4 1.3 0 1 0 6.8 0a3.4 1.3 0 1 0-6.8 0zV7.6c0 1.7 6.8 1.7 6.8 0V2.4',
  projected: 'M5 1l4 2-4 2-4-2zM1 5l4 2 4-2M1 7l4 2 4-2',
  host: 'M1 2h8v2.6H1zM1 5.6h8v2.6H1zM2.6 3.3h.01M2.6 6.9h.01',
  other: 'M1.5 1.5h7v7h-7z',
};

/** What stands for a volume of some type. */
export function VolumeMark({ mark }: { mark: Mark }) {
  return (
    <svg className="in-mark" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      <path d={paths[mark]} />
    </svg>
  );
}
