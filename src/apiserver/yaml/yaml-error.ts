// What is wrong with a text that should be YAML.

export class YamlSyntaxError extends Error {
  override readonly name = 'YamlSyntaxError';

  /** `line` counts from 1; 0 when the mistake has no place. */
  constructor(what: string, line: number) {
    super(line > 0 ? `yaml: line ${line}: ${what}` : `yaml: ${what}`);
  }
}
