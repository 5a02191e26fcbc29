// Installs the field manager, and YAML, which apply needs, in an API server that the
// extension came to.
import type { ServerContext } from '../context';
import { readYaml } from '../yaml/read-yaml';
import { writeYaml } from '../yaml/write-yaml';
import { FieldManager } from './field-manager';

export const fieldManagerProgram = {
  name: 'field-manager',
  start({ context }: { readonly context: ServerContext }): void {
    context.services.fieldManager = new FieldManager(context);
    context.services.readYaml = readYaml;
    context.services.writeYaml = writeYaml;
  },
};
