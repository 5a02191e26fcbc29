// The YAML language's worker: completion, hover and checking against the schema.
import 'monaco-yaml/yaml.worker';
