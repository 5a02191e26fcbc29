// Taints as kubectl writes them: 'key=value:Effect'.
import type { Node } from '../../api/types';
import { Refusal } from './act';

export type Taint = NonNullable<Node['spec']['taints']>[number];

export function taintText({ key, value, effect }: Taint): string {
  return `${key}${value ? '=' + value : ''}:${effect}`;
}

/** Throws Refusal in kubectl's words; what it lets through, the server still judges. */
export function parseTaint(text: string): Taint {
  const found = /^([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(text);
  if (!found) throw new Refusal(`invalid taint spec: ${text}`);
  const [, key = '', value = '', effect = ''] = found;
  return { key, ...(value && { value }), effect } as Taint;
}
