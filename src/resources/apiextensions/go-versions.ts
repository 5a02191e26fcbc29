import type { Version } from './customresourcedefinition-validation';

/**
 * Versions as errors show them: the server's own structs, without what all versions agree on, which
 * it keeps elsewhere.
 */
export function goVersions(
  versions: readonly Version[],
  shared: { schema: boolean; subresources: boolean; columns: boolean; selectableFields: boolean },
): readonly object[] {
  return versions.map((version) => ({
    Name: version.name ?? '',
    Served: version.served ?? false,
    Storage: version.storage ?? false,
    Deprecated: version.deprecated ?? false,
    DeprecationWarning: version.deprecationWarning ?? null,
    Schema: shared.schema ? null : (version.schema ?? null),
    Subresources: shared.subresources ? null : (version.subresources ?? null),
    AdditionalPrinterColumns: shared.columns ? null : (version.additionalPrinterColumns ?? null),
    SelectableFields: shared.selectableFields ? null : (version.selectableFields ?? null),
  }));
}
