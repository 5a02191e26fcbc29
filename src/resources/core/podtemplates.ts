// PodTemplates: a pod's template standing alone. Upstream: pkg/registry/core/podtemplate.
import { podTemplates } from '../../api/extension-refs';
import { deepEqual } from '../../api/deep-equal';
import type { KubeObject } from '../../api/object';
import type { ResourceRef } from '../../api/resource-ref';
import type { PodTemplateSpec } from '../../api/types';
import { warnOfPod } from './pod/warnings';
import { column, containerColumns, formatLabels, nameColumn } from '../columns';
import type { ResourceDefinition } from '../definition';
import { defaultTemplate } from './pod/pod-spec-defaults';
import { validatePodTemplate } from './pod/template-validation';

interface PodTemplate extends KubeObject {
  template: PodTemplateSpec;
}

/** Its columns read a workload's template, which stands elsewhere there. */
const [containers, images] = containerColumns<{ spec: { template: never } }>();
const asWorkload = ({ template }: PodTemplate): never => ({ spec: { template } }) as never;

export const podTemplateDefinition: ResourceDefinition<PodTemplate> = {
  ref: podTemplates as unknown as ResourceRef<PodTemplate>,
  singular: 'podtemplate',
  listKind: 'PodTemplateList',
  applyDefaults(podTemplate) {
    podTemplate.template = defaultTemplate(podTemplate.template ?? {});
    return podTemplate;
  },
  prepareForCreate(podTemplate) {
    podTemplate.metadata.generation = 1;
    return podTemplate;
  },
  prepareForUpdate(podTemplate, old) {
    const isSame = deepEqual(podTemplate.template, old.template);
    podTemplate.metadata.generation = (old.metadata.generation ?? 0) + (isSame ? 0 : 1);
    return podTemplate;
  },
  validate: ({ template }, errors) => validatePodTemplate(template, 'template', errors),
  warn({ template }, old, warnings) {
    if (template === old?.template) return;
    warnOfPod(template.spec!, template, 'template.', warnings);
  },
  columns: [
    nameColumn,
    column('Containers', 'string', containers.description, (object, nowMs) =>
      containers.cell(asWorkload(object), nowMs),
    ),
    column('Images', 'string', images.description, (object, nowMs) =>
      images.cell(asWorkload(object), nowMs),
    ),
    column('Pod Labels', 'string', 'The labels for the pod template.', ({ template }) =>
      formatLabels(template.metadata?.labels),
    ),
  ],
};
