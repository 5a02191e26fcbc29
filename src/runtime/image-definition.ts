// What the simulated registries know of an image: which tags were published, how large it is, and
// what it does when nobody overrides its command.
import type { ContainerProcess } from './container-process';
import type { PublishedTags } from './image-tags';

export interface ImageDefinition {
  /** Registry and repository: 'docker.io/library/nginx'. */
  readonly name: string;
  /** Tags that exist; a pull of any other one fails. */
  readonly tags: PublishedTags;
  /** Compressed bytes, as "Image size" tells them. */
  readonly sizeBytes: number;
  /** Compressed bytes of tags that contain 'alpine' or 'slim'. */
  readonly smallSizeBytes?: number;
  /** What most images of this kind stand on; pulled once a node. */
  readonly base?: BaseLayer;
  readonly process: ContainerProcess;
  /** What stands before arguments; without it they are the command. */
  readonly entrypoint?: readonly string[];
  /** Executables besides what a base brings. */
  readonly executables?: readonly string[];
  /**
   * True when a command that the image does not know cannot be there: the image is a known base.
   */
  readonly isClosed?: boolean;
}

export type BaseLayer = keyof typeof BASE_LAYER_BYTES;

/** Compressed bytes of layers that many images share. */
export const BASE_LAYER_BYTES = {
  debian: 29_778_000,
  ubuntu: 29_724_000,
  alpine: 3_800_000,
  distroless: 804_000,
} as const;

/**
 * Compressed bytes of that tag: near the size given, different for each tag, the same each time.
 */
export function sizeOf(definition: ImageDefinition, tag: string, noise: number): number {
  const small = /alpine|slim/.test(tag) && definition.smallSizeBytes;
  const whole = small || definition.sizeBytes;
  return tag === '' ? whole : Math.floor(whole * (0.985 + (noise % 3001) / 100_000));
}
