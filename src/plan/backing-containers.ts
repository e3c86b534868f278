// Decides the backing resources that run beside the service on a laptop.
import type { Use } from './bindings';
import type { BackingContainerPlan, SecretSource } from './types';

export interface Backing {
  readonly containers: readonly BackingContainerPlan[];
  readonly secrets: readonly SecretSource[];
}

/** One instance per kind, with every use of it; its administrator's password is a secret of the laptop only. */
export function planBacking(uses: readonly Use[], service: string): Backing {
  const instances = [...new Set(uses.map((use) => use.instance))].sort();
  const secrets: SecretSource[] = [];
  const containers = instances.flatMap((instance) => {
    const own = uses.filter((use) => use.instance === instance);
    const [first] = own;
    if (first === undefined) return [];
    const adminSecret = `${instance}-admin-password`;
    secrets.push({
      id: adminSecret,
      description: `Password of the administrator of ${instance}`,
      generatedLength: 32,
      developmentValue: null,
      remoteKey: '',
      remoteProperty: '',
    });
    const facts = first.kind.classes.small;
    return first.kind.container({
      name: instance,
      hosts: [instance],
      version: first.version,
      class: 'small',
      cpuMillis: facts.cpuMillis,
      memoryMiB: facts.memoryMiB,
      connections: facts.connections,
      adminSecret,
      // Alone on a laptop nothing scrapes it.
      monitor: null,
      // Nor does anybody back it up.
      backup: null,
      uses: own.map((use) => ({
        service,
        key: use.need.key,
        parameters: use.need.parameters,
        values: use.values,
        passwordSecret: use.passwordSecret,
      })),
    });
  });
  const used = new Set(
    containers.flatMap(({ secretFiles }) =>
      secretFiles.flatMap(({ content }) => content.flatMap((part) => (part.kind === 'secret' ? [part.secret] : []))),
    ),
  );
  return { containers, secrets: secrets.filter(({ id }) => used.has(id)) };
}
