// kube-webhook-certgen, which manifests of admission webhooks run in Jobs: `create` makes the
// Secret with a certificate for the webhook's server, `patch` writes its authority into the
// webhook configurations. Where the real one differs: the certificate is a stand-in.
// Upstream: github.com/kubernetes/ingress-nginx, images/kube-webhook-certgen.
import { encodeBase64 } from '../../api/base64';
import {
  mutatingWebhookConfigurations,
  validatingWebhookConfigurations,
} from '../../api/extension-refs';
import type { KubeObject } from '../../api/object';
import { secrets, type ResourceRef } from '../../api/resource-ref';
import { ConnectionError, isNotFound, StatusError } from '../../api/status-error';
import type { Client } from '../../client/client';
import { flagOf, type PodProgram } from '../program-host';

type WebhookConfiguration = KubeObject & { webhooks?: { clientConfig: object }[] };

const AUTHORITY = pem('stand-in authority of kube-webhook-certgen');

export const webhookCertgen: PodProgram = {
  name: 'kube-webhook-certgen',
  agent: 'kube-webhook-certgen',
  start({ component, words }) {
    const { client, scope } = component;
    const work = (): void => {
      try {
        if (words.includes('create')) create(client, words);
        else if (words.includes('patch')) patch(client, words);
      } catch (error) {
        // The real one would exit; its Job would start it again, and so it is tried again here.
        if (!(error instanceof StatusError) && !(error instanceof ConnectionError)) throw error;
        scope.after(RETRY_MS, work);
      }
    };
    scope.after(0, work);
  },
};

const RETRY_MS = 200;

function create(client: Client, words: readonly string[]): void {
  const namespace = flagOf(words, 'namespace') ?? '';
  const name = flagOf(words, 'secret-name') ?? '';
  const key = (flag: string, otherwise: string) => flagOf(words, flag) ?? otherwise;
  try {
    client.get(secrets, namespace, name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const data = {
      ca: AUTHORITY,
      [key('cert-name', 'cert')]: pem(`certificate for ${flagOf(words, 'host') ?? ''}`),
      [key('key-name', 'key')]: pem('key of a stand-in'),
    };
    client.create(secrets, { metadata: { name, namespace }, type: 'Opaque', data } as never);
  }
}

function patch(client: Client, words: readonly string[]): void {
  const name = flagOf(words, 'webhook-name') ?? '';
  const all = [
    ['patch-validating', validatingWebhookConfigurations],
    ['patch-mutating', mutatingWebhookConfigurations],
  ] as const;
  for (const [flag, anyRef] of all) {
    if (flagOf(words, flag) === 'false') continue;
    const ref = anyRef as unknown as ResourceRef<WebhookConfiguration>;
    const found = client.get(ref, '', name);
    const webhooks = found.webhooks?.map((webhook) => ({
      ...webhook,
      clientConfig: { ...webhook.clientConfig, caBundle: AUTHORITY },
    }));
    client.update(ref, { ...found, webhooks } as WebhookConfiguration);
  }
}

/** Something that reads as a certificate, in base64. */
function pem(text: string): string {
  const lines = `-----BEGIN CERTIFICATE-----\n${encodeBase64(text)}\n-----END CERTIFICATE-----\n`;
  return encodeBase64(lines);
}
