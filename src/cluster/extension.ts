// The extension: all of Kubernetes that a first picture can do without. One line each in the
// registries of its parts; what the API server itself runs or makes at start stands here.
import { admissionExtension } from '../apiserver/admission/extension';
import { bootstrapPolicy } from '../apiserver/authorization/bootstrap/bootstrap-policy';
import { subresourceExtension } from '../apiserver/subresources/extension';
import { controllerExtension } from '../controllers/extension';
import { resourceExtension } from '../resources/extension';
import type { Extension, SeedObjects, ServerProgram } from './extension-parts';

const serverPrograms: readonly ServerProgram[] = [];

const seeds: readonly SeedObjects[] = [...bootstrapPolicy];

export const extension: Extension = {
  definitions: resourceExtension,
  admission: admissionExtension,
  subresources: subresourceExtension,
  controllers: controllerExtension,
  serverPrograms,
  seeds,
};
