// The controllers that come with the extension, in the order in which they are started and shown.
import type { Controller } from './controller';

export const controllerExtension: readonly Controller[] = [];
