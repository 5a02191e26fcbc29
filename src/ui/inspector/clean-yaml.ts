// An object as YAML for reading: managedFields are left out, keys stand in the order people expect.
// Loaded with the first look at a YAML tab: it carries the YAML writer.
import { stringify } from 'yaml';
import type { KubeObject } from '../../api/object';

const FRONT = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

export function cleanYaml(object: KubeObject): string {
  const { managedFields: _left, ...metadata } = object.metadata;
  const all: Record<string, unknown> = { ...object, metadata };
  const keys = [...FRONT.filter((key) => key in all), ...Object.keys(all).filter(isOther)];
  const ordered = Object.fromEntries(keys.map((key) => [key, all[key]]));
  return stringify(ordered, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}

function isOther(key: string): boolean {
  return !FRONT.includes(key);
}
