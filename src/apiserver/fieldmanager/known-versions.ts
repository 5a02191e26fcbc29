// The versions in which a resource is served, for ownership that was recorded in one of them and is
// asked for in another.
import type { KubeObject } from '../../api/object';
import type { ApiRequest } from '../../client/transport';
import type { ResourceDefinition } from '../../resources/definition';
import type { FieldSet } from './field-set';
import type { Versions } from './ownership-update';
import { resetFields } from './reset-fields';
import { DEDUCED, shapeOfKind, type Shape } from './shape';

interface View {
  readonly ref: { readonly apiVersion: string; readonly kind: string };
  convertTo(stored: KubeObject): KubeObject;
  convertFrom(shown: KubeObject): KubeObject;
}

export class KnownVersions implements Versions {
  readonly apiVersion: string;
  readonly kind: string;
  readonly shape: Shape;
  readonly ignored: FieldSet;

  constructor(
    private readonly definition: ResourceDefinition,
    private readonly request: Pick<ApiRequest, 'view' | 'subresource'>,
    /** Of kinds that are described while the server runs, by 'apiVersion/kind'. */
    private readonly described: ReadonlyMap<string, Shape>,
  ) {
    const { apiVersion, kind } = request.view?.ref ?? definition.ref;
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.shape = this.shapeIn(apiVersion, kind);
    this.ignored = resetFields(definition, request.subresource);
  }

  /** A stored object in the version of the request, without its record. */
  seen(stored: KubeObject): KubeObject {
    const shown = this.request.view?.convertTo(stored) ?? stored;
    if (shown.metadata.managedFields === undefined) return shown;
    const { managedFields: _record, ...metadata } = shown.metadata;
    return { ...shown, metadata };
  }

  convert(
    object: unknown,
    from: string,
    to: string,
  ): { object: unknown; shape: Shape } | undefined {
    const target = this.view(to);
    const source = this.view(from);
    if (!target || !source) return undefined;
    const shape = this.shapeIn(to, target.ref.kind);
    if (from === to) return { object, shape };
    return { object: target.convertTo(source.convertFrom(object as KubeObject)), shape };
  }

  private view(apiVersion: string): View | undefined {
    const { ref, views = [] } = this.definition;
    if (ref.apiVersion === apiVersion) return { ref, convertTo: same, convertFrom: same };
    return views.find((view) => view.ref.apiVersion === apiVersion);
  }

  /** Of kinds that nobody described, values tell. */
  private shapeIn(apiVersion: string, kind: string): Shape {
    const described = this.described.get(`${apiVersion}/${kind}`);
    return described ?? shapeOfKind(apiVersion, kind) ?? DEDUCED;
  }
}

function same(object: KubeObject): KubeObject {
  return object;
}
