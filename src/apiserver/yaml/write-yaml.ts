// Answers in YAML, as Go writes them: members sorted, items not indented, long lines left alone.
// Upstream: sigs.k8s.io/yaml.
import { stringify } from 'yaml';

/** The text of plain JSON values, with its last line ended. */
export function writeYaml(value: unknown): string {
  return stringify(value, {
    version: '1.1',
    sortMapEntries: true,
    indentSeq: false,
    lineWidth: 0,
    blockQuote: 'literal',
    aliasDuplicateObjects: false,
  });
}
