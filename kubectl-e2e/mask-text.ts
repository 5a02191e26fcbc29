// What differs from run to run in kubectl's words: ages, times, ids, addresses, generated names.
// The same masks go over what was recorded, whose own marks they understand.

const SUFFIX = '[bcdfghjklmnpqrstvwxz2456789]';

type Rule = readonly [pattern: RegExp, mask: string];

const RULES: readonly Rule[] = [
  [/127\.0\.0\.1:\d+/g, '<server>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>'],
  [/\b20(?:2[5-9]|[3-9]\d)-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)/g, '<time>'],
  [/\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [+-]\d{4}(?: UTC)?/g, '<time>'],
  [/(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} 20\d\d \d\d:\d\d:\d\d [+-]\d{4}/g, '<time>'],
  [/^([EWI])\d{4} \d\d:\d\d:\d\d\.\d+\s+\d+ /gm, '$1<klog> '],
  [/\/tmp\/\S*kubectl-edit-\d+\.yaml/g, '<tmpfile>'],
  [/\/tmp\/(LIVE|MERGED)-\d+/g, '/tmp/$1-<n>'],
  [/(resourceVersion"?: ?)"\d+"/g, '$1"<rv>"'],
  [/(Resource Version:\s+)\d+/g, '$1<rv>'],
  // Recorded with a narrower range of cluster addresses than kubeadm's.
  [/\b10\.(?:9[6-9]|10\d|11[01])\.(?!0\.1\b)\d+\.\d+/g, '<ip>'],
  [/(nodePort"?: ?)3\d{4}/g, '$1<nodePort>'],
  [/(\d+:)3\d{4}(\/(?:TCP|UDP|SCTP))/g, '$1<nodePort>$2'],
  [/(NodePort:\s+\S+\s+)3\d{4}(\/)/g, '$1<nodePort>$2'],
  [new RegExp(`-${SUFFIX}{8,10}-${SUFFIX}{5}\\b`, 'g'), '-<hash>-<rand5>'],
  [new RegExp(`-${SUFFIX}{8,10}(?![\\w.-])`, 'g'), '-<hash>'],
  [/(pod-template-hash[=:"\s]+)[a-z0-9]{6,10}\b/g, '$1<hash>'],
  [/(ed pod: [a-z0-9-]+)-[a-z0-9]{5}\b/g, '$1-<rand5>'],
  [/kube-api-access-[a-z0-9]{5}\b/g, 'kube-api-access-<rand5>'],
  [/debugger-[a-z0-9]{5}\b/g, 'debugger-<rand5>'],
  [/\.[0-9a-f]{16}\b/g, '.<hex16>'],
  [/(^|\s)(?:(?:\d+[smhd])+|<unknown>|<invalid>)(?=\s|$)/gm, '$1<age>'],
  [/ \((?:x\d+ over )?(?:<age>|(?:\d+[smhd])+)\)/g, ''],
  [/-{3,}/g, '---'],
  [/(\S) {2,}/g, '$1  '],
  // How often the scheduler has tried by now depends on how busy the machine is.
  [/^(.*FailedScheduling.*)(?:\n\1)+$/gm, '$1'],
];

/** The text with a mask over everything that chance or the clock decides. */
export function maskText(text: string, sortLines = false): string {
  let masked = text;
  for (const [pattern, mask] of RULES) masked = masked.replace(pattern, mask);
  return sortLines ? masked.split('\n').sort().join('\n') : masked;
}
