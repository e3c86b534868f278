// The compose files of the example platform, read as compose reads them: every included file together.
import path from 'node:path';
import { parse } from 'yaml';
import type { LaptopPlan, PlatformPlan } from '../../src/plan/types/platform';
import { examplesFolder, generateFolder } from '../support/platform-examples';

export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly ports?: readonly { readonly published: string; readonly host_ip: string }[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly restart?: string;
  readonly profiles?: readonly string[];
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly volumes?: readonly { readonly type: string; readonly source: string }[];
  readonly deploy?: { readonly resources: { readonly limits: Readonly<Record<string, unknown>> } };
}

export interface Network {
  readonly internal?: boolean;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly ipam?: { readonly config: readonly { readonly subnet: string }[] };
}

interface ComposeFile {
  readonly include?: readonly string[];
  readonly services?: Readonly<Record<string, ComposeService>>;
  readonly networks?: Readonly<Record<string, Network>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

const outcome = generateFolder(path.join(examplesFolder, 'daorsagro'));
if (outcome.plan === null) throw new Error('the example platform has no plan');
export const plan: PlatformPlan = outcome.plan;
const bodies = new Map(outcome.files.map((file) => [file.path, file.body]));

export const bodyOf = (file: string): string => {
  const body = bodies.get(file);
  if (body === undefined) throw new Error(`${file} is not generated`);
  return body;
};

/** Whether a file, or a folder with files, is generated. */
export const isGenerated = (file: string): boolean =>
  bodies.has(file) || [...bodies.keys()].some((other) => other.startsWith(`${file}/`));

/** Every file that `docker compose --file FILE` reads, with its path. */
export function filesOf(file: string): readonly (readonly [string, ComposeFile])[] {
  const document = parse(bodyOf(file)) as ComposeFile;
  const included = (document.include ?? []).map((other) => path.posix.join(path.posix.dirname(file), other));
  return [[file, document] as const, ...included.flatMap(filesOf)];
}

export interface Project {
  readonly laptop: LaptopPlan;
  readonly files: readonly (readonly [string, ComposeFile])[];
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, Network>>;
}

export const projects: readonly Project[] = plan.laptops.map((laptop) => {
  const files = filesOf(`platform/compose/${laptop.name}/compose.yaml`);
  const together = <T>(part: (file: ComposeFile) => Readonly<Record<string, T>> | undefined): Record<string, T> =>
    Object.assign({}, ...files.map(([, document]) => part(document) ?? {}));
  return {
    laptop,
    files,
    services: together(({ services }) => services),
    networks: together(({ networks }) => networks),
  };
});
